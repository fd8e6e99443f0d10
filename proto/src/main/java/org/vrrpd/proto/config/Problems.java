package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects problems. Garbage of any size gives a bounded list: errors and warnings are each counted beyond a limit. */
final class Problems {

    static final int MOST_OF_EACH = 1000;

    private final List<Problem> list = new ArrayList<>();
    private final Set<Problem> seen = new LinkedHashSet<>();
    private final Map<String, Integer> fileOrder = new LinkedHashMap<>();
    private final int[] counts = new int[Severity.values().length];

    /** Files sort in the order in which they are read. */
    void enterFile(String file) {
        fileOrder.putIfAbsent(file, fileOrder.size());
    }

    void error(Word at, String message) {
        add(Severity.ERROR, at.file(), at.line(), at.column(), message);
    }

    void warning(Word at, String message) {
        add(Severity.WARNING, at.file(), at.line(), at.column(), message);
    }

    /** The same at the same place, as loops give it, counts once. */
    void add(Severity severity, String file, int line, int column, String message) {
        Problem problem = new Problem(severity, file, line, column, printable(message));
        boolean full = isFull(severity);
        if (!full && !seen.add(problem)) {
            return;
        }
        counts[severity.ordinal()]++;
        if (!full) {
            enterFile(file);
            list.add(problem);
        }
    }

    boolean hasErrors() {
        return counts[Severity.ERROR.ordinal()] > 0;
    }

    /** One more would only be counted. */
    boolean isFull(Severity severity) {
        return counts[severity.ordinal()] >= MOST_OF_EACH;
    }

    /** All of them by file, line and column, and last how many more there were. */
    List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparingInt((Problem problem) -> fileOrder.get(problem.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        for (Severity severity : Severity.values()) {
            int more = counts[severity.ordinal()] - MOST_OF_EACH;
            if (more > 0) {
                String file = fileOrder.keySet().iterator().next();
                sorted.add(new Problem(severity, file, 0, 0, more + " more of these are not shown"));
            }
        }
        return List.copyOf(sorted);
    }

    /** A terminal must not obey what somebody put into a file. */
    private static String printable(String message) {
        StringBuilder text = new StringBuilder(message);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }
}
