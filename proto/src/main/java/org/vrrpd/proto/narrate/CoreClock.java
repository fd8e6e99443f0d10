package org.vrrpd.proto.narrate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.vrrpd.proto.event.Event;

/**
 * Turns core time (monotonic) into wall time by the offset between them. The offset moves when somebody sets the clock,
 * so times of the past are given as the present clock would have shown them.
 */
public record CoreClock(long wallMinusCoreNanos) {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

    /** The offset in force when the record was appended. */
    public static CoreClock of(Event event) {
        return new CoreClock(event.wallNanos() - event.coreNanos());
    }

    public Instant at(long coreNanos) {
        return wall(coreNanos + wallMinusCoreNanos);
    }

    public static Instant wall(long wallNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(wallNanos, NANOS_PER_SECOND), Math.floorMod(wallNanos, NANOS_PER_SECOND));
    }

    /** ISO 8601 with milliseconds and zone, as every time in JSON is written. */
    public static String iso(Instant instant, ZoneId zone) {
        return ISO_MILLIS.format(OffsetDateTime.ofInstant(instant, zone));
    }
}
