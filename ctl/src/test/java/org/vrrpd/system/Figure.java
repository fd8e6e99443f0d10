package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** A series of one measure: printed as least, median and most, in milliseconds. */
final class Figure {

    private final Enum<?> candidate;
    private final String what;
    private long[] nanos = {};

    Figure(Enum<?> candidate, String what) {
        this.candidate = candidate;
        this.what = what;
    }

    void add(long value) {
        nanos = LongStream.concat(Arrays.stream(nanos), LongStream.of(value)).sorted().toArray();
    }

    void printAndCheck(long mostMillis) {
        double median = Await.millis(nanos[nanos.length / 2]);
        System.out.printf(Locale.ROOT, "FIGURE %-10s %-50s %.2f / %.2f / %.2f ms (n=%d)%n", candidate, what,
                Await.millis(nanos[0]), median, Await.millis(nanos[nanos.length - 1]), nanos.length);
        assertTrue(median < mostMillis, () -> what + ": " + median + " ms");
    }
}
