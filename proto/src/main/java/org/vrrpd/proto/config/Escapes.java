package org.vrrpd.proto.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text in which a backslash may stand for another character: C's escapes, {@code \E} for escape, {@code \cX} for a
 * control character. Numbers are bytes, and bytes beyond ASCII must make UTF-8 characters together.
 */
final class Escapes {

    private static final String LETTERS = "abEfnrtv";
    private static final String MEANINGS = "\u0007\b\u001b\f\n\r\t\u000b";
    private static final int BYTE = 0xff;

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String failure;
    private int failedAt;
    private int bytesFrom;

    Escapes(String text) {
        this.text = text;
    }

    /** What is wrong, or null. Only the first failure is kept. */
    String failure() {
        return failure;
    }

    /** The index in the text of what is wrong. */
    int failedAt() {
        return failedAt;
    }

    void plain(char c) {
        endBytes();
        out.append(c);
    }

    /** Decodes the escape whose backslash is at {@code at}; the index behind it. */
    int escape(int at) {
        int next = at + 1;
        if (next == text.length()) {
            fail(at, "a backslash at the end: expected the character it stands before");
            return next;
        }
        char c = text.charAt(next);
        int letter = LETTERS.indexOf(c);
        if (letter >= 0) {
            plain(MEANINGS.charAt(letter));
            return next + 1;
        } else if (c >= '0' && c <= '7') {
            return number(at, next, Math.min(next + 3, text.length()), 8);
        } else if (c == 'x' && next + 1 < text.length() && digit(text.charAt(next + 1), 16) >= 0) {
            return number(at, next + 1, text.length(), 16);
        } else if (c == 'c') {
            return control(at, next + 1);
        }
        plain(c);
        return next + 1;
    }

    private int number(int escape, int from, int limit, int radix) {
        int value = 0;
        int at = from;
        while (at < limit && digit(text.charAt(at), radix) >= 0) {
            value = Math.min(BYTE + 1, value * radix + digit(text.charAt(at), radix));
            at++;
        }
        if (value == 0 || value > BYTE) {
            String expected = radix == 8 ? "\\1 to \\377" : "\\x1 to \\xff";
            fail(escape, shown(escape, at) + ": expected a byte from " + expected);
        } else if (value < 0x80) {
            plain((char) value);
        } else {
            bytesFrom = bytes.size() == 0 ? escape : bytesFrom;
            bytes.write(value);
        }
        return at;
    }

    private int control(int escape, int at) {
        int value = at < text.length() ? text.charAt(at) & 0x1f : 0;
        if (value == 0) {
            fail(escape, shown(escape, Math.min(at + 1, text.length())) + ": expected \\ca to \\cz");
        } else {
            plain((char) value);
        }
        return Math.min(at + 1, text.length());
    }

    /** What was decoded since the last call. */
    String take() {
        endBytes();
        String taken = out.toString();
        out.setLength(0);
        return taken;
    }

    private void endBytes() {
        if (bytes.size() > 0) {
            try {
                out.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())));
            } catch (CharacterCodingException e) {
                fail(bytesFrom, "escaped bytes that are not UTF-8: expected whole characters");
            }
            bytes.reset();
        }
    }

    private void fail(int at, String message) {
        if (failure == null) {
            failure = message;
            failedAt = at;
        }
    }

    private String shown(int from, int to) {
        return text.substring(from, Math.min(to, from + 20));
    }

    private static int digit(char c, int radix) {
        return c < 0x80 ? Character.digit(c, radix) : -1;
    }
}
