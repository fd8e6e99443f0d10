package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.vrrp.Advertisement;

/**
 * RFC 9568 section 6.4.2. BACKUP goes to MASTER when Master_Down_Timer fires (in a sync group: when every member's
 * has), and to FAULT when something is missing. What is received only moves the timer.
 */
final class BackupState {

    private BackupState() {}

    /** The advertisement has passed every check. Allocates nothing unless the master is another one than before. */
    static void onAdvertisement(VirtualRouter router, Advertisement advertisement, long receivedNanos) {
        if (advertisement.priority() == 0) {
            // "set the Active_Down_Timer to Skew_Time": its interval is not adopted, Preempt_Mode does not matter
            router.counters.add(CounterKind.PRIORITY_ZERO_RECEIVED);
            router.masterDownAt = receivedNanos + router.skewTime();
            router.masterLeft = true;
            router.peer.heard(advertisement);
        } else if (accepts(router, advertisement)) {
            router.adoptInterval(advertisement);
            router.masterDownAt = receivedNanos + router.masterDownInterval();
            router.masterLeft = false;
            router.wantsMaster = false;
            if (router.group != null) {
                router.group.masterHeard(router);
            }
            router.peerNotes.onMaster(advertisement);
            router.rival.onMaster(advertisement);
        }
        // else: a lower priority and we preempt: discard; the timer keeps running untouched
    }

    /** Preempt_Mode False, or its priority is at least ours; there is no comparison of addresses here. */
    private static boolean accepts(VirtualRouter router, Advertisement advertisement) {
        InstanceConfiguration configuration = router.configuration;
        boolean weaker = advertisement.priority() < router.effectivePriority();
        long now = router.moment().nowNanos();
        if (!weaker) {
            router.preemptAt = Moment.NEVER;
            return true;
        }
        if (configuration.isOwner()) {
            return false; // section 6.1: the owner preempts whatever the flag says
        }
        if (!configuration.election().preempt()) {
            return true;
        }
        if (configuration.election().preemptDelayNanos() == 0) {
            return false;
        }
        if (router.preemptAt == Moment.NEVER) { // the delay runs from the first advertisement that is weaker
            router.preemptAt = now + configuration.election().preemptDelayNanos();
        }
        return now < router.preemptAt;
    }

    /** A reload: a delay that runs is as long as it would have been. */
    static void reconfigured(VirtualRouter router, InstanceConfiguration former) {
        long delay = router.configuration.election().preemptDelayNanos();
        if (router.preemptAt != Moment.NEVER) {
            boolean delayed = router.configuration.election().preempt() && delay > 0;
            router.preemptAt = delayed
                    ? router.preemptAt + delay - former.election().preemptDelayNanos() : Moment.NEVER;
        }
    }

    static void onDeadline(VirtualRouter router) {
        if (router.moment().nowNanos() >= router.masterDownAt) {
            StateCause cause = router.masterLeft
                    ? new StateCause(Cause.PRIORITY_ZERO, router.peerText(), "")
                    : StateCause.of(Cause.MASTER_DOWN);
            router.takeOver(cause);
        }
    }
}
