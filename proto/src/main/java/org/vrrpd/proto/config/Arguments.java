package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * The words behind a keyword, read one after the other. Each reader returns null after it has reported what was found
 * and what was expected instead.
 */
final class Arguments {

    static final long SECOND = 1_000_000_000L;
    private static final int LONGEST_INTERFACE_NAME = 15;

    private final Statement statement;
    private final String where;
    private final Problems problems;
    private int at = 1;

    /** @param where the block it stands in, as messages call it */
    Arguments(Statement statement, String where, Problems problems) {
        this.statement = statement;
        this.where = where;
        this.problems = problems;
    }

    Word keyword() {
        return statement.keyword();
    }

    String where() {
        return where;
    }

    boolean hasNext() {
        return at < statement.words().size();
    }

    /** Null when there is none, which is not reported. */
    Word peek() {
        return hasNext() ? statement.words().get(at) : null;
    }

    boolean nextIs(String text) {
        if (hasNext() && peek().text().equals(text)) {
            at++;
            return true;
        }
        return false;
    }

    Word next(String expected) {
        if (hasNext()) {
            return statement.words().get(at++);
        }
        problems.error(keyword(),
                keyword().shown() + " without a value in " + where + ": expected " + expected);
        return null;
    }

    /** A word that stands for itself. */
    Word text(String expected) {
        Word word = next(expected);
        if (word != null && (word.text().startsWith("$") || word.text().contains("${"))) {
            problems.warning(word, keyword().shown() + " " + word.shown() + " in " + where
                    + " is taken as it stands: no such definition, or the name needs braces, ${NAME}");
        }
        return word;
    }

    Integer integer(int min, int max) {
        return integer(min, max, min + " to " + max);
    }

    Integer integer(int min, int max, String expected) {
        Word word = next(expected);
        if (word == null) {
            return null;
        }
        Integer value = integer(word.text());
        return value == null || value < min || value > max ? this.<Integer>bad(word, expected) : value;
    }

    /** Decimal seconds as nanoseconds. */
    Long seconds(long minNanos, long maxNanos, String expected) {
        Word word = next(expected);
        if (word == null) {
            return null;
        }
        Long value = nanos(word.text());
        return value == null || value < minNanos || value > maxNanos ? this.<Long>bad(word, expected) : value;
    }

    /** on, true, yes, off, false, no, or nothing, which means on. */
    Boolean flag() {
        if (!hasNext()) {
            return true;
        }
        Word word = next("");
        return switch (word.text()) {
            case "on", "true", "yes" -> true;
            case "off", "false", "no" -> false;
            default -> this.<Boolean>bad(word, "on, true, yes, off, false or no");
        };
    }

    /** @param family null: any */
    IpAddress address(Family family, String expected) {
        Word word = next(expected);
        if (word == null) {
            return null;
        }
        IpAddress address = address(word.text());
        return address == null || family != null && address.family() != family
                ? this.<IpAddress>bad(word, expected)
                : address;
    }

    Word interfaceName() {
        String expected = "the name of an interface, at most " + LONGEST_INTERFACE_NAME + " characters";
        Word word = text(expected);
        return word == null || isInterfaceName(word.text()) ? word : this.<Word>bad(word, expected);
    }

    /** Of a file; relative to nothing. */
    Word path() {
        String expected = "an absolute path";
        Word word = text(expected);
        return word == null || word.text().startsWith("/") ? word : this.<Word>bad(word, expected);
    }

    <T> T bad(Word word, String expected) {
        String name = word == keyword() ? "" : keyword().shown() + " ";
        problems.error(word, name + word.shown() + " in " + where + ": expected " + expected);
        return null;
    }

    void error(Word at, String message) {
        problems.error(at, message);
    }

    void warning(Word at, String message) {
        problems.warning(at, message);
    }

    /** The block that the keyword needs; empty, after an error, without one. */
    List<Statement> block() {
        if (!statement.hasBlock()) {
            problems.error(keyword(), keyword().shown() + " without a block in " + where + ": expected {");
        }
        noMoreWords();
        return statement.block();
    }

    /** All has been read: what is left is reported. */
    void end() {
        noMoreWords();
        if (statement.hasBlock()) {
            problems.warning(statement.brace(), keyword().shown() + " in " + where + " has no block: it is ignored");
        }
    }

    private void noMoreWords() {
        if (hasNext()) {
            problems.warning(peek(), peek().shown() + " behind " + keyword().shown() + " in " + where
                    + ": expected the end of the line; the rest is ignored");
        }
    }

    static boolean isInterfaceName(String text) {
        if (text.isEmpty() || text.length() > LONGEST_INTERFACE_NAME || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || c == '/' || c == ':' || c == '"') {
                return false;
            }
        }
        return true;
    }

    /** A decimal integer, or null. */
    static Integer integer(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.length() == digits || text.length() > digits + 9) {
            return null;
        }
        return isDigits(text.substring(digits)) ? Integer.valueOf(text) : null;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Seconds such as 1, 0.25 or .5 as nanoseconds, or null. More than nine decimals are cut. */
    static Long nanos(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String part = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() && part.isEmpty() || whole.length() > 9 || part.length() > 18
                || !isDigits(whole) || !isDigits(part)) {
            return null;
        }
        String nine = (part + "000000000").substring(0, 9);
        return (whole.isEmpty() ? 0 : Long.parseLong(whole)) * SECOND + Long.parseLong(nine);
    }

    /** A numeric address, or null; a resolver is never asked. */
    static IpAddress address(String text) {
        boolean starts = !text.isEmpty() && (Character.digit(text.charAt(0), 16) >= 0 || text.charAt(0) == ':');
        if (!starts || text.length() > 45) {
            return null;
        }
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
