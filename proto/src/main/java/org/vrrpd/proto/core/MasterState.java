package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.vrrp.Advertisement;

/**
 * RFC 9568 section 6.4.3. MASTER goes to BACKUP when it hears a better router, and to FAULT when something is missing.
 * Preempt_Mode is not consulted here.
 */
final class MasterState {

    /** Answers are spaced, so that our own packets coming back, or a storm of others', cannot make us storm. */
    private static final int ANSWERS_PER_INTERVAL = 10;

    private MasterState() {}

    /** The advertisement has passed every check. */
    static void onAdvertisement(VirtualRouter router, Advertisement advertisement, long receivedNanos) {
        if (Lateness.stepsDown(router)) {
            BackupState.onAdvertisement(router, advertisement, receivedNanos);
            return;
        }
        int priority = advertisement.priority();
        if (priority == 0) {
            // "send an ADVERTISEMENT, reset the Adver_Timer to Advertisement_Interval"
            router.counters.add(CounterKind.PRIORITY_ZERO_RECEIVED);
            router.sender.send(router.effectivePriority());
            router.advertisementAt = router.moment().nowNanos() + router.configuration.advertisementIntervalNanos();
            return;
        }
        int order = Integer.compare(priority, router.effectivePriority());
        // "greater than the IPvX address of the sender": unsigned, network byte order, our source against theirs
        int address = -router.sources.identity().compareTo(advertisement.sourceHigh(), advertisement.sourceLow());
        boolean owners = order == 0 && router.configuration.isOwner();
        if (order > 0 || order == 0 && address > 0) {
            if (owners) {
                router.discards.tell(router, NoteKind.TWO_OWNERS, CounterKind.ADVERTISEMENTS_RECEIVED,
                        advertisement.source().toString(), "", router.moment().nowNanos());
            }
            yieldTo(router, advertisement, receivedNanos, order > 0 ? Cause.HIGHER_PRIORITY : Cause.HIGHER_ADDRESS);
        } else if (owners && address < 0 && router.rival.persists(advertisement)) {
            router.refreshPriority();
            yieldTo(router, advertisement, receivedNanos, Cause.HIGHER_PRIORITY);
        } else {
            answer(router, advertisement, order == 0 && address == 0);
        }
    }

    private static void yieldTo(
            VirtualRouter router, Advertisement advertisement, long receivedNanos, Cause cause) {
        if (router.configuration.election().higherPrioritySendAdvert()) {
            router.sender.send(router.effectivePriority());
        }
        router.adoptInterval(advertisement);
        StateCause because = new StateCause(
                cause, advertisement.source().toString(), Integer.toString(advertisement.priority()));
        router.becomeBackup(because, receivedNanos, false);
        if (cause == Cause.HIGHER_ADDRESS && router.group != null) {
            router.masterDownAt += router.group.intervalsAfterTie(router) * router.masterIntervalNanos();
        }
        router.peerNotes.onMaster(advertisement);
        router.syncGroupToBackup();
    }

    /** "Discard the ADVERTISEMENT, and immediately send an ADVERTISEMENT"; the timer stays as it is. */
    private static void answer(VirtualRouter router, Advertisement advertisement, boolean sameAddress) {
        long now = router.moment().nowNanos();
        long spacing = router.configuration.advertisementIntervalNanos() / ANSWERS_PER_INTERVAL;
        if (router.answeredAt != Moment.NEVER && now - router.answeredAt < spacing) {
            return;
        }
        router.answeredAt = now;
        String sender = advertisement.source().toString();
        String priority = Integer.toString(advertisement.priority());
        NoteKind note = sameAddress ? NoteKind.SAME_ADDRESS
                : router.configuration.isOwner() && advertisement.priority() == 255 ? NoteKind.TWO_OWNERS
                : NoteKind.LOWER_PRIORITY;
        router.discards.tell(router, note, CounterKind.ADVERTISEMENTS_RECEIVED, sender, priority, now);
        if (!router.configuration.election().lowerPriorityNoAdvert()) {
            router.sender.send(router.effectivePriority());
        }
        if (!sameAddress) {
            router.announceAgain();
            if (router.group != null) {
                router.group.announceBecauseOf(router);
            }
            router.told.tellLowerPriorityHeard();
        }
    }

    static void onDeadline(VirtualRouter router) {
        long now = router.moment().nowNanos();
        if (now < router.advertisementAt || Lateness.stepsDown(router)) {
            return;
        }
        long interval = router.configuration.advertisementIntervalNanos();
        long late = now - router.advertisementAt;
        if (!hasAnsweredSince(router, router.advertisementAt)) {
            router.sender.send(router.effectivePriority());
        }
        router.rival.onAdvertised();
        if (late <= router.configuration.election().downTimerAdverts() * interval) {
            // deadlines lie on a grid: one that was missed is not made up for, and lateness never adds up
            router.advertisementAt = Timers.nextOnGrid(router.advertisementAt, interval, now);
            return;
        }
        // silent for long enough that another may have taken over and hosts may have learnt its address
        router.advertisementAt = now + interval;
        router.note(NoteKind.STALLED, "", late / 1_000_000 + " ms", 1);
        router.announcer.announceAll(router.configuration.garp().masterRepeat());
        router.announcer.send();
    }

    /**
     * A reload: the peers learn at once what they can see, and the grid stays. Only another interval begins a new grid,
     * with the advertisement that tells it.
     */
    static void reconfigured(VirtualRouter router, InstanceConfiguration former, int formerPriority) {
        InstanceConfiguration next = router.configuration;
        if (router.effectivePriority() != formerPriority || RouterChange.isAdvertised(former, next)) {
            router.sender.send(router.effectivePriority());
        }
        if (former.advertisementIntervalNanos() != next.advertisementIntervalNanos()) {
            router.advertisementAt = router.moment().nowNanos() + next.advertisementIntervalNanos();
        }
    }

    /** An answer that went out when an advertisement was due already was that advertisement. */
    private static boolean hasAnsweredSince(VirtualRouter router, long due) {
        return router.answeredAt != Moment.NEVER && router.answeredAt >= due
                && !router.configuration.election().lowerPriorityNoAdvert();
    }
}
