package org.vrrpd.daemon.control;

import java.time.Duration;

/**
 * So many in a time on average, and so many at once after a pause. It holds one number, the time at which all that was
 * taken so far is paid for. Not for several threads.
 */
final class Pace {

    private final long interval;
    private final long allowance;
    private long paidAt;

    /** @param burst how many may come at once, at least one */
    Pace(int count, Duration time, int burst, long now) {
        interval = Math.max(1, time.toNanos() / count);
        allowance = interval * burst;
        paidAt = now;
    }

    /** Takes one; returns how long to wait until it may be used, in the order in which they were taken. */
    long reserve(long now) {
        return reserve(now, 1);
    }

    /** @param weight as how many it counts */
    long reserve(long now, int weight) {
        paidAt = (paidAt - now > 0 ? paidAt : now) + interval * weight;
        return Math.max(0, paidAt - allowance - now);
    }

    /** Takes one when that needs no waiting. */
    boolean tryTake(long now) {
        long paid = (paidAt - now > 0 ? paidAt : now) + interval;
        if (paid - allowance - now > 0) {
            return false;
        }
        paidAt = paid;
        return true;
    }
}
