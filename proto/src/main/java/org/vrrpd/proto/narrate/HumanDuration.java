package org.vrrpd.proto.narrate;

import java.time.Duration;

/** How long, as one says it: the two largest units, or one decimal below ten seconds. */
public final class HumanDuration {

    private static final long MILLIS_PER_SECOND = 1000;

    private HumanDuration() {}

    /** Such as {@code 4 ms}, {@code 1.9 s}, {@code 29 s}, {@code 2 min 5 s}, {@code 2 h 3 min}, {@code 3 d 4 h}. */
    public static String text(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        long seconds = millis / MILLIS_PER_SECOND;
        if (millis < 100) {
            return millis + " ms";
        }
        if (seconds < 10) {
            return seconds + "." + millis % MILLIS_PER_SECOND / 100 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return two(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    public static String ofNanos(long nanos) {
        return text(Duration.ofNanos(nanos));
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
