package org.vrrpd.ctl.render;

import java.util.ArrayList;
import java.util.List;

/** Rows whose columns line up. Widths count code points: names and addresses have no wide characters. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private int[] widths = new int[0];

    Table row(String... cells) {
        if (widths.length < cells.length) {
            widths = java.util.Arrays.copyOf(widths, cells.length);
        }
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], length(cells[i]));
        }
        rows.add(List.of(cells));
        return this;
    }

    int width() {
        int width = -GAP.length();
        for (int column : widths) {
            width += column + GAP.length();
        }
        return width;
    }

    /** One line a row, without trailing spaces. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                line.append(i + 1 < row.size() ? " ".repeat(widths[i] - length(row.get(i))) + GAP : "");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Breaks {@code text} at spaces; the first line begins with {@code head}, the others below its end. */
    static List<String> wrap(String head, String text, int columns) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(head.length());
        StringBuilder line = new StringBuilder(head);
        boolean fresh = true;
        for (String word : text.split(" ")) {
            if (!fresh && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
