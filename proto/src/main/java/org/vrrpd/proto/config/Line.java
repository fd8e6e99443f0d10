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

    /**
     * Where a comment starts, or the end. {@code \#} and {@code \!}, and both in quotes, start none; behind a keyword
     * that has a command, both kinds of quotes are such, and a backslash hides one.
     */
    static int commentStart(String text, int from) {
        char mark = 0;
        int wordFrom = -1;
        boolean first = true;
        boolean script = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean between = mark == 0 && (isBlank(c) || c == '{' || c == '}');
            if (wordFrom >= 0 && between) {
                script |= first && Keywords.isScript(text.substring(wordFrom, i));
                first = false;
                wordFrom = -1;
            } else if (wordFrom < 0 && !between) {
                wordFrom = i;
            }
            if (between && !isBlank(c)) {
                first = true;
                script = false;
            } else if (mark != 0) {
                i += script && c == '\\' ? 1 : 0;
                mark = c == mark ? 0 : mark;
            } else if (c == '\\' && (script || i + 1 < text.length() && isCommentMark(text.charAt(i + 1)))) {
                i++;
            } else if (c == '"' || script && c == '\'') {
                mark = c;
            } else if (isCommentMark(c)) {
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
