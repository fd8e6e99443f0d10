package org.vrrpd.proto.simulation;

import org.vrrpd.proto.config.TrackedProcessConfiguration;

/**
 * One vrrp_track_process: well while its quorum runs, and no more than may. What would change that must last for
 * fork_delay, when more of them run now, or terminate_delay; the first number counts at once.
 */
final class CountedProcesses {

    private static final long NEVER = Long.MAX_VALUE;

    private final TrackedProcessConfiguration configuration;
    /** Null: nobody knows. */
    private Boolean well;
    private int count;
    private boolean heard;
    private long turnsAt = NEVER;

    private CountedProcesses(TrackedProcessConfiguration configuration) {
        this.configuration = configuration;
    }

    /** @param former what was tracked under its name, which counts until these are counted; null: nothing */
    static CountedProcesses of(TrackedProcessConfiguration configuration, CountedProcesses former) {
        if (former != null && former.configuration.equals(configuration)) {
            return former;
        }
        CountedProcesses counted = new CountedProcesses(configuration);
        if (former != null) {
            counted.well = former.well;
            counted.count = former.count;
        }
        return counted;
    }

    boolean isOf(String process) {
        return configuration.process().equals(process);
    }

    /** Null: nobody knows. */
    Boolean isWell() {
        return well;
    }

    void counted(int next, long nowNanos) {
        boolean quorum = next >= configuration.quorum() && next <= configuration.quorumMax();
        long delay = !heard ? 0 : next > count ? configuration.forkDelayNanos() : configuration.terminateDelayNanos();
        if (well != null && well == quorum) {
            turnsAt = NEVER; // undone before it counted
        } else if (delay == 0) {
            well = quorum;
            turnsAt = NEVER;
        } else if (turnsAt == NEVER) {
            turnsAt = nowNanos + delay;
        }
        count = next;
        heard = true;
    }

    void reached(long nowNanos) {
        if (nowNanos >= turnsAt) {
            well = !well;
            turnsAt = NEVER;
        }
    }
}
