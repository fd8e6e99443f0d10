package org.vrrpd.proto.simulation;

/** A host's own count of nanoseconds: it begins somewhere and runs a little too fast or too slow. */
final class SimulatedClock {

    private static final long MILLION = 1_000_000L;

    private long global;
    private long local;
    private long partsPerMillion;

    /** @param local what it shows at global time 0 */
    SimulatedClock(long local) {
        this.local = local;
    }

    /** From now on it gains so many microseconds a second, less than a thousand either way. */
    void drift(long globalNow, long newPartsPerMillion) {
        local = at(globalNow);
        global = globalNow;
        partsPerMillion = newPartsPerMillion;
    }

    long at(long globalNanos) {
        long passed = globalNanos - global;
        return local + passed + passed / MILLION * partsPerMillion + passed % MILLION * partsPerMillion / MILLION;
    }

    /** The first global time at which it shows this, or later. */
    long globalOf(long localNanos) {
        long passed = localNanos - local;
        if (partsPerMillion == 0) {
            return global + passed;
        }
        long margin = Math.abs(passed) / MILLION * (Math.abs(partsPerMillion) + 1) + MILLION;
        long from = global + passed - margin;
        long to = global + passed + margin;
        while (from < to) {
            long middle = from + (to - from) / 2;
            if (at(middle) >= localNanos) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
