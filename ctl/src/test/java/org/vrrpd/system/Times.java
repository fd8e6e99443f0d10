package org.vrrpd.system;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The arithmetic of RFC 9568 section 6.1, written down a second time so that the daemon's own is held to it. */
public final class Times {

    /** What the machine may add: two cores carry several labs at once. */
    public static final Duration TOLERANCE = Duration.ofMillis(350);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private Times() {}

    public static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    public static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** Skew_Time of VRRPv3. */
    public static Duration skew(Duration interval, int priority) {
        return interval.multipliedBy(256 - priority).dividedBy(256);
    }

    /** Master_Down_Interval (Active_Down_Interval in RFC 9568) of VRRPv3. */
    public static Duration masterDown(Duration interval, int priority) {
        return interval.multipliedBy(3).plus(skew(interval, priority));
    }

    /** Of VRRPv2, whose skew does not depend on the interval: RFC 3768 section 6.1. */
    static Duration masterDownV2(Duration interval, int priority) {
        return interval.multipliedBy(3).plus(skew(Duration.ofSeconds(1), priority));
    }

    public static String clock(long time) {
        return CLOCK.format(Instant.ofEpochSecond(0, time));
    }
}
