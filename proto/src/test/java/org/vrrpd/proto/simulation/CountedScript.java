package org.vrrpd.proto.simulation;

import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.effect.ScriptRun;

/**
 * What the runs of one vrrp_script come to: it is well after {@code rise} successes in a row and no longer after
 * {@code fall} failures. The first run of a command decides alone, unless init_fail says that it has failed till then.
 */
final class CountedScript {

    private ScriptConfiguration configuration;
    /** Null: nobody knows. */
    private Boolean well;
    /** How many runs in a row said the contrary of {@link #well}. */
    private int streak;
    private boolean decidesAlone;
    /** When a run last began or ended. */
    private long awakeNanos;

    CountedScript(ScriptConfiguration configuration, long nowNanos) {
        this.configuration = configuration;
        this.well = configuration.startsFailed() ? Boolean.FALSE : null;
        this.decidesAlone = !configuration.startsFailed();
        this.awakeNanos = nowNanos;
    }

    /** It stays what it is; runs are counted anew, and another command's are none of this one's. */
    CountedScript altered(ScriptConfiguration next) {
        if (next.equals(configuration)) {
            return this;
        }
        CountedScript altered = next.command().equals(configuration.command())
                ? this : new CountedScript(next, awakeNanos);
        altered.decidesAlone = decidesAlone || altered != this;
        altered.configuration = next;
        altered.well = well;
        altered.streak = 0;
        return altered;
    }

    String name() {
        return configuration.name();
    }

    /** Null: nobody knows. */
    Boolean isWell() {
        return well;
    }

    boolean isRun(ScriptRun run) {
        return run.arguments().equals(configuration.command().arguments())
                && run.timeoutNanos() == configuration.timeoutNanos();
    }

    void met(boolean success) {
        boolean contrary = well == null || well != success;
        streak = contrary ? streak + 1 : 0;
        int wanted = decidesAlone ? 1 : success ? configuration.rise() : configuration.fall();
        if (contrary && streak >= wanted) {
            well = success;
            streak = 0;
        }
        decidesAlone = false;
    }

    /** A run began, or ended. */
    void awake(long nowNanos) {
        awakeNanos = nowNanos;
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - awakeNanos > configuration.intervalNanos();
    }
}
