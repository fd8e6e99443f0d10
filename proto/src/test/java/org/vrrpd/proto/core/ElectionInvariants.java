package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.DecodeError;

/**
 * The election of RFC 9568 section 6.4, written down a second time: what an advertisement must do to a router, what it
 * must leave alone, and what leaving MASTER and a reload may do. Each router is compared with itself before the event.
 */
public final class ElectionInvariants {

    private static final long SECOND = 1_000_000_000L;
    private static final int HEADER_WORDS = 15;

    /**
     * What a router was before the event.
     *
     * @param interval the one learned; 0: the event is no advertisement for it
     * @param silent it or another of its group awaits its source address
     */
    private record Before(
            VirtualRouter router, InstanceConfiguration configuration, RouterState state, int priority, long interval,
            long masterDownAt, long advertisementAt, long received, long zeros, boolean silent) {

        static Before of(VirtualRouter router, boolean heard, boolean silent) {
            return new Before(router, router.configuration, router.state(), router.effectivePriority(),
                    heard ? router.masterIntervalNanos() : 0, router.masterDownAt, router.advertisementAt,
                    router.counters.get(CounterKind.ADVERTISEMENTS_RECEIVED),
                    router.counters.get(CounterKind.PRIORITY_ZERO_SENT), silent);
        }
    }

    private final AdvertisementReceived received = new AdvertisementReceived();
    private final Advertisement advertisement = new Advertisement();
    private final List<Before> before = new ArrayList<>();
    private VrrpCore core;

    /** The event is about to be applied. */
    public void before(Event event, VrrpCore to) {
        core = to;
        before.clear();
        boolean isAdvertisement = event.kind() == EventKind.ADVERTISEMENT_RECEIVED;
        boolean readable = isAdvertisement && decode(event) == DecodeError.NONE;
        for (VirtualRouter router : core.routers()) {
            boolean heard = readable && router.configuration.vrid() == advertisement.vrid();
            before.add(Before.of(router, heard, heard && isSilent(router)));
        }
    }

    private boolean isSilent(VirtualRouter router) {
        for (VirtualRouter each : core.routers()) {
            if ((each == router || each.group != null && each.group == router.group) && each.source() == null) {
                return true;
            }
        }
        return false;
    }

    private DecodeError decode(Event event) {
        received.wrap(event);
        return received.family() == Family.IPV4
                ? advertisement.wrapIpv4(received.buffer(), received.packetOffset(), received.packetLength())
                : advertisement.wrapIpv6(received.buffer(), received.packetOffset(), received.packetLength(),
                        received.sourceOffset(), received.destinationOffset(), received.hopLimit());
    }

    /** The one that is being applied, where it is one. */
    Advertisement advertisement() {
        return advertisement;
    }

    /** When it came; a time to come counts as now. */
    long heardAt(long now) {
        return Math.min(received.receivedNanos(), now);
    }

    /** It was applied. */
    public void after(Event event, long now) {
        for (Before was : before) {
            if (event.kind() == EventKind.ADVERTISEMENT_RECEIVED) {
                advertised(was, event, now);
            } else if (event.kind() == EventKind.CONFIGURATION_LOADED) {
                reloaded(was, event);
            }
            left(was, event);
            announced(was, event);
        }
    }

    private void advertised(Before was, Event event, long now) {
        VirtualRouter router = was.router;
        if (router.counters.get(CounterKind.ADVERTISEMENTS_RECEIVED) == was.received) {
            if (router.group == null && was.state == router.state()) { // RFC 9568 section 7.1: discarded
                require(router.masterDownAt == was.masterDownAt && router.advertisementAt == was.advertisementAt,
                        was, event, () -> "timers that a discarded packet leaves alone");
            }
            return;
        }
        require(was.interval != 0 && isIntact(), was, event, () -> "a damaged packet to be discarded");
        boolean special = was.configuration.isOwner() || was.configuration.election().timerExpiredPriority() != 0;
        if (was.state == RouterState.BACKUP) {
            heardByBackup(was, event, Math.min(received.receivedNanos(), now));
        } else if (was.state == RouterState.MASTER && !special) {
            heardByMaster(was, event, Math.min(received.receivedNanos(), now), now);
        }
    }

    /** RFC 9568 section 6.4.2, (415) to (440). */
    private void heardByBackup(Before was, Event event, long at) {
        VirtualRouter router = was.router;
        boolean weaker = advertisement.priority() < was.priority;
        if (weaker && was.configuration.election().preemptDelayNanos() > 0) {
            return;
        }
        long due = was.masterDownAt;
        if (advertisement.priority() == 0) {
            due = at + skew(was, was.interval);
        } else if (!weaker || !was.configuration.election().preempt() && !was.configuration.isOwner()) {
            due = at + masterDown(was, learned(was));
        }
        long expected = due;
        require(router.state() == RouterState.BACKUP && router.masterDownAt == expected, was, event,
                () -> "BACKUP with Active_Down_Timer at " + expected + ", but found " + router.state() + " and "
                        + router.masterDownAt + " after priority " + advertisement.priority());
    }

    /** RFC 9568 section 6.4.3, (700) to (780). */
    private void heardByMaster(Before was, Event event, long at, long now) {
        VirtualRouter router = was.router;
        if (router.source() == null) {
            return; // it awaits its address
        }
        int order = Integer.compare(advertisement.priority(), was.priority);
        int address = Arrays.compareUnsigned(bytes(advertisement.source()), bytes(router.source()));
        boolean yields = advertisement.priority() != 0 && (order > 0 || order == 0 && address > 0);
        if (yields && was.silent && router.state() == RouterState.FAULT) {
            return; // what a MASTER awaits is a fault of whoever is not
        }
        require(router.state() == (yields ? RouterState.BACKUP : RouterState.MASTER), was, event,
                () -> (yields ? "BACKUP" : "MASTER") + " after priority " + advertisement.priority() + " from "
                        + advertisement.source() + ", but found " + router.state());
        if (yields) {
            long tie = order == 0 ? afterTie(core, router, learned(was)) : 0;
            require(router.masterDownAt == at + masterDown(was, learned(was)) + tie, was, event,
                    () -> "Active_Down_Timer to begin anew");
        } else {
            long due = advertisement.priority() != 0 ? was.advertisementAt
                    : now + was.configuration.advertisementIntervalNanos();
            require(router.advertisementAt == due, was, event,
                    () -> "Adver_Timer at " + due + ", but found " + router.advertisementAt);
        }
    }

    /** Our promise: two groups that gave way to each other, in different members of theirs, do not do so again. */
    static long afterTie(VrrpCore core, VirtualRouter router, long interval) {
        if (router.group == null) {
            return 0;
        }
        boolean first = core.routers().stream().filter(each -> each.group == router.group)
                .allMatch(each -> rank(each) >= rank(router));
        return first ? interval : 2 * interval;
    }

    private static int rank(VirtualRouter router) {
        return 2 * router.configuration.vrid() + (router.configuration.family() == Family.IPV6 ? 1 : 0);
    }

    /** In network byte order. */
    private static byte[] bytes(IpAddress address) {
        byte[] bytes = new byte[address.family().addressBytes()];
        address.write(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    private long learned(Before was) {
        return was.configuration.version() == 3 ? advertisement.intervalNanos()
                : was.configuration.advertisementIntervalNanos();
    }

    private static long skew(Before was, long interval) {
        int priority = was.configuration.isOwner() ? 255 : was.priority;
        return (256 - priority) * (was.configuration.version() == 2 ? SECOND : interval) / 256;
    }

    private static long masterDown(Before was, long interval) {
        return was.configuration.election().downTimerAdverts() * interval + skew(was, interval);
    }

    /** RFC 9568 section 5.2.8, RFC 5798 and RFC 3768: the sum over the message, with or without pseudo-header. */
    private boolean isIntact() {
        ByteBuffer bytes = received.buffer();
        int at = received.packetOffset();
        int length = received.packetLength();
        long pseudo;
        if (received.family() == Family.IPV4) {
            int header = (bytes.get(at) & HEADER_WORDS) * 4;
            if (bytes.get(at + 9) != Advertisement.PROTOCOL) {
                return true; // signed: nothing can be damaged
            }
            pseudo = sum(bytes, at + 12, 8) + Advertisement.PROTOCOL + length - header;
            at += header;
            length -= header;
        } else {
            pseudo = sum(bytes, received.sourceOffset(), 16) + sum(bytes, received.destinationOffset(), 16)
                    + Advertisement.PROTOCOL + length;
        }
        long message = sum(bytes, at, length);
        boolean unicast = received.family() == Family.IPV4 && !advertisement.isMulticast(); // has a form of its own
        return unicast || folds(message + pseudo) || received.family() == Family.IPV4 && folds(message);
    }

    private static long sum(ByteBuffer bytes, int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes.get(from + i) & 255L) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static boolean folds(long sum) {
        long folded = sum;
        while (folded > 0xFFFF) {
            folded = (folded & 0xFFFF) + (folded >> 16);
        }
        return folded == 0xFFFF;
    }

    /** Our promise: what a reload does not change goes on as it was. */
    private void reloaded(Before was, Event event) {
        for (VirtualRouter router : core.routers()) {
            boolean works = was.state == RouterState.BACKUP || was.state == RouterState.MASTER;
            boolean unchanged = works && router.configuration.equals(was.configuration)
                    && router.group == null && was.router.group == null;
            require(!unchanged || router.state() == was.state || router.state() == RouterState.FAULT, was, event,
                    () -> "the state it had, but found " + router.state());
        }
    }

    /** RFC 9568 section 6.4.3, Shutdown: who leaves for FAULT or INIT and can still send says so with priority 0. */
    private void left(Before was, Event event) {
        VirtualRouter router = was.router;
        // an advertisement makes it BACKUP first, from where a fault that was told meanwhile needs no word
        boolean leaves = event.kind() != EventKind.ADVERTISEMENT_RECEIVED && was.state == RouterState.MASTER
                && (router.state() == RouterState.FAULT || router.state() == RouterState.INIT);
        if (leaves && router.base() != null && router.base().isUpAndRunning() && router.source() != null) {
            require(router.counters.get(CounterKind.PRIORITY_ZERO_SENT) > was.zeros, was, event,
                    () -> "priority 0 on leaving MASTER");
        }
    }

    /** RFC 9568 section 6.4.2, (375) and (385): what is served is announced, unless that is to be spaced. */
    private void announced(Before was, Event event) {
        VirtualRouter router = was.router;
        boolean atOnce = router.configuration.garp().garpIntervalNanos() == 0
                && router.configuration.garp().naIntervalNanos() == 0 && !router.addresses.isAdding();
        for (ManagedAddress address : router.addresses.all()) {
            ObservedLink link = router.addresses.target(address.wish);
            boolean announces = router.isMaster() && atOnce && link != null && link.index == address.installedOn
                    && link.isEthernet() && link.answersArp();
            require(!announces || address.roundsDue == 0, was, event,
                    () -> address.wish.address() + " to be announced");
        }
    }

    private static void require(boolean holds, Before was, Event event, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(was.configuration.name() + " was " + was.state + ": Expected " + what.get()
                    + ", after event " + event.sequence() + " " + event.kind());
        }
    }
}
