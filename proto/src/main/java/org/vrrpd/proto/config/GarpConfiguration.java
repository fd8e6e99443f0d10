package org.vrrpd.proto.config;

/**
 * How often addresses are announced. All times in nanoseconds.
 *
 * @param masterDelayNanos from becoming MASTER to the second set; 0: no second set
 * @param masterRepeat rounds a set, at least 1
 * @param refreshNanos period of the refresh; 0: none
 * @param refreshRepeat rounds a refresh, at least 1
 * @param lowerPriorityDelayNanos to the second set after a lower-priority advertisement; 0: none
 * @param lowerPriorityRepeat rounds after a lower-priority advertisement; 0: none
 * @param garpIntervalNanos least spacing of two GARPs on one interface; 0: none
 * @param naIntervalNanos the same for neighbour advertisements
 * @param extraNanos period of one announcement on an interface that holds addresses but sends no advertisements;
 *     0: none
 * @param extraEverywhere on every such interface; else only on a VMAC
 */
public record GarpConfiguration(
        long masterDelayNanos,
        int masterRepeat,
        long refreshNanos,
        int refreshRepeat,
        long lowerPriorityDelayNanos,
        int lowerPriorityRepeat,
        long garpIntervalNanos,
        long naIntervalNanos,
        long extraNanos,
        boolean extraEverywhere) {

    /** Without extra announcements. */
    public GarpConfiguration(
            long masterDelayNanos,
            int masterRepeat,
            long refreshNanos,
            int refreshRepeat,
            long lowerPriorityDelayNanos,
            int lowerPriorityRepeat,
            long garpIntervalNanos,
            long naIntervalNanos) {
        this(masterDelayNanos, masterRepeat, refreshNanos, refreshRepeat, lowerPriorityDelayNanos,
                lowerPriorityRepeat, garpIntervalNanos, naIntervalNanos, 0, false);
    }
}
