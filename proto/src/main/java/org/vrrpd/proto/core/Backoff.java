package org.vrrpd.proto.core;

/** When to try again what failed: 0.1 s after the first failure, doubling to 10 s, for ever. */
final class Backoff {

    private static final long FIRST_NANOS = 100_000_000L;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private int failures;
    private long retryAt;

    /** True when nothing failed, or it is time to try again. */
    boolean isDue(long nowNanos) {
        return failures == 0 || nowNanos >= retryAt;
    }

    boolean isFailing() {
        return failures > 0;
    }

    void failed(long nowNanos) {
        int doublings = Math.min(failures, 10);
        retryAt = nowNanos + Math.min(LONGEST_NANOS, FIRST_NANOS << doublings);
        failures++;
    }

    void succeeded() {
        failures = 0;
    }

    /** NEVER when nothing failed. */
    long deadline() {
        return failures == 0 ? Moment.NEVER : retryAt;
    }

    void save(SnapshotWriter out) {
        out.putInt(failures).putLong(retryAt);
    }

    void load(SnapshotReader in) {
        failures = in.getInt();
        retryAt = in.getLong();
    }
}
