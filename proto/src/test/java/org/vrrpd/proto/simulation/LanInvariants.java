package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.core.CoreInvariants;
import org.vrrpd.proto.core.ElectionInvariants;
import org.vrrpd.proto.core.GrowthInvariants;
import org.vrrpd.proto.core.InstanceProbe;
import org.vrrpd.proto.core.LedgerInvariants;
import org.vrrpd.proto.core.TakeoverInvariants;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** What holds after every turn of every router, whatever befell the LAN; and what holds when it has been quiet. */
final class LanInvariants {

    private static final long SECOND = 1_000_000_000L;
    /** What was refused is tried again within a minute at the latest. */
    private static final long BACKOFF = 70 * SECOND;
    private static final int COMPARE_EVERY = Integer.getInteger("simulation.compare", 1024);
    /** A MASTER waits for a source that was taken away, in case it comes back; less when it advertises more often. */
    private static final long GRACE = 3 * SECOND / 10;
    private static final long DELIVERY = SECOND / 10;
    private static final List<FaultReason> CONTESTED = List.of(FaultReason.ADDRESS_CONTESTED);

    private final Lan lan;
    private final Map<String, Configuration> configurations;
    private final Map<String, CoreInvariants> cores = new TreeMap<>();
    private final Map<String, SettledLinks> links = new TreeMap<>();
    private final Map<String, TrackerOracle> trackers = new TreeMap<>();
    /** When a router had a deadline to meet that was past already. */
    private final Map<String, Long> overdueAt = new TreeMap<>();
    /** Until when nothing is certain of a router, since something befell it. */
    private final Map<String, Long> disturbedUntil = new TreeMap<>();
    /** Since when two routers that hear each other are both MASTER. */
    private final Map<String, Long> bothSince = new TreeMap<>();
    /** A reload groups a MASTER with a BACKUP, which follows when its own timer has fired, or its master is heard. */
    private final Map<String, Long> regroupedUntil = new TreeMap<>();
    /** Since when a MASTER has no source, by its router and its name. */
    private final Map<String, Long> sourceless = new TreeMap<>();
    private final long slowest;
    private long turns;

    LanInvariants(Lan lan, Map<String, Configuration> configurations, Scenario scenario) {
        this.lan = lan;
        this.configurations = configurations;
        slowest = configurations.values().stream().flatMap(each -> each.instances().stream())
                .mapToLong(InstanceConfiguration::advertisementIntervalNanos).max().orElse(0) + SECOND;
        for (SimulatedRouter router : lan.routers()) {
            links.put(router.name(), new SettledLinks(router.host(), configurations.get(router.name())));
            trackers.put(router.name(), new TrackerOracle(router.host()));
            router.host().watch(new Watching(router));
        }
        for (Statement statement : scenario.statements()) {
            lan.at(statement.atNanos(), () -> disturbed(statement));
        }
        checkCalms(scenario);
        lan.observe(this::check);
    }

    /** Where nothing befalls anybody for long enough, everybody is well before the next trouble. */
    private void checkCalms(Scenario scenario) {
        long calm = SimulatedRun.calmNanos(configurations);
        long last = 0;
        for (Statement statement : scenario.statements()) {
            if (statement.atNanos() - last > calm) {
                lan.at(statement.atNanos() - 1, () -> {
                    if (isWorldRight() && lan.routers().stream().allMatch(this::hearsAll)) {
                        checkQuiet();
                    }
                });
            }
            last = statement.atNanos();
        }
    }

    /** Of one router: replay and snapshots agree with the live core, which also keeps its own promises. */
    private final class Watching implements SimulatedHost.Watcher {

        private final SimulatedRouter router;
        private final ElectionInvariants election = new ElectionInvariants();
        private final LedgerInvariants ledger = new LedgerInvariants();
        private final GrowthInvariants growth = new GrowthInvariants();
        private final TakeoverInvariants takeover = new TakeoverInvariants(election);

        Watching(SimulatedRouter router) {
            this.router = router;
        }

        @Override
        public void onEvent(Event event) {
            if (event.kind() == EventKind.STARTED) {
                cores.put(router.name(), new CoreInvariants(COMPARE_EVERY));
                links.get(router.name()).begin();
            } else if (event.kind() == EventKind.NETLINK_OVERRUN) {
                links.get(router.name()).overrun();
            }
            election.before(event, router.host().processor.core());
            ledger.before(router.host().processor.core());
            trackers.get(router.name()).event(event);
        }

        @Override
        public void onEffect(Effects effects, int at) {
            ledger.effect(effects, at);
            try {
                trackers.get(router.name()).effect(effects, at);
            } catch (AssertionError e) {
                throw new AssertionError(place(router) + e.getMessage(), e);
            }
        }

        @Override
        public void onApplied(Event event) {
            try {
                cores.get(router.name()).check(event, router.host().processor, router.host().now);
                election.after(event, router.host().now);
                ledger.after(event);
                trackers.get(router.name()).applied(event);
                growth.after(event, router.host().processor.core(), router.host().now);
                takeover.after(event, router.host().processor.core(), router.host().now);
            } catch (AssertionError e) {
                throw new AssertionError(place(router) + e.getMessage(), e);
            }
        }
    }

    long turns() {
        return turns;
    }

    private void disturbed(Statement statement) {
        boolean everybody = statement.words().contains("all");
        boolean refusal = List.of("refuse", "late").contains(statement.verb());
        for (SimulatedRouter router : lan.routers()) {
            boolean named = statement.words().stream().anyMatch(
                    word -> word.equals(router.name()) || word.startsWith(router.name() + ":"));
            if (named || everybody) {
                disturbedUntil.merge(router.name(), lan.now() + (refusal ? BACKOFF : DELIVERY), Math::max);
                if (statement.words().contains("reload") || statement.words().contains("resume")) {
                    regroupedUntil.put(router.name(), lan.now() + 5 * slowest);
                }
                bothSince.keySet().removeIf(each -> (" " + each + " ").contains(" " + router.name() + " "));
            }
        }
    }

    private boolean isDisturbed(SimulatedRouter router) {
        return disturbedUntil.getOrDefault(router.name(), 0L) >= lan.now();
    }

    private void check(SimulatedRouter router) {
        turns++;
        if (!router.isAlive() || router.host().isWaiting()) {
            return;
        }
        List<InstanceProbe> instances = InstanceProbe.of(router.host().processor.core());
        links.get(router.name()).met(instances);
        for (InstanceProbe instance : instances) {
            checkTimer(router, instance);
            if (!isDisturbed(router) && !router.host().isHindered()) {
                checkFault(router, instances, instance);
                checkPriority(router, instance);
                checkAddresses(router, instance);
            }
            checkRivals(router, instance);
        }
        if (!isDisturbed(router)) {
            checkRuns(router);
        }
        checkDeadline(router);
        if (lan.now() >= regroupedUntil.getOrDefault(router.name(), 0L)) {
            checkGroups(router, instances);
        }
    }

    /** One may bring on another: who is worth more has waited for long enough. That is next, without any pause. */
    private void checkDeadline(SimulatedRouter router) {
        long deadline = router.host().processor.core().nextDeadlineNanos();
        if (!router.isRunning() || deadline > router.host().now) {
            return;
        }
        Long before = overdueAt.put(router.name(), lan.now());
        if (before != null && before == lan.now()) {
            throw new AssertionError(place(router) + "Expected a deadline to come, but found one of "
                    + (router.host().now - deadline) + " ns ago");
        }
    }

    /** No state that no deadline can leave: RFC 9568 sections 6.4.2 and 6.4.3 arm a timer in both. */
    private void checkTimer(SimulatedRouter router, InstanceProbe instance) {
        long left = instance.dueNanos() - router.host().now;
        if (instance.state() == RouterState.BACKUP) {
            long down = masterDownInterval(router, instance);
            require(instance.masterDownNanos() == down, router, instance, () -> "a Master_Down_Interval of " + down
                    + " ns, but found " + instance.masterDownNanos());
            long tied = instance.groupName() == null ? 0 : 2 * instance.masterIntervalNanos(); // see SyncGroup
            require(left <= down + tied || left <= down + startupDelay(router), router, instance,
                    () -> "Master_Down_Timer within Master_Down_Interval, but it fires in " + left + " ns");
        } else if (instance.state() == RouterState.MASTER) {
            require(instance.masterIntervalNanos() == instance.advertisementIntervalNanos(), router, instance,
                    () -> "its own interval, but found " + instance.masterIntervalNanos());
            require(left <= instance.advertisementIntervalNanos(), router, instance,
                    () -> "Adver_Timer within Advertisement_Interval, but it fires in " + left + " ns");
        }
    }

    /** RFC 9568 section 6.1, RFC 3768 section 6.1. */
    private static long masterDownInterval(SimulatedRouter router, InstanceProbe instance) {
        long interval = instance.masterIntervalNanos();
        long skewed = instance.version() == 2 ? SECOND : interval;
        int priority = instance.configuration().isOwner() ? 255 : instance.effectivePriority(); // also beside a rival
        return instance.configuration().election().downTimerAdverts() * interval
                + (256 - priority) * skewed / 256;
    }

    /** FAULT if and only if a named predicate holds now. */
    private void checkFault(SimulatedRouter router, List<InstanceProbe> instances, InstanceProbe instance) {
        if (instance.state() == RouterState.INIT) {
            return;
        }
        String reason = oracle(router, instances).fault(instance);
        if (isAwaited(router, instance, reason) || !links.get(router.name()).areCertain()) {
            return;
        }
        require((instance.state() == RouterState.FAULT) == (reason != null), router, instance,
                () -> "FAULT if and only if something is missing, but missing is " + reason + ", the core says "
                        + instance.faults());
    }

    private FaultOracle oracle(SimulatedRouter router, List<InstanceProbe> instances) {
        return new FaultOracle(
                router.host(), links.get(router.name()), trackers.get(router.name()), instances);
    }

    /** Our promise: for less than an interval, a MASTER goes on in silence without its source. */
    private boolean isAwaited(SimulatedRouter router, InstanceProbe instance, String reason) {
        String key = router.name() + " " + instance.name();
        if (reason == null || !reason.startsWith(FaultOracle.NO_SOURCE) || instance.state() != RouterState.MASTER) {
            sourceless.remove(key);
            return false;
        }
        long since = sourceless.computeIfAbsent(key, name -> lan.now());
        return lan.now() - since <= Math.min(GRACE, slowest);
    }

    /** Our promise: the priority is a sum over what is there and what checks say, from 1 to 254. */
    private void checkPriority(SimulatedRouter router, InstanceProbe instance) {
        InstanceConfiguration configured = trackers.get(router.name()).configured(instance.name());
        if (instance.configuration().isOwner() || instance.state() == RouterState.INIT
                || !links.get(router.name()).areCertain()) {
            return;
        }
        int sum = configured.basePriority() + trackers.get(router.name()).worth(instance.name());
        for (Tracked tracked : configured.tracking().interfaces()) {
            boolean counts = links.get(router.name()).countsAsUp(tracked.name()) == tracked.weight() > 0;
            sum += counts ? tracked.reverse() ? -tracked.weight() : tracked.weight() : 0;
        }
        int priority = Math.max(1, Math.min(254, sum));
        require(instance.effectivePriority() == priority, router, instance,
                () -> "priority " + priority + ", but found " + instance.effectivePriority());
    }

    private void checkRuns(SimulatedRouter router) {
        String overdue = trackers.get(router.name()).overdue();
        if (overdue != null) {
            throw new AssertionError(place(router) + "Expected another run of " + overdue);
        }
    }

    /** RFC 9568 section 6.4.3 and 7.3: the addresses are here if and only if it is MASTER. */
    private void checkAddresses(SimulatedRouter router, InstanceProbe instance) {
        ModelKernel.Link vmac = router.host().kernel.byName(instance.vmacName());
        require(vmac == null || vmac.up == (instance.state() == RouterState.MASTER), router, instance,
                () -> "its VMAC to take frames if and only if MASTER (RFC 9568 section 6.4.2, 345)");
        if (instance.configuration().isOwner()) {
            return; // the owner's addresses are its own
        }
        for (IpAddress address : instance.addresses()) {
            boolean held = router.host().kernel.holds(address);
            if (!held && instance.state() == RouterState.MASTER && (instance.hasFault(CONTESTED)
                    || !sourceless.isEmpty() && sourceless.containsKey(router.name() + " " + instance.name()))) {
                continue; // taken away again and again: later each time; or its source must be there first
            }
            require(held == (instance.state() == RouterState.MASTER), router, instance,
                    () -> address + " on the host if and only if MASTER, but it is " + (held ? "" : "not ")
                            + "there");
        }
    }

    /**
     * At most one MASTER among routers that hear each other, RFC 9568 section 6.4.3: of two, the stronger advertises
     * within its Advertisement_Interval, and the weaker yields when it hears that.
     */
    private void checkRivals(SimulatedRouter router, InstanceProbe instance) {
        if (instance.state() != RouterState.MASTER) {
            return;
        }
        for (SimulatedRouter other : lan.routers()) {
            if (other == router || !other.isRunning()) {
                continue;
            }
            InstanceProbe rival = InstanceProbe.of(other.host().processor.core(), instance.name());
            boolean both = rival != null && rival.state() == RouterState.MASTER && hearEachOther(router, other)
                    && agree(instance.configuration(), rival.configuration())
                    && hears(router, rival) && hears(other, instance);
            if (!both && bothSince.isEmpty()) {
                continue;
            }
            String key = other.name() + " " + instance.name() + " " + router.name();
            if (!both) {
                bothSince.remove(key);
                bothSince.remove(router.name() + " " + instance.name() + " " + other.name());
                continue;
            }
            long since = bothSince.computeIfAbsent(key, name -> lan.now());
            long window = Math.max(instance.advertisementIntervalNanos(), rival.advertisementIntervalNanos())
                    + DELIVERY;
            require(lan.now() - since <= window, router, instance, () -> "one MASTER, but " + other.name()
                    + " has been another one for " + (lan.now() - since) / 1_000_000 + " ms");
        }
    }

    private boolean hearEachOther(SimulatedRouter one, SimulatedRouter other) {
        return lan.path(one, other).isPerfect() && lan.path(other, one).isPerfect()
                && !isDisturbed(one) && !isDisturbed(other)
                && !one.host().isHindered() && !other.host().isHindered()
                && runs(one) && runs(other);
    }

    /** Linux takes no IPv4 packet from an address that it has itself, such as from an owner who has no other. */
    private static boolean hears(SimulatedRouter router, InstanceProbe sender) {
        IpAddress source = sender.source();
        ModelKernel kernel = router.host().kernel;
        return source == null || source.family() == Family.IPV6 || !kernel.holds(source)
                || "1".equals(kernel.sysctls.get("net/ipv4/conf/eno1/accept_local"));
    }

    /** What is left of it: timers count from its end. */
    private static long startupDelay(SimulatedRouter router) {
        return Math.max(0, router.host().processor.core().view().startupUntilNanos() - router.host().now);
    }

    /** An advertisement of the one is one for the other: what differs is the operator's mistake, and discarded. */
    private static boolean agree(InstanceConfiguration one, InstanceConfiguration other) {
        return one.version() == other.version() && one.vrid() == other.vrid() && one.family() == other.family()
                && (one.version() == 3 || one.advertisementIntervalNanos() == other.advertisementIntervalNanos())
                && one.virtualAddresses().stream().map(VirtualAddress::address).toList()
                        .equals(other.virtualAddresses().stream().map(VirtualAddress::address).toList());
    }

    private boolean runs(SimulatedRouter router) {
        ModelKernel kernel = router.host().kernel;
        for (InstanceConfiguration each : configurations.get(router.name()).instances()) {
            ModelKernel.Link link = kernel.byName(each.interfaceName()); // a card of that name can have no cable
            if (link == null || !link.isRunning() || link != kernel.pluggedIn(each.interfaceName())) {
                return false;
            }
        }
        return true;
    }

    /** A sync group never splits. */
    private void checkGroups(SimulatedRouter router, List<InstanceProbe> instances) {
        for (InstanceProbe instance : instances) {
            for (InstanceProbe other : instances) {
                boolean together = instance.groupName() != null && instance.groupName().equals(other.groupName());
                require(!together || instance.state() == other.state(), router, instance, () -> "sync group "
                        + instance.groupName() + " in one state, but " + other.name() + " is " + other.state());
            }
        }
    }

    /** When everything has been right for long enough: one MASTER each, nobody in FAULT, the addresses served once. */
    void checkQuiet() {
        if (!isWorldRight()) { // the scenario left it wrong, or the daemon did not do its part
            throw new AssertionError("after the calm: Expected links, addresses and paths to be right again");
        }
        for (InstanceConfiguration shared : configurations.values().iterator().next().instances()) {
            List<String> masters = new ArrayList<>();
            for (SimulatedRouter router : lan.routers()) {
                InstanceProbe instance = InstanceProbe.of(router.host().processor.core(), shared.name());
                require(instance != null, router, instance, () -> "a running daemon");
                require(instance.state() != RouterState.FAULT, router, instance, () -> "no FAULT, but found "
                        + instance.faults());
                checkAddresses(router, instance);
                if (instance.state() == RouterState.MASTER) {
                    masters.add(router.name());
                }
            }
            List<String> owners = lan.routers().stream().filter(each -> InstanceProbe.of(
                    each.host().processor.core(), shared.name()).configuration().isOwner())
                    .map(SimulatedRouter::name).toList();
            if (!owners.isEmpty() && !masters.equals(owners)) { // RFC 9568 section 6.1: 255 is the owner's
                throw new AssertionError("after the calm: Expected the owner " + owners + " of " + shared.name()
                        + " to be MASTER, but found " + masters);
            }
            if (masters.size() != 1) {
                throw new AssertionError("after the calm: Expected one MASTER of " + shared.name()
                        + ", but found " + masters);
            }
        }
    }

    /** Whether nothing is wrong with any host or path, so that whatever is still wrong is our fault. */
    private boolean isWorldRight() {
        return lan.routers().stream().allMatch(this::isRight);
    }

    private boolean isRight(SimulatedRouter router) {
        List<InstanceProbe> instances = InstanceProbe.of(router.host().processor.core());
        FaultOracle oracle = oracle(router, instances);
        return router.isRunning() && !router.host().isHindered() && runs(router)
                && instances.size() == configurations.get(router.name()).instances().size()
                && instances.stream().allMatch(each -> oracle.fault(each) == null)
                && lan.routers().stream().allMatch(each -> each == router || lan.path(router, each).isPerfect());
    }

    /** Edits can make configurations disagree, and addresses be there twice: the fault of nobody but the operator. */
    private boolean hearsAll(SimulatedRouter router) {
        for (SimulatedRouter other : lan.routers()) {
            for (InstanceProbe sender : InstanceProbe.of(other.host().processor.core())) {
                InstanceProbe own = InstanceProbe.of(router.host().processor.core(), sender.name());
                if (other != router && (own == null || !agree(own.configuration(), sender.configuration())
                        || !hears(router, sender))) {
                    return false;
                }
            }
        }
        return true;
    }

    private String place(SimulatedRouter router) {
        return Statement.duration(lan.now()) + " " + router.name() + ": ";
    }

    private void require(boolean holds, SimulatedRouter router, InstanceProbe instance, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(place(router) + (instance == null ? ""
                    : instance.name() + " is " + instance.state() + ": ") + "Expected " + what.get());
        }
    }
}
