package org.vrrpd.proto.core;

import java.math.BigDecimal;

/** Durations as operators configure them. */
final class Seconds {

    private Seconds() {}

    /** "5 s", "0.25 s". */
    static String text(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }
}
