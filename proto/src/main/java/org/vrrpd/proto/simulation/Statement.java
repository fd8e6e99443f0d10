package org.vrrpd.proto.simulation;

import java.math.BigDecimal;
import java.util.List;

/**
 * One line of a scenario: at a time, something befalls the LAN.
 *
 * @param words the verb and what belongs to it
 */
public record Statement(long atNanos, List<String> words) {

    private static final int NANOSECOND_DIGITS = 9;
    private static final int MILLISECOND_DIGITS = 6;
    private static final int MICROSECOND_DIGITS = 3;
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000_000_000L);

    public Statement {
        words = List.copyOf(words);
    }

    public static Statement of(long atNanos, String... words) {
        return new Statement(atNanos, List.of(words));
    }

    public String verb() {
        return words.get(0);
    }

    /** As it is written in a scenario; reading that gives the same statement. */
    @Override
    public String toString() {
        return "at " + duration(atNanos) + " " + String.join(" ", words);
    }

    static String duration(long nanos) {
        return BigDecimal.valueOf(nanos, NANOSECOND_DIGITS).stripTrailingZeros().toPlainString() + "s";
    }

    /** @param text a number with us, ms, s, min or h; throws IllegalArgumentException otherwise */
    static long nanos(String text) {
        int unit = 0;
        while (unit < text.length() && "-+.0123456789".indexOf(text.charAt(unit)) >= 0) {
            unit++;
        }
        try {
            BigDecimal number = new BigDecimal(text.substring(0, unit));
            return switch (text.substring(unit)) {
                case "us" -> number.movePointRight(MICROSECOND_DIGITS).longValueExact();
                case "ms" -> number.movePointRight(MILLISECOND_DIGITS).longValueExact();
                case "s" -> number.movePointRight(NANOSECOND_DIGITS).longValueExact();
                case "min" -> number.multiply(MINUTE).longValueExact();
                case "h" -> number.multiply(MINUTE).multiply(BigDecimal.valueOf(60)).longValueExact();
                default -> throw new IllegalArgumentException();
            };
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Expected a duration such as 5s, 250ms or 2min, but found " + text, e);
        }
    }
}
