package org.vrrpd.proto.core;

import java.util.List;
import org.vrrpd.proto.config.FifoConfiguration;
import org.vrrpd.proto.effect.FifoOpening;

/** One named pipe as wanted, and how opening it and writing to it went. */
final class NotifyPipe {

    /** How many of the last lines are known, so that the failure of one of them is told for its pipe. */
    private static final int KNOWN_LINES = 64;
    private static final long SPACING_NANOS = 60_000_000_000L;

    final FifoConfiguration wish;
    final boolean secure;
    /** The effect that opened it; its answers name it, also those that come later. */
    long openEffect;
    boolean failing;
    private final long[] lines = new long[KNOWN_LINES];
    private int next;
    private long lost;
    private long quietUntil = Long.MIN_VALUE;

    NotifyPipe(FifoConfiguration wish, boolean secure) {
        this.wish = wish;
        this.secure = secure;
    }

    boolean isAs(FifoConfiguration other, boolean otherSecure) {
        return wish.equals(other) && secure == otherSecure;
    }

    FifoOpening opening() {
        boolean read = wish.reader() != null;
        return new FifoOpening(wish.path(), wish.user(), wish.group(),
                read ? wish.reader().arguments() : List.of(),
                read ? wish.reader().user() : "", read ? wish.reader().group() : "", secure);
    }

    void wrote(long effectId) {
        lines[next] = effectId;
        next = (next + 1) % KNOWN_LINES;
    }

    boolean hasWritten(long effectId) {
        for (long line : lines) {
            if (line == effectId && line != 0) {
                return true;
            }
        }
        return false;
    }

    /** The number of lost lines to tell about; 0: say nothing now. */
    long lineLost(long nowNanos) {
        lost++;
        if (nowNanos < quietUntil) {
            return 0;
        }
        long count = lost;
        lost = 0;
        quietUntil = nowNanos + SPACING_NANOS;
        return count;
    }

    void save(SnapshotWriter out) {
        out.putLong(openEffect).putBoolean(failing).putInt(next).putLong(lost).putLong(quietUntil);
        for (long line : lines) {
            out.putLong(line);
        }
    }

    void load(SnapshotReader in) {
        openEffect = in.getLong();
        failing = in.getBoolean();
        next = in.getInt();
        lost = in.getLong();
        quietUntil = in.getLong();
        for (int i = 0; i < KNOWN_LINES; i++) {
            lines[i] = in.getLong();
        }
    }
}
