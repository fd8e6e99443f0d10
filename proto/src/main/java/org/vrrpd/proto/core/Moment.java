package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.event.Event;

/** What is true while one event is applied: its time, its number, and what in it counts as the cause. */
final class Moment {

    /** A deadline that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private long nowNanos;
    private long sequence;
    private Cause cause = Cause.NONE;
    private String causeSubject = "";
    private String causeDetail = "";

    /** The earlier of a deadline and another one, of which only what is later than {@code considered} counts. */
    static long earlier(long deadline, long other, long considered) {
        return other > considered ? Math.min(deadline, other) : deadline;
    }

    void begin(Event event) {
        // core time never decreases, whatever the record says: a deadline computed from it stays ahead
        nowNanos = Math.max(nowNanos, event.coreNanos());
        sequence = event.sequence();
        because(Cause.NONE, "", "");
    }

    void because(Cause newCause, String subject, String detail) {
        cause = newCause;
        causeSubject = subject;
        causeDetail = detail;
    }

    long nowNanos() {
        return nowNanos;
    }

    long sequence() {
        return sequence;
    }

    Cause cause() {
        return cause;
    }

    String causeSubject() {
        return causeSubject;
    }

    String causeDetail() {
        return causeDetail;
    }

    void save(SnapshotWriter out) {
        out.putLong(nowNanos).putLong(sequence);
    }

    void load(SnapshotReader in) {
        nowNanos = in.getLong();
        sequence = in.getLong();
    }
}
