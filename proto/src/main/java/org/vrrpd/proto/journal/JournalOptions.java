package org.vrrpd.proto.journal;

import java.util.function.LongSupplier;

/**
 * How a journal is written. The defaults are production's; tests make everything smaller.
 *
 * @param rollBytes a file is ended when it has this many bytes
 * @param rollNanos or when its first record is this old, by core time
 * @param maxBytes the oldest files are deleted while all of them together allocate more
 * @param retryNanos how long a suspended journal waits before it tries again
 * @param wallNanos the wall clock, ns since 1970; it may jump
 * @param monotonicNanos for the retries
 */
public record JournalOptions(
        int blockBytes, long rollBytes, long rollNanos, long maxBytes, long retryNanos,
        LongSupplier wallNanos, LongSupplier monotonicNanos) {

    public static JournalOptions defaults() {
        return new JournalOptions(
                1 << 20, 16L << 20, 3_600_000_000_000L, 512L << 20, 1_000_000_000L,
                () -> System.currentTimeMillis() * 1_000_000L, System::nanoTime);
    }

    public JournalOptions withBlockBytes(int bytes) {
        return new JournalOptions(bytes, rollBytes, rollNanos, maxBytes, retryNanos, wallNanos, monotonicNanos);
    }

    public JournalOptions withRoll(long bytes, long nanos) {
        return new JournalOptions(blockBytes, bytes, nanos, maxBytes, retryNanos, wallNanos, monotonicNanos);
    }

    public JournalOptions withMaxBytes(long bytes) {
        return new JournalOptions(blockBytes, rollBytes, rollNanos, bytes, retryNanos, wallNanos, monotonicNanos);
    }

    public JournalOptions withRetryNanos(long nanos) {
        return new JournalOptions(blockBytes, rollBytes, rollNanos, maxBytes, nanos, wallNanos, monotonicNanos);
    }

    public JournalOptions withWallNanos(LongSupplier clock) {
        return new JournalOptions(blockBytes, rollBytes, rollNanos, maxBytes, retryNanos, clock, monotonicNanos);
    }

    public JournalOptions withMonotonicNanos(LongSupplier clock) {
        return new JournalOptions(blockBytes, rollBytes, rollNanos, maxBytes, retryNanos, wallNanos, clock);
    }
}
