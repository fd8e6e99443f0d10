package org.vrrpd.proto.core;

/** The arithmetic of RFC 9568 section 6.1 and RFC 3768 section 6.1, in nanoseconds, multiplied before divided. */
final class Timers {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private Timers() {}

    /**
     * Skew_Time. v3: ((256 - Priority) * Active_Adver_Interval) / 256; v2: (256 - Priority) / 256 seconds, whatever
     * the interval.
     */
    static long skewTime(int version, int priority, long masterAdvertisementIntervalNanos) {
        long interval = version == 2 ? SECOND_NANOS : masterAdvertisementIntervalNanos;
        return (256 - priority) * interval / 256;
    }

    /** Master_Down_Interval (Active_Down_Interval): N * interval + Skew_Time, N being 3 unless configured. */
    static long masterDownInterval(int version, int priority, long masterAdvertisementIntervalNanos, int adverts) {
        return adverts * masterAdvertisementIntervalNanos
                + skewTime(version, priority, masterAdvertisementIntervalNanos);
    }

    /** The next point of the grid that began at {@code previous} which is later than now: lateness never adds up. */
    static long nextOnGrid(long previous, long interval, long now) {
        long next = previous + interval;
        return next > now ? next : next + (now - next) / interval * interval + interval;
    }
}
