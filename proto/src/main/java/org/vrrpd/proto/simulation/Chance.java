package org.vrrpd.proto.simulation;

/**
 * Numbers that look like chance and follow from a seed alone: the same on every machine and JDK. Each use has a stream
 * of its own, so that what is drawn here does not depend on how much was drawn elsewhere: a scenario that is made
 * shorter keeps the rest of its luck.
 */
public final class Chance {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    public Chance(long seed) {
        state = seed;
    }

    /** A stream of its own for a purpose. */
    public Chance fork(String purpose) {
        long seed = state;
        for (int i = 0; i < purpose.length(); i++) {
            seed = mix(seed + GOLDEN + purpose.charAt(i));
        }
        return new Chance(seed);
    }

    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** 0 to {@code bound} - 1. */
    public int below(int bound) {
        return (int) Math.floorMod(next() >>> 1, (long) bound);
    }

    /** Both may come. */
    public long between(long least, long most) {
        return least + Math.floorMod(next() >>> 1, most - least + 1);
    }

    /** True so many times in a thousand. */
    public boolean perMille(int times) {
        return below(1000) < times;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
