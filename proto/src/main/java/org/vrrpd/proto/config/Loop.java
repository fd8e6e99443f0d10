package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;

/** A {@code ~SEQ}, {@code ~SEQx} or {@code ~LST} at the start of a line: what it defines, time after time. */
final class Loop {

    static final int MOST_REPETITIONS = 1_000_000;
    private static final long LARGEST = 1_000_000_000_000_000L;

    private final List<String> names;
    private final int rest;
    /** Of a list: the values of each repetition. */
    private final List<List<String>> values;
    private final long start;
    private final long step;
    private final int count;
    private final int radix;

    private Loop(List<String> names, List<List<String>> values, int rest) {
        this.names = names;
        this.values = values;
        this.rest = rest;
        this.start = 0;
        this.step = 0;
        this.count = values.size();
        this.radix = 0;
    }

    private Loop(String name, long start, long step, int count, int radix, int rest) {
        this.names = List.of(name);
        this.values = List.of();
        this.rest = rest;
        this.start = start;
        this.step = step;
        this.count = count;
        this.radix = radix;
    }

    int count() {
        return count;
    }

    /** Where the part of the line starts that is repeated. */
    int rest() {
        return rest;
    }

    void define(int repetition, Definitions definitions) {
        for (int i = 0; i < names.size(); i++) {
            definitions.define(names.get(i), values.isEmpty()
                    ? Long.toString(start + repetition * step, radix)
                    : values.get(repetition).get(i));
        }
    }

    /** Null after reporting what is wrong. */
    static Loop parse(Line line, int at, Definitions definitions, Problems problems) {
        String text = line.text();
        int nameEnd = at + 1;
        while (nameEnd < text.length() && Character.isLetter(text.charAt(nameEnd))) {
            nameEnd++;
        }
        String kind = text.substring(at, nameEnd);
        int open = line.skipBlanks(nameEnd);
        int close = open < text.length() && text.charAt(open) == '(' ? end(text, open + 1, ')') : -1;
        Word place = line.word(at, kind, false);
        if (!kind.equals("~SEQ") && !kind.equals("~SEQx") && !kind.equals("~LST")) {
            problems.error(place, kind + ": expected ~SEQ(…), ~SEQx(…) or ~LST(…)");
            return null;
        } else if (close < 0) {
            problems.error(place, kind + ": expected its arguments in ( ) behind it");
            return null;
        }
        String inner = definitions.expand(line, open + 1, close);
        if (inner == null) {
            return null;
        }
        Reader reader = new Reader(kind + "(" + inner.strip() + ")", close + 1);
        List<String> arguments = split(inner);
        Loop loop = kind.equals("~LST") ? reader.list(arguments) : reader.numbers(arguments, kind.equals("~SEQx"));
        if (loop == null) {
            problems.error(place, reader.failure);
        }
        return loop;
    }

    /** The index of a character outside quotes and braces, or -1. */
    private static int end(String text, int from, char wanted) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == wanted && depth == 0) {
                return i;
            } else if (c == '"') {
                i = text.indexOf('"', i + 1);
                if (i < 0) {
                    return -1;
                }
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return -1;
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = end(text, 0, ','); comma >= 0; comma = end(text, from, ',')) {
            parts.add(text.substring(from, comma).strip());
            from = comma + 1;
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && Definitions.nameEnd(text, 0) == text.length();
    }

    /** From arguments to a loop; null after noting the failure. */
    private static final class Reader {

        private static final int SHOWN = 80;

        private final String shown;
        private final int rest;
        private String failure;

        Reader(String shown, int rest) {
            this.shown = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
            this.rest = rest;
        }

        private Loop fail(String expected) {
            failure = shown + ": expected " + expected;
            return null;
        }

        Loop numbers(List<String> arguments, boolean hexadecimal) {
            int size = arguments.size();
            if (size < 2 || size > 4 || !isName(arguments.get(0))) {
                return fail("a name and [START, [STEP,]] END");
            }
            long[] numbers = new long[size - 1];
            for (int i = 1; i < size; i++) {
                Long number = number(arguments.get(i));
                if (number == null) {
                    return fail("a whole number instead of " + Word.shown(arguments.get(i)));
                }
                numbers[i - 1] = number;
            }
            long end = numbers[numbers.length - 1];
            long start = numbers.length > 1 ? numbers[0] : end < 0 ? -1 : 1;
            long step = numbers.length > 2 ? numbers[1] : end < start ? -1 : 1;
            if (hexadecimal && (start < 0 || end < 0)) {
                return fail("no negative number");
            } else if (step == 0 || end != start && end > start != step > 0) {
                return fail("a STEP that leads from " + start + " to " + end + " instead of " + step);
            }
            long count = (end - start) / step + 1;
            return count > MOST_REPETITIONS
                    ? fail("at most " + MOST_REPETITIONS + " repetitions, but found " + count)
                    : new Loop(arguments.get(0), start, step, (int) count, hexadecimal ? 16 : 10, rest);
        }

        /** Also hexadecimal and octal, as in C. */
        private static Long number(String text) {
            try {
                Long number = text.indexOf('#') >= 0 ? null : Long.decode(text);
                return number == null || Math.abs(number) > LARGEST || number == Long.MIN_VALUE ? null : number;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        Loop list(List<String> arguments) {
            List<String> names = group(arguments.get(0));
            boolean single = names == null;
            names = single ? List.of(arguments.get(0)) : names;
            if (arguments.size() < 2 || names.isEmpty() || !names.stream().allMatch(Loop::isName)) {
                return fail("a name and values, or {NAME, ...} and as many values in each {VALUE, ...}");
            }
            List<List<String>> values = new ArrayList<>();
            for (String argument : arguments.subList(1, arguments.size())) {
                List<String> value = single ? List.of(argument) : group(argument);
                if (value == null || value.size() != names.size()) {
                    return fail("{" + names.size() + " values} instead of " + Word.shown(argument));
                }
                values.add(value);
            }
            return new Loop(names, values, rest);
        }

        private static List<String> group(String text) {
            return text.startsWith("{") && text.endsWith("}") ? split(text.substring(1, text.length() - 1)) : null;
        }
    }
}
