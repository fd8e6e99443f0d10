package org.vrrpd.proto.core;

/** Durations as operators configure them. */
final class Seconds {

    private static final long NANOS = 1_000_000_000L;

    private Seconds() {}

    /** "5 s", "0.25 s". */
    static String text(long nanos) {
        String fraction = Long.toString(NANOS + nanos % NANOS).substring(1).replaceAll("0+$", "");
        return nanos / NANOS + (fraction.isEmpty() ? "" : "." + fraction) + " s";
    }
}
