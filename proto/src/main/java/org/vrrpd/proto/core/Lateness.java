package org.vrrpd.proto.core;

import org.vrrpd.proto.config.ElectionConfiguration;
import org.vrrpd.proto.effect.Cause;

/**
 * timer_expired_backup: a MASTER that did not run for so long that another has taken over steps down instead of taking
 * back what nopreempt would have left to the other.
 */
final class Lateness {

    private Lateness() {}

    /** True when the router was MASTER and is not any more. */
    static boolean stepsDown(VirtualRouter router) {
        ElectionConfiguration election = router.configuration.election();
        if (election.timerExpiredPriority() == 0) {
            return false;
        }
        long interval = router.configuration.advertisementIntervalNanos();
        long now = router.moment().nowNanos();
        // what a BACKUP of that priority waits for, counted from our last advertisement
        long wait = Timers.masterDownInterval(
                router.configuration.version(), election.timerExpiredPriority(), interval,
                election.downTimerAdverts());
        long silent = now - (router.advertisementAt - interval);
        if (silent < wait) {
            return false;
        }
        StateCause cause = new StateCause(Cause.OWN_LATENESS, silent / 1_000_000 + " ms", "");
        router.becomeBackup(cause, now, false);
        router.syncGroupToBackup();
        return true;
    }
}
