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

    /** @param script quotes of both kinds stay in the word, and a backslash in them hides the next character */
    Word word(boolean script) {
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Line.isBlank(c) || Line.isCommentMark(c) || c == '{' || c == '}') {
                break;
            }
            if (c == '"' || script && c == '\'') {
                quoted = true;
                quote(word, c, script);
            } else if (c == '\\' && at + 1 < text.length() && Line.isCommentMark(text.charAt(at + 1))) {
                word.append(text.charAt(at + 1));
                at += 2;
            } else if (c == '$' && undefinedEnd() > 0) {
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
                quote(word, c, false);
                continue;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            word.append(c);
            at++;
        }
        return line.word(start, word.toString(), quoted);
    }

    private void quote(StringBuilder word, char mark, boolean script) {
        int opened = at++;
        if (script) {
            word.append(mark);
        }
        while (at < text.length() && text.charAt(at) != mark) {
            if (script && text.charAt(at) == '\\' && at + 1 < text.length()) {
                word.append(text.charAt(at++));
            }
            word.append(text.charAt(at++));
        }
        if (at == text.length()) {
            problems.error(line.word(opened, "", true), "unterminated quote: expected a " + mark + " in the same line");
            return;
        }
        if (script) {
            word.append(mark);
        }
        at++;
    }

    /** Behind a {@code ${NAME}} that nobody defined, whose braces are no block; else 0. */
    private int undefinedEnd() {
        if (at + 1 >= text.length() || text.charAt(at + 1) != '{') {
            return 0;
        }
        int end = Definitions.nameEnd(text, at + 2);
        return end > at + 2 && end < text.length() && text.charAt(end) == '}' ? end + 1 : 0;
    }
}
