package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;

/** Commands as they stand behind a keyword: quoted as one word, in which arguments may be quoted again. */
final class ScriptText {

    private static final String ESCAPES = "abEfnrtv";
    private static final String ESCAPED = "\u0007\b\u001b\f\n\r\t\u000b";
    private static final String PLAIN = "_-./:,+=@%";

    private ScriptText() {}

    /** A word of the file without the quotes around it or in it, its escapes replaced. */
    static String unquote(String word) {
        StringBuilder text = new StringBuilder();
        char mark = 0;
        for (int at = 0; at < word.length(); ) {
            char c = word.charAt(at);
            if (mark != 0 ? c == mark : c == '"' || c == '\'') {
                mark = mark != 0 ? 0 : c;
                at++;
            } else {
                at = next(word, at, text);
            }
        }
        return text.toString();
    }

    /** The arguments of a command, once the quotes around it are gone; null: a quote is not closed. */
    static List<String> split(String command) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = null;
        char mark = 0;
        for (int at = 0; at < command.length(); ) {
            char c = command.charAt(at);
            if (mark == 0 && Line.isBlank(c)) {
                if (argument != null) {
                    arguments.add(argument.toString());
                }
                argument = null;
                at++;
                continue;
            }
            argument = argument == null ? new StringBuilder() : argument;
            if (mark != 0 ? c == mark : c == '"' || c == '\'') {
                mark = mark != 0 ? 0 : c;
                at++;
            } else {
                at = next(command, at, argument);
            }
        }
        if (argument != null) {
            arguments.add(argument.toString());
        }
        return mark == 0 ? List.copyOf(arguments) : null;
    }

    /** What stands behind a keyword so that it is read as these arguments again, whatever is in them. */
    static String join(List<String> arguments) {
        StringBuilder command = new StringBuilder();
        for (String argument : arguments) {
            command.append(command.length() == 0 ? "" : " ").append(quoted(argument));
        }
        return '"' + command.toString().replace("\\", "\\\\") + '"';
    }

    /** A word that {@link #unquote} reads as this text again. */
    static String quote(String text) {
        StringBuilder word = new StringBuilder();
        return escape(text, word) ? text : '"' + word.toString() + '"';
    }

    private static String quoted(String argument) {
        StringBuilder text = new StringBuilder();
        return escape(argument, text) ? argument : "'" + text + "'";
    }

    /** Returns whether it needs neither quotes nor escapes. */
    private static boolean escape(String text, StringBuilder out) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = c < 127
                    ? Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0
                    : !Character.isISOControl(c);
            plain &= harmless;
            if (harmless || c == ' ') {
                out.append(c);
            } else {
                out.append(String.format("\\%03o", (int) c));
            }
        }
        return plain;
    }

    /** Appends the character at {@code at}, or what its escape means; returns what is behind it. */
    private static int next(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        if (c != '\\' || at + 1 == text.length()) {
            out.append(c);
            return at + 1;
        }
        char escape = text.charAt(at + 1);
        int meaning = ESCAPES.indexOf(escape);
        if (meaning >= 0) {
            out.append(ESCAPED.charAt(meaning));
        } else if (escape == 'x') {
            return number(text, at + 2, 16, 2, escape, out);
        } else if (escape >= '0' && escape <= '7') {
            return number(text, at + 1, 8, 3, escape, out);
        } else {
            out.append(escape);
        }
        return at + 2;
    }

    private static int number(String text, int from, int radix, int most, char otherwise, StringBuilder out) {
        int value = 0;
        int at = from;
        while (at < text.length() && at < from + most && Character.digit(text.charAt(at), radix) >= 0) {
            value = value * radix + Character.digit(text.charAt(at++), radix);
        }
        out.append(at == from ? otherwise : (char) (value & 0xFF));
        return at;
    }
}
