package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.vrrpd.proto.config.ElectionConfiguration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/**
 * The take-over, measured: a BACKUP that heard its master last at t is MASTER at t + Active_Down_Interval, after
 * priority 0 at t + Skew_Time, no earlier and no later (RFC 9568 section 6.4.2, 360 to 440). When it heard what is
 * remembered here and not asked of the core, so that nothing else can move its timer unseen; both waits are computed a
 * second time, from the priority and the configuration at this moment: who becomes stronger need not begin anew.
 */
public final class TakeoverInvariants {

    private static final long SECOND = 1_000_000_000L;

    /** What is known of one router since its last event. */
    private static final class Watch {

        private final VirtualRouter router;
        private InstanceConfiguration configuration;
        private RouterState state = RouterState.INIT;
        private long sinceNanos = Long.MIN_VALUE;
        private int priority;
        private long received;
        /** Heard its master last, or began to wait. */
        private long base;
        private long interval;
        /** The master said that it leaves. */
        private boolean left;
        /** It counts from the end of the startup delay, and takes over then. */
        private boolean startsAsOwner;
        private long preemptAt = Moment.NEVER;
        private long due;
        /** Of a sync group: its timer fired, and others' had not. */
        private boolean fired;

        Watch(VirtualRouter router) {
            this.router = router;
        }

        boolean is(RouterState asked) {
            return router.state() == asked;
        }

        boolean leftFor(RouterState next) {
            return state == RouterState.MASTER && is(next);
        }

        long due() {
            ElectionConfiguration election = router.configuration.election();
            int counted = router.configuration.isOwner() ? 255 : router.effectivePriority();
            long skew = (256 - counted) * (router.configuration.version() == 2 ? SECOND : interval) / 256;
            return startsAsOwner ? base : left ? base + skew : base + election.downTimerAdverts() * interval + skew;
        }
    }

    private final ElectionInvariants heard;
    private final List<Watch> watches = new ArrayList<>();
    private VrrpCore core;

    /** @param heard has read the advertisement of the event */
    public TakeoverInvariants(ElectionInvariants heard) {
        this.heard = heard;
    }

    /** It was applied. */
    public void after(Event event, VrrpCore to, long now) {
        watch(to);
        for (Watch each : watches) {
            if (each.state == RouterState.BACKUP && event.kind() == EventKind.DEADLINE_REACHED) {
                each.fired |= each.due <= now;
            }
        }
        for (Watch each : watches) {
            tookOver(each, event, now);
        }
        for (Watch each : watches) {
            learn(each, event, now);
        }
        for (Watch each : watches) {
            waits(each, event, now);
        }
    }

    private void watch(VrrpCore to) {
        if (core != to) {
            watches.clear(); // a daemon that starts knows nothing of the one before
            core = to;
        }
        watches.removeIf(each -> !core.routers().contains(each.router));
        for (VirtualRouter router : core.routers()) {
            if (find(router) == null) {
                watches.add(new Watch(router));
            }
        }
    }

    private Watch find(VirtualRouter router) {
        for (Watch each : watches) {
            if (each.router == router) {
                return each;
            }
        }
        return null;
    }

    private void tookOver(Watch was, Event event, long now) {
        if (was.state != RouterState.BACKUP) {
            return;
        }
        boolean due = event.kind() == EventKind.DEADLINE_REACHED && groupIsReady(was, now);
        require(!was.is(RouterState.MASTER) || due, was, event, () -> "BACKUP until "
                + was.due + ", but it is MASTER at " + now);
        require(!was.is(RouterState.BACKUP) || !due, was, event, () -> "MASTER at "
                + was.due + ", but it is BACKUP at " + now);
    }

    /** Our promise: a sync group takes over when the last of its members would. */
    private boolean groupIsReady(Watch was, long now) {
        if (was.router.group == null) {
            return was.due <= now;
        }
        boolean anyDue = false;
        for (Watch each : watches) {
            if (each.router.group == was.router.group) {
                if (each.state != RouterState.MASTER && !each.fired) {
                    return false;
                }
                anyDue |= each.state == RouterState.BACKUP && each.due <= now;
            }
        }
        return anyDue;
    }

    private void learn(Watch was, Event event, long now) {
        VirtualRouter router = was.router;
        boolean advertised = event.kind() == EventKind.ADVERTISEMENT_RECEIVED
                && router.counters.get(CounterKind.ADVERTISEMENTS_RECEIVED) > was.received;
        boolean enters = was.state != router.state() || was.sinceNanos != router.sinceNanos();
        if (enters) {
            was.fired &= was.is(RouterState.BACKUP) && was.state == RouterState.BACKUP;
            was.preemptAt = Moment.NEVER;
        }
        if (was.is(RouterState.BACKUP) && enters) {
            entered(was, advertised, now);
        } else if (was.is(RouterState.BACKUP)) {
            if (advertised) {
                heardByBackup(was, now);
            } else if (event.kind() == EventKind.DEADLINE_REACHED && was.due <= now) {
                was.base = now; // others of its group still hear their master: it waits again
                was.left = false;
                was.startsAsOwner = false;
            }
        }
        if (was.leftFor(RouterState.BACKUP) && router.group != null) {
            for (Watch each : watches) { // the group yields as one, and each member begins anew
                each.fired &= each.router.group != router.group;
            }
        }
    }

    /** RFC 9568 sections 6.4.1 (330) and 6.4.3 (745). */
    private void entered(Watch was, boolean advertised, long now) {
        boolean yielded = was.state == RouterState.MASTER;
        long startup = core.view().startupUntilNanos();
        was.base = yielded ? advertised ? heard.heardAt(now) : now : Math.max(now, startup);
        was.interval = yielded && advertised && was.router.configuration.version() == 3
                ? heard.advertisement().intervalNanos() : was.router.configuration.advertisementIntervalNanos();
        boolean tie = yielded && advertised && heard.advertisement().priority() == was.priority;
        was.base += tie ? ElectionInvariants.afterTie(core, was.router, was.interval) : 0;
        was.left = false;
        was.startsAsOwner = !yielded && was.router.configuration.isOwner() && startup > now && ownersOnly(was.router);
    }

    private boolean ownersOnly(VirtualRouter router) {
        return router.group == null || core.routers().stream()
                .allMatch(each -> each.group != router.group || each.configuration.isOwner());
    }

    private void heardByBackup(Watch was, long now) {
        int priority = heard.advertisement().priority();
        if (priority == 0) {
            was.base = heard.heardAt(now);
            was.left = true;
        } else if (accepts(was, priority, now)) {
            was.base = heard.heardAt(now);
            was.left = false;
            was.fired = false;
            was.startsAsOwner = false;
            was.interval = was.router.configuration.version() == 3
                    ? heard.advertisement().intervalNanos() : was.interval;
        }
    }

    /** Preempt_Mode of RFC 9568 section 6.1; preempt_delay counts from the first that is weaker. */
    private static boolean accepts(Watch was, int priority, long now) {
        ElectionConfiguration election = was.configuration.election();
        if (priority >= was.priority) {
            was.preemptAt = Moment.NEVER;
            return true;
        }
        if (was.configuration.isOwner() || !election.preempt()) {
            return !was.configuration.isOwner();
        }
        if (election.preemptDelayNanos() > 0 && was.preemptAt == Moment.NEVER) {
            was.preemptAt = now + election.preemptDelayNanos();
        }
        return election.preemptDelayNanos() > 0 && now < was.preemptAt;
    }

    private void waits(Watch was, Event event, long now) {
        VirtualRouter router = was.router;
        if (was.configuration != router.configuration) { // a reload; what it may do to a learned interval is its own
            was.interval = router.masterIntervalNanos();
            was.preemptAt = router.preemptAt;
        }
        was.due = was.due();
        if (was.is(RouterState.BACKUP)) {
            require(router.masterDownAt == was.due, was, event, () -> "to take over at " + was.due + ", which is "
                    + (was.due - was.base) + " ns after " + (was.left ? "priority 0" : "its master")
                    + ", but found " + router.masterDownAt);
            require(core.nextDeadlineNanos() <= Math.max(now + 1, was.due), was, event, () -> "to be woken at "
                    + was.due + ", but found " + core.nextDeadlineNanos());
        }
        was.configuration = router.configuration;
        was.state = router.state();
        was.sinceNanos = router.sinceNanos();
        was.priority = router.effectivePriority();
        was.received = router.counters.get(CounterKind.ADVERTISEMENTS_RECEIVED);
    }

    private static void require(boolean holds, Watch was, Event event, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(was.router.configuration.name() + " was " + was.state + ": Expected "
                    + what.get() + ", after event " + event.sequence() + " " + event.kind());
        }
    }
}
