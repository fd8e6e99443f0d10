package org.vrrpd.proto.narrate;

import java.util.List;
import org.vrrpd.proto.effect.LogLevel;

/**
 * One entry of the log.
 *
 * @param topic what it is about: entries of one topic are limited together; see {@link LogLimiter}
 * @param messageId 32 hexadecimal digits that say what kind of entry it is, for ever; empty: it has none
 * @param fields beside the message, in this order
 */
public record LogEntry(LogLevel level, Topic topic, String message, String messageId, List<Field> fields) {

    public LogEntry {
        fields = List.copyOf(fields);
    }

    /** A name of capital letters, digits and underscores, as journald wants them, and any text. */
    public record Field(String name, String value) {}

    /**
     * What an entry is about.
     *
     * @param instance empty when it concerns the daemon
     * @param name of a note; empty for other classes
     */
    public record Topic(Class of, String instance, String name) {}

    /** Classes of topics: each has limits of its own. */
    public enum Class {
        TRANSITION,
        FAULT,
        NOTE,
        /** The daemon's own trouble. */
        DAEMON,
        /** Every event that reached the core. */
        EVENT
    }

    /** Something that the daemon itself has to say. */
    public static LogEntry of(LogLevel level, String message) {
        return new LogEntry(level, new Topic(Class.DAEMON, "", level.word()), message, "", List.of());
    }
}
