package org.vrrpd.proto.effect;

import java.util.Locale;

/**
 * How much something in the log matters, with the numbers of syslog(3). A log of one level shows that level and what
 * matters more.
 */
public enum LogLevel {
    ERROR(3),
    WARNING(4),
    NOTICE(5),
    INFO(6),
    DEBUG(7);

    /** For messages that name what may be said. */
    public static final String WORDS = "error, warning, notice, info or debug";

    private final int number;

    LogLevel(int number) {
        this.number = number;
    }

    /** As in syslog(3). */
    public int number() {
        return number;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when a log of this level shows it. */
    public boolean shows(LogLevel other) {
        return other.number <= number;
    }

    /** Null when it is none. */
    public static LogLevel ofWord(String word) {
        for (LogLevel level : values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        return null;
    }

    /** Null when no level has the number. */
    public static LogLevel ofNumber(int number) {
        for (LogLevel level : values()) {
            if (level.number == number) {
                return level;
            }
        }
        return null;
    }
}
