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
    private static final int MOST_WORK = 64 << 20;
    /** So that even expanding to nothing is work. */
    private static final int WORK_OF_ONE = 16;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Problems problems;
    private final Deque<String> active = new ArrayDeque<>();
    private StringBuilder out;
    private int[] columns;
    private long work;

    Definitions(Problems problems, String configId) {
        this.problems = problems;
        values.put("_INSTANCE", configId);
    }

    void define(String name, String value) {
        values.put(name, value);
    }

    /** The line with every defined name replaced; undefined ones stay. Null after reporting that it cannot be done. */
    Line expand(Line line, int from) {
        if (line.text().indexOf('$', from) < 0) {
            return line;
        }
        String text = line.text();
        out = new StringBuilder(text.length() + 64);
        columns = new int[text.length() + 64];
        int end = Line.commentStart(text);
        for (int i = 0; i < end; ) {
            Use use = text.charAt(i) == '$' && i >= from ? useAt(text, i, end) : null;
            if (use == null) {
                append(text.charAt(i), line.column(i));
                i++;
            } else if (appendValue(line, i, use.name)) {
                i = use.end;
            } else {
                active.clear();
                return null;
            }
        }
        return new Line(line.file(), line.number(), out.toString(), Arrays.copyOf(columns, out.length()));
    }

    private boolean appendValue(Line line, int at, String name) {
        String failure = null;
        String value = values.get(name);
        work += value.length() + WORK_OF_ONE;
        if (active.contains(name)) {
            failure = "definition $" + name + " expands to itself";
        } else if (active.size() >= MOST_DEPTH) {
            failure = "definition $" + name + ": expected definitions nested at most " + MOST_DEPTH + " deep";
        } else if (out.length() + value.length() > MOST_CHARACTERS || work > MOST_WORK) {
            failure = "definition $" + name + ": expected at most " + MOST_CHARACTERS + " characters when expanded";
        }
        if (failure != null) {
            problems.error(line.word(at, "$" + name, false), failure);
            return false;
        }
        active.push(name);
        for (int i = 0; i < value.length(); ) {
            Use use = value.charAt(i) == '$' ? useAt(value, i, value.length()) : null;
            if (use == null) {
                append(value.charAt(i), line.column(at));
                i++;
            } else if (appendValue(line, at, use.name)) {
                i = use.end;
            } else {
                return false;
            }
        }
        active.pop();
        return true;
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
        boolean ends = braced
                ? stop < end && text.charAt(stop) == '}'
                : stop == end || " \t\r\n,)".indexOf(text.charAt(stop)) >= 0;
        String name = text.substring(start, stop);
        return ends && values.containsKey(name) ? new Use(name, braced ? stop + 1 : stop) : null;
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

    private record Use(String name, int end) {}
}
