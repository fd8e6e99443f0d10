package org.vrrpd.proto.config;

/**
 * One line, perhaps after definitions were put in.
 *
 * @param columns for each character the column of the source it stands for; null: its own
 */
record Line(String file, int number, String text, int[] columns) {

    int column(int index) {
        if (columns == null) {
            return index + 1;
        }
        if (index < columns.length) {
            return columns[index];
        }
        return columns.length == 0 ? 1 : columns[columns.length - 1] + 1;
    }

    Word word(int index, String wordText, boolean quoted) {
        return new Word(wordText, quoted, file, number, column(index));
    }

    /** From {@code from} on; a cut line keeps its columns. */
    Line part(int from, int to) {
        int[] cut = new int[to - from];
        for (int i = from; i < to; i++) {
            cut[i - from] = column(i);
        }
        return new Line(file, number, text.substring(from, to), cut);
    }

    int skipBlanks(int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where a comment starts, or the end. {@code \#} and {@code \!}, and both in quotes, start none. */
    static int commentStart(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '\\' && i + 1 < text.length() && isCommentMark(text.charAt(i + 1))) {
                i++;
            } else if (!quoted && isCommentMark(c)) {
                return i;
            }
        }
        return text.length();
    }

    static boolean isCommentMark(char c) {
        return c == '#' || c == '!';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B';
    }
}
