package org.vrrpd.proto.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The command in the one word behind {@code script}, {@code notify} and their like. As in keepalived it is read twice:
 * the line's quotes and escapes first (by {@link WordScanner}), then those within the command, without any shell. So
 * {@code "/bin/x 'a b' \"c d\""} has two arguments behind the program.
 */
final class ScriptWords {

    private ScriptWords() {}

    /**
     * The command as arguments, or what is wrong with it.
     *
     * @param arguments empty when something is wrong
     * @param error null when nothing is
     * @param at where, as an index into the text that was split
     */
    record Split(List<String> arguments, String error, int at) {}

    /** @param text the word after the keyword as the parser gives it, so without the line's quotes */
    static Split split(String text) {
        List<String> arguments = new ArrayList<>();
        Escapes escapes = new Escapes(text);
        for (int at = blanksEnd(text, 0); at < text.length(); at = blanksEnd(text, at)) {
            while (at < text.length() && !isBlank(text.charAt(at))) {
                char c = text.charAt(at);
                if (c == '"' || c == '\'') {
                    int opened = at;
                    at = quoted(text, opened, escapes);
                    if (at < 0) {
                        return new Split(List.of(), "unterminated quote: expected another " + c, opened);
                    }
                } else {
                    at = one(text, at, escapes);
                }
            }
            arguments.add(escapes.take());
        }
        if (escapes.failure() != null) {
            return new Split(List.of(), escapes.failure(), escapes.failedAt());
        }
        return arguments.isEmpty() || arguments.get(0).isEmpty()
                ? new Split(List.of(), "no program: expected its path", 0)
                : new Split(List.copyOf(arguments), null, 0);
    }

    /** Behind the closing quote; -1 without one. */
    private static int quoted(String text, int opened, Escapes escapes) {
        char mark = text.charAt(opened);
        int at = opened + 1;
        while (at < text.length() && text.charAt(at) != mark) {
            at = one(text, at, escapes);
        }
        return at < text.length() ? at + 1 : -1;
    }

    private static int one(String text, int at, Escapes escapes) {
        if (text.charAt(at) == '\\') {
            return escapes.escape(at);
        }
        escapes.plain(text.charAt(at));
        return at + 1;
    }

    /**
     * The way back: a word for a configuration file, quotes included, that is read as these arguments again, both as
     * canonical text and as part of any file. Throws IllegalArgumentException for what no command can be.
     */
    static String join(List<String> arguments) {
        if (arguments.isEmpty() || arguments.get(0).isEmpty()) {
            throw new IllegalArgumentException("Expected a program and its arguments, but found " + arguments);
        }
        StringBuilder out = new StringBuilder("\"");
        for (String argument : arguments) {
            out.append(out.length() == 1 ? "" : " ");
            boolean plain = !argument.isEmpty() && argument.chars().allMatch(ScriptWords::isPlain);
            out.append(plain ? argument : "'");
            for (int i = 0; i < argument.length() && !plain; i++) {
                append(out, argument.charAt(i));
            }
            out.append(plain ? "" : "'");
        }
        return out.append('"').toString();
    }

    /** Any other word of such a line, such as a user, for a configuration file. */
    static String quote(String word) {
        boolean plain = !word.isEmpty() && word.chars().allMatch(ScriptWords::isPlain);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' || c == '"') {
                out.append('\\').append(c);
            } else {
                octal(out, c, "\\");
            }
        }
        return plain ? word : out.insert(0, '"').append('"').toString();
    }

    /** Escaped once for the command and, as far as needed, once more for the line. */
    private static void append(StringBuilder out, char c) {
        if (c == '\\') {
            out.append("\\\\\\\\");
        } else if (c == '\'') {
            out.append("\\\\'");
        } else if (c == '"') {
            out.append("\\\"");
        } else {
            octal(out, c, "\\\\");
        }
    }

    /** In octal what a terminal could obey, and the dollar sign, which could name something the reader replaces. */
    private static void octal(StringBuilder out, char c, String backslash) {
        if (c == 0) {
            throw new IllegalArgumentException("Expected words without NUL, but found one");
        } else if (c == '$' || Character.isISOControl(c)) {
            for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                out.append(backslash).append(String.format("%03o", octet & 0xff));
            }
        } else {
            out.append(c);
        }
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "_-.:/@%+,=~^*?[]()<>|&;".indexOf(c) >= 0);
    }

    private static int blanksEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return Line.isBlank(c) || c == '\n';
    }
}
