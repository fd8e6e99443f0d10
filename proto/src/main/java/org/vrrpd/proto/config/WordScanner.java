package org.vrrpd.proto.config;

/** Reads the one word that starts at an index. */
final class WordScanner {

    private final Line line;
    private final String text;
    private final int start;
    private final Problems problems;
    private int at;

    WordScanner(Line line, int start, Problems problems) {
        this.line = line;
        this.text = line.text();
        this.start = start;
        this.problems = problems;
        this.at = start;
    }

    /** Behind the word. */
    int end() {
        return at;
    }

    Word word() {
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        while (at < text.length() && !endsWord(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = true;
                quote(word);
            } else if (c == '\\' && at + 1 < text.length() && Line.isCommentMark(text.charAt(at + 1))) {
                word.append(text.charAt(at + 1));
                at += 2;
            } else if (undefinedEnd() > 0) {
                int end = undefinedEnd();
                word.append(text, at, end);
                at = end;
            } else {
                word.append(c);
                at++;
            }
        }
        return line.word(start, word.toString(), quoted);
    }

    /** A word of a command's line: quotes of both kinds, and a backslash escapes within and outside of them. */
    Word scriptWord() {
        Escapes escapes = new Escapes(text);
        boolean quoted = false;
        char mark = 0;
        int opened = at;
        while (at < text.length() && (mark != 0 || !endsWord(text.charAt(at)))) {
            char c = text.charAt(at);
            if (c == mark) {
                mark = 0;
                at++;
            } else if (mark == 0 && (c == '"' || c == '\'')) {
                quoted = true;
                mark = c;
                opened = at++;
            } else if (c == '\\') {
                at = escapes.escape(at);
            } else if (undefinedEnd() > 0) {
                for (int end = undefinedEnd(); at < end; at++) {
                    escapes.plain(text.charAt(at));
                }
            } else {
                escapes.plain(c);
                at++;
            }
        }
        String word = escapes.take();
        if (mark != 0) {
            unterminated(opened);
        } else if (escapes.failure() != null) {
            problems.error(line.word(escapes.failedAt(), "", true), escapes.failure());
        }
        return line.word(start, word, quoted);
    }

    private static boolean endsWord(char c) {
        return Line.isBlank(c) || Line.isCommentMark(c) || c == '{' || c == '}';
    }

    /** The pattern of an include: its braces are alternatives, but one too many closes a block. */
    Word pattern() {
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Line.isBlank(c) || Line.isCommentMark(c) || c == '}' && depth == 0) {
                break;
            }
            if (c == '"') {
                quoted = true;
                quote(word);
                continue;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            word.append(c);
            at++;
        }
        return line.word(start, word.toString(), quoted);
    }

    private void quote(StringBuilder word) {
        int opened = at;
        int end = text.indexOf('"', opened + 1);
        if (end < 0) {
            unterminated(opened);
        }
        word.append(text, opened + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
    }

    private void unterminated(int opened) {
        problems.error(line.word(opened, "", true),
                "unterminated quote: expected a " + text.charAt(opened) + " in the same line");
    }

    /** Behind a {@code ${NAME}} that nobody defined, whose braces are no block; else 0. */
    private int undefinedEnd() {
        if (text.charAt(at) != '$' || at + 1 >= text.length() || text.charAt(at + 1) != '{') {
            return 0;
        }
        int end = Definitions.nameEnd(text, at + 2);
        return end > at + 2 && end < text.length() && text.charAt(end) == '}' ? end + 1 : 0;
    }
}
