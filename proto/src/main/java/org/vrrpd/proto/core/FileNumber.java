package org.vrrpd.proto.core;

/**
 * The number that a file's text begins with, as strtol of C reads it: blanks, a sign, then hexadecimal digits behind
 * 0x, octal ones behind 0, or decimal ones. What is behind them does not count. No number, or one that does not fit
 * 32 bits, is 0.
 */
final class FileNumber {

    private FileNumber() {}

    static int of(String text) {
        int at = 0;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        int radix = 10;
        if (text.startsWith("0", at)) {
            boolean hex = text.regionMatches(true, at, "0x", 0, 2);
            radix = hex ? 16 : 8;
            at += hex ? 2 : 1;
        }
        return digits(text, at, radix, negative);
    }

    private static int digits(String text, int from, int radix, boolean negative) {
        long number = 0;
        for (int at = from; at < text.length() && digit(text.charAt(at), radix) >= 0; at++) {
            int digit = digit(text.charAt(at), radix);
            number = number * radix + (negative ? -digit : digit);
            if (number != (int) number) {
                return 0;
            }
        }
        return (int) number;
    }

    /** Character.digit knows digits of other scripts, C does not. */
    private static int digit(char c, int radix) {
        return c < 128 ? Character.digit(c, radix) : -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
