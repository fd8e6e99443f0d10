package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;

/** Shell patterns: alternatives in braces over a whole pattern, and wildcards within one name. */
final class Glob {

    static final int MOST_ALTERNATIVES = 1000;

    private Glob() {}

    /** The patterns that one with braces means, in order; none when there are too many. {a} without a comma is text. */
    static List<String> alternatives(String pattern) {
        List<String> done = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(pattern));
        while (!open.isEmpty() && done.size() + open.size() <= MOST_ALTERNATIVES) {
            String next = open.remove(0);
            List<String> parts = firstChoice(next);
            if (parts.isEmpty()) {
                done.add(next);
            } else {
                open.addAll(0, parts);
            }
        }
        return open.isEmpty() ? done : List.of();
    }

    private static List<String> firstChoice(String pattern) {
        for (int start = pattern.indexOf('{'); start >= 0; start = pattern.indexOf('{', start + 1)) {
            List<String> choices = new ArrayList<>();
            int depth = 0;
            int from = start + 1;
            for (int i = start; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (c == ',' && depth == 1 || depth == 0) {
                    choices.add(pattern.substring(from, i));
                    from = i + 1;
                }
                if (depth == 0) {
                    break;
                }
            }
            if (depth == 0 && choices.size() > 1) {
                String before = pattern.substring(0, start);
                String after = pattern.substring(from);
                return choices.stream().map(choice -> before + choice + after).toList();
            }
        }
        return List.of();
    }

    static boolean hasWildcard(String name) {
        return name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /** A leading dot must be matched by a dot. Takes time in proportion to both lengths at worst. */
    static boolean matches(String pattern, String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starName = n;
            } else if (p < pattern.length() && matchesOne(pattern, p, name.charAt(n))) {
                p = next(pattern, p);
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean matchesOne(String pattern, int p, char c) {
        char wanted = pattern.charAt(p);
        int end = wanted == '[' ? setEnd(pattern, p) : -1;
        if (end < 0) {
            return wanted == '?' || wanted == c;
        }
        boolean negated = pattern.charAt(p + 1) == '!' || pattern.charAt(p + 1) == '^';
        boolean found = false;
        for (int i = p + (negated ? 2 : 1); i < end; i++) {
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            char last = range ? pattern.charAt(i + 2) : pattern.charAt(i);
            found |= pattern.charAt(i) <= c && c <= last;
            i += range ? 2 : 0;
        }
        return found != negated;
    }

    private static int next(String pattern, int p) {
        int end = pattern.charAt(p) == '[' ? setEnd(pattern, p) : -1;
        return end < 0 ? p + 1 : end + 1;
    }

    /** The bracket that closes a set, which may be its first character; -1: the bracket stands for itself. */
    private static int setEnd(String pattern, int open) {
        int first = open + 1;
        if (first < pattern.length() && (pattern.charAt(first) == '!' || pattern.charAt(first) == '^')) {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }
}
