package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.NoteKind;

/**
 * Tells about discarded packets without being a way to fill a disk: the first of a kind at once, then at most one note
 * a minute for each kind, with how many there were.
 */
final class DiscardLog {

    private static final long SPACING_NANOS = 60_000_000_000L;
    private static final int KINDS = CounterKind.values().length;

    private final long[] quietUntil = new long[KINDS];
    private final long[] since = new long[KINDS];

    /** The number of packets to tell about; 0: say nothing now. */
    long count(CounterKind kind, long nowNanos) {
        int i = kind.ordinal();
        since[i]++;
        if (nowNanos < quietUntil[i]) {
            return 0;
        }
        long count = since[i];
        since[i] = 0;
        quietUntil[i] = nowNanos + SPACING_NANOS;
        return count;
    }

    void tell(VirtualRouter router, NoteKind note, CounterKind kind, String subject, String detail, long nowNanos) {
        long count = count(kind, nowNanos);
        if (count > 0) {
            router.note(note, subject, detail, count);
        }
    }

    void save(SnapshotWriter out) {
        for (int i = 0; i < KINDS; i++) {
            out.putLong(quietUntil[i]).putLong(since[i]);
        }
    }

    void load(SnapshotReader in) {
        for (int i = 0; i < KINDS; i++) {
            quietUntil[i] = in.getLong();
            since[i] = in.getLong();
        }
    }
}
