package org.vrrpd.proto.config;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that stand for text. A value is expanded where it is used, not where it is defined. Depth, size and work
 * have limits: a few lines of definitions must not become gigabytes.
 */
final class Definitions {

    static final int MOST_DEPTH = 32;
    static final int MOST_CHARACTERS = 1 << 20;
    static final long MOST_WORK = 1 << 28;
    /** So that even expanding to nothing is work. */
    private static final int WORK_OF_ONE = 64;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Problems problems;
    private final BuiltIns builtIns;
    private final Deque<String> active = new ArrayDeque<>();
    private StringBuilder out;
    private int[] columns;
    private long work;

    Definitions(Problems problems, BuiltIns builtIns, String configId) {
        this.problems = problems;
        this.builtIns = builtIns;
        values.put("_INSTANCE", configId);
        values.put("_HASH", "#");
        values.put("_BANG", "!");
    }

    /** True once all lines together took too much work; the error is then reported. */
    boolean isFull() {
        return work > MOST_WORK;
    }

    void define(String name, String value) {
        values.put(name, value);
    }

    /** The line with every defined name replaced; undefined ones stay. Null after reporting that it cannot be done. */
    Line expand(Line line, int from) {
        if (line.text().indexOf('$', from) < 0) {
            return line;
        }
        start(line);
        for (int i = 0; i < from; i++) {
            append(line.text().charAt(i), line.column(i));
        }
        return expandPart(line, from, Line.commentStart(line.text(), from))
                ? new Line(line.file(), line.number(), out.toString(), Arrays.copyOf(columns, out.length()))
                : null;
    }

    /** The same with a part of the line alone. */
    String expand(Line line, int from, int to) {
        start(line);
        return expandPart(line, from, to) ? out.toString() : null;
    }

    private void start(Line line) {
        out = new StringBuilder(line.text().length() + 64);
        columns = new int[line.text().length() + 64];
        active.clear();
    }

    private boolean expandPart(Line line, int from, int to) {
        String text = line.text();
        for (int i = from; i < to; ) {
            Use use = text.charAt(i) == '$' ? useAt(text, i, to) : null;
            if (use == null) {
                append(text.charAt(i), line.column(i));
                i++;
            } else if (appendValue(line, i, use)) {
                i = use.end;
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean appendValue(Line line, int at, Use use) {
        String value = values.get(use.name);
        boolean builtIn = value == null;
        if (builtIn) {
            value = builtIns.value(use.name, use.parameters, line.word(at, use.name, false));
            if (value == null) {
                return false;
            }
        }
        work += value.length() + WORK_OF_ONE;
        String failure = failure(use.name, value);
        if (failure != null) {
            problems.error(line.word(at, use.name, false), failure);
            return false;
        }
        active.push(use.name);
        for (int i = 0; i < value.length(); ) {
            Use inner = value.charAt(i) == '$' && !builtIn ? useAt(value, i, value.length()) : null;
            if (inner == null) {
                append(value.charAt(i), line.column(at));
                i++;
            } else if (appendValue(line, at, inner)) {
                i = inner.end;
            } else {
                return false;
            }
        }
        active.pop();
        return true;
    }

    private String failure(String name, String value) {
        if (active.contains(name)) {
            return "definition $" + name + " expands to itself";
        } else if (active.size() >= MOST_DEPTH) {
            return "definition $" + name + ": expected definitions nested at most " + MOST_DEPTH + " deep";
        } else if (out.length() + value.length() > MOST_CHARACTERS) {
            return "definition $" + name + ": expected at most " + MOST_CHARACTERS + " characters when expanded";
        } else if (isFull()) {
            return "definition $" + name + ": expected definitions that take at most " + MOST_WORK
                    + " steps in all; the rest is not read";
        }
        return null;
    }

    private void append(char c, int column) {
        if (out.length() == columns.length) {
            columns = Arrays.copyOf(columns, columns.length * 2);
        }
        columns[out.length()] = column;
        out.append(c);
    }

    /** The use of a defined name at a dollar sign, or null. */
    private Use useAt(String text, int dollar, int end) {
        boolean braced = dollar + 1 < end && text.charAt(dollar + 1) == '{';
        int start = dollar + (braced ? 2 : 1);
        int stop = nameEnd(text, start);
        if (stop == start || stop > end) {
            return null;
        }
        String name = text.substring(start, stop);
        boolean defined = values.containsKey(name);
        if (!defined && !BuiltIns.has(name)) {
            return null;
        }
        if (!braced) {
            boolean ends = stop == end || " \t\r\n,)".indexOf(text.charAt(stop)) >= 0;
            return ends ? new Use(name, "", stop) : null;
        }
        int close = stop;
        if (!defined && BuiltIns.hasParameters(name) && stop < end && Line.isBlank(text.charAt(stop))) {
            close = text.indexOf('}', stop);
        }
        return close >= 0 && close < end && text.charAt(close) == '}'
                ? new Use(name, text.substring(stop, close), close + 1)
                : null;
    }

    /** Behind the name that starts at {@code start}; {@code start} itself if none does. */
    static int nameEnd(String text, int start) {
        int at = start;
        while (at < text.length() && (isLetter(text.charAt(at)) || at > start && isDigit(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private record Use(String name, String parameters, int end) {}
}
