package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/**
 * Counters and journal agree: what a router counts at an event is what the event and its effects say. And what one
 * event may cause is bounded, so that neither journal nor memory grows by more than what is configured and observed.
 */
public final class LedgerInvariants {

    private static final CounterKind[] HEARD = {
        CounterKind.ADVERTISEMENTS_RECEIVED, CounterKind.DISCARDED_TTL, CounterKind.DISCARDED_VERSION,
        CounterKind.DISCARDED_TYPE, CounterKind.DISCARDED_LENGTH, CounterKind.DISCARDED_CHECKSUM,
        CounterKind.DISCARDED_AUTHENTICATION, CounterKind.DISCARDED_INTERVAL, CounterKind.DISCARDED_COUNT,
        CounterKind.DISCARDED_OWNER, CounterKind.IGNORED_IN_FAULT, CounterKind.DISCARDED_AUTHENTICATION_TYPE,
        CounterKind.DISCARDED_AUTHENTICATION_MISMATCH, CounterKind.DISCARDED_DESTINATION,
        CounterKind.DISCARDED_SOURCE, CounterKind.IGNORED_IN_STARTUP_DELAY};
    /** Of one router: addresses, sockets, VMAC with its sysctls, scripts, reports of faults and states. */
    private static final int EFFECTS_A_ROUTER = 80;
    private static final int EFFECTS_AN_ADDRESS = 12;
    private static final int EFFECTS_OF_ALL = 200;

    /** What a router had counted before the event, and what the effects say of it since. */
    private static final class Account {

        private final VirtualRouter router;
        private final long heard;
        private final long sent;
        private final long announced;
        private final long became;
        private final long released;
        private int advertisements;
        private final int copies;
        private int announcements;
        private int toMaster;
        private int fromMaster;

        Account(VirtualRouter router) {
            this.router = router;
            this.heard = heard(router);
            this.sent = router.counters.get(CounterKind.ADVERTISEMENTS_SENT);
            this.announced = announced(router);
            this.became = router.counters.get(CounterKind.BECAME_MASTER);
            this.released = router.counters.get(CounterKind.RELEASED_MASTER);
            this.copies = router.configuration.transport().isUnicast() ? router.peers.count() : 1;
        }
    }

    private final List<Account> accounts = new ArrayList<>();
    private VrrpCore core;
    private int effects;

    private static long heard(VirtualRouter router) {
        long sum = 0;
        for (CounterKind kind : HEARD) {
            sum += router.counters.get(kind);
        }
        return sum;
    }

    private static long announced(VirtualRouter router) {
        return router.counters.get(CounterKind.GRATUITOUS_ARPS_SENT)
                + router.counters.get(CounterKind.NEIGHBOR_ADVERTISEMENTS_SENT);
    }

    /** The event is about to be applied. */
    public void before(VrrpCore to) {
        core = to;
        effects = 0;
        accounts.clear();
        for (VirtualRouter router : core.routers()) {
            accounts.add(new Account(router));
        }
    }

    /** One of its effects. */
    public void effect(Effects all, int at) {
        effects++;
        for (Account account : accounts) {
            if (account.router.id == all.instance(at)) {
                switch (all.kind(at)) {
                    case SEND_ADVERTISEMENT, SEND_UNICAST_ADVERTISEMENT -> account.advertisements++;
                    case SEND_GRATUITOUS_ARP, SEND_NEIGHBOR_ADVERTISEMENT -> account.announcements++;
                    case REPORT_TRANSITION -> transition(account, all, at);
                    default -> { }
                }
            }
        }
    }

    private static void transition(Account account, Effects all, int at) {
        Reports.Transition told = Reports.Transition.read(all.buffer(), all.payloadOffset(at));
        account.toMaster += told.to() == RouterState.MASTER ? 1 : 0;
        account.fromMaster += told.from() == RouterState.MASTER ? 1 : 0;
    }

    /** It was applied. */
    public void after(Event event) {
        boolean advertisement = event.kind() == EventKind.ADVERTISEMENT_RECEIVED;
        int addresses = 0;
        for (Account account : accounts) {
            VirtualRouter router = account.router;
            addresses += router.addresses.all().length;
            if (!core.routers().contains(router)) {
                continue; // a reload took it away
            }
            long heard = heard(router) - account.heard;
            require(heard == 0 || advertisement && heard == 1, account, event,
                    () -> "at most this advertisement counted, but found " + heard);
            long sent = router.counters.get(CounterKind.ADVERTISEMENTS_SENT) - account.sent;
            require(event.kind() == EventKind.CONFIGURATION_LOADED
                            || account.advertisements == sent * account.copies,
                    account, event, () -> account.advertisements + " advertisements counted, but found " + sent);
            require(account.announcements == announced(router) - account.announced, account, event,
                    () -> account.announcements + " announcements counted, but found "
                            + (announced(router) - account.announced));
            long became = router.counters.get(CounterKind.BECAME_MASTER) - account.became;
            long released = router.counters.get(CounterKind.RELEASED_MASTER) - account.released;
            require(account.toMaster == became && account.fromMaster == released, account, event,
                    () -> account.toMaster + " times MASTER and " + account.fromMaster
                            + " times no longer counted, but found " + became + " and " + released);
        }
        int most = EFFECTS_OF_ALL + Math.max(accounts.size(), core.routers().size()) * EFFECTS_A_ROUTER
                + addresses * EFFECTS_AN_ADDRESS;
        if (effects > most) {
            throw new AssertionError("Expected at most " + most + " effects, but found " + effects + ", after event "
                    + event.sequence() + " " + event.kind());
        }
    }

    private static void require(boolean holds, Account account, Event event, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(account.router.configuration.name() + ": Expected " + what.get() + ", after event "
                    + event.sequence() + " " + event.kind());
        }
    }
}
