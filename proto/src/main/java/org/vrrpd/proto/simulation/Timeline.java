package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/**
 * Who was MASTER when on a LAN, and which addresses were served by whom. All times are the LAN's, in nanoseconds.
 *
 * <p>An address is served by each node on which hosts could reach it: it is on a running interface of the node's
 * kernel, usable, and the node does not stand still. Whether its daemon lives does not matter to those who ask for the
 * address: one that a killed daemon left behind is answered for, and {@link Holder#leftBehind} says that it is so.
 */
public final class Timeline {

    private static final int UNUSABLE = NetlinkConstants.IFA_F_TENTATIVE | NetlinkConstants.IFA_F_DADFAILED;

    /**
     * Something that happened to a node, or to one instance of it.
     *
     * @param instance empty: to the node, which {@code cause} says
     * @param from null where it happened to the node
     * @param to null where it happened to the node
     */
    public record Entry(
            long atNanos, String node, String instance, RouterState from, RouterState to, String cause) {

        public boolean isTransition() {
            return to != null;
        }
    }

    /** One virtual router, whatever its instances are called: RFC 9568 section 1.3. On one wire a VRID is unique. */
    public record RouterId(Family family, int vrid, String wire) implements Comparable<RouterId> {

        private static final Comparator<RouterId> ORDER = Comparator.comparing(RouterId::wire)
                .thenComparingInt(RouterId::vrid).thenComparing(RouterId::family);

        @Override
        public int compareTo(RouterId other) {
            return ORDER.compare(this, other);
        }

        /** Without the wire: {@code IPv4 51}. */
        @Override
        public String toString() {
            return family.text() + " " + vrid;
        }
    }

    /** @param leftBehind no daemon runs there that would take the address away */
    public record Holder(String node, boolean leftBehind) {}

    /** A stretch of time during which these nodes, in the LAN's order, and no others did something. */
    public record Span(long fromNanos, long untilNanos, List<Holder> holders) {

        public Span {
            holders = List.copyOf(holders);
        }

        public long nanos() {
            return untilNanos - fromNanos;
        }

        public List<String> nodes() {
            return holders.stream().map(Holder::node).toList();
        }

        public boolean isAbsence() {
            return holders.isEmpty();
        }

        public boolean isOverlap() {
            return holders.size() > 1;
        }
    }

    /** An instance of a running daemon. */
    private static final class Role {
        private final RouterId id;
        private RouterState state;

        private Role(RouterId id, RouterState state) {
            this.id = id;
            this.state = state;
        }
    }

    /** One virtual router's history. */
    private static final class History {
        private final Track masters = new Track();
        /** In the order in which they are configured. */
        private final Map<String, Track> addresses = new TreeMap<>();
        private final List<IpAddress> order = new ArrayList<>();
        private final List<String> instances = new ArrayList<>();

        private void knows(IpAddress address) {
            if (addresses.putIfAbsent(address.toString(), new Track()) == null) {
                order.add(address);
            }
        }
    }

    private final Lan lan;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<RouterId, History> histories = new TreeMap<>();
    /** By the node's name, then the instance's. */
    private final Map<String, Map<String, Role>> roles = new TreeMap<>();

    private Timeline(Lan lan) {
        this.lan = lan;
    }

    /** Observes the LAN from now on; all of its routers are there, and none has started. */
    public static Timeline of(Lan lan) {
        Timeline timeline = new Timeline(lan);
        lan.routers().forEach(timeline::observe);
        lan.observeInstants(timeline::sample);
        return timeline;
    }

    private void observe(SimulatedRouter router) {
        roles.put(router.name(), new TreeMap<>());
        router.onFate(fate -> befell(router, fate));
        router.host().watch(new SimulatedHost.Watcher() {
            @Override
            public void onEvent(Event event) { }

            @Override
            public void onEffect(Effects effects, int at) {
                if (effects.kind(at) == EffectKind.REPORT_TRANSITION) {
                    changed(router, Transition.read(effects.buffer(), effects.payloadOffset(at)));
                }
            }

            @Override
            public void onApplied(Event event) {
                if (event.kind() == EventKind.CONFIGURATION_LOADED) {
                    configured(router);
                }
            }
        });
    }

    private void befell(SimulatedRouter router, SimulatedRouter.Fate fate) {
        entries.add(new Entry(lan.now(), router.name(), "", null, null, fate.text()));
        if (fate == SimulatedRouter.Fate.KILLED || fate == SimulatedRouter.Fate.ENDED) {
            roles.get(router.name()).clear();
        }
    }

    private void changed(SimulatedRouter router, Transition transition) {
        entries.add(new Entry(lan.now(), router.name(), transition.instance(),
                transition.from(), transition.to(), transition.causeText()));
        Role role = roles.get(router.name()).get(transition.instance());
        if (role != null) {
            role.state = transition.to();
        }
    }

    /** Instances may have come, gone, or changed; they are told of after the transitions of the same event. */
    private void configured(SimulatedRouter router) {
        Map<String, Role> own = roles.get(router.name());
        own.clear();
        for (InstanceView instance : router.instances().values()) {
            RouterId id = new RouterId(
                    instance.family(), instance.vrid(), lan.wireOf(router, instance.interfaceName()));
            own.put(instance.name(), new Role(id, instance.state()));
            History history = histories.computeIfAbsent(id, key -> new History());
            instance.addresses().forEach(each -> history.knows(each.address()));
            if (!history.instances.contains(instance.name())) {
                history.instances.add(instance.name());
            }
        }
    }

    /** Everything of one instant has happened. */
    private void sample() {
        histories.forEach((id, history) -> {
            List<Holder> masters = new ArrayList<>();
            for (SimulatedRouter router : lan.routers()) {
                if (router.isRunning() && isMaster(router, id)) {
                    masters.add(new Holder(router.name(), false));
                }
            }
            history.masters.put(lan.now(), masters);
            for (IpAddress address : history.order) {
                List<Holder> holders = new ArrayList<>();
                for (SimulatedRouter router : lan.routers()) {
                    if (serves(router, address, id.wire())) {
                        holders.add(new Holder(router.name(), !router.isAlive()));
                    }
                }
                history.addresses.get(address.toString()).put(lan.now(), holders);
            }
        });
    }

    private boolean isMaster(SimulatedRouter router, RouterId id) {
        return roles.get(router.name()).values().stream()
                .anyMatch(role -> role.state == RouterState.MASTER && role.id.equals(id));
    }

    /** A link-local address is another one on each wire. */
    private boolean serves(SimulatedRouter router, IpAddress address, String wire) {
        if (router.isPaused()) {
            return false;
        }
        for (ModelKernel.Link link : router.host().kernel.links.values()) {
            ModelKernel.Address found = link.find(address);
            if (found != null && (found.flags & UNUSABLE) == 0 && link.isRunning()
                    && (!address.isLinkLocal() || lan.wireOf(router, base(router, link).name).equals(wire))) {
                return true;
            }
        }
        return false;
    }

    /** What a VMAC stands on. */
    private static ModelKernel.Link base(SimulatedRouter router, ModelKernel.Link link) {
        ModelKernel.Link at = link;
        while (at.parent != 0) {
            at = router.host().kernel.links.get(at.parent);
        }
        return at;
    }

    // what was seen

    /** What happened, in its order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** All virtual routers that a daemon was ever configured with. */
    public List<RouterId> routers() {
        return List.copyOf(histories.keySet());
    }

    /** In the order in which they are configured, those that are not advertised behind the others. */
    public List<IpAddress> addresses(RouterId id) {
        return List.copyOf(histories.get(id).order);
    }

    /** What it is called by the nodes, each name once. */
    public List<String> instances(RouterId id) {
        return List.copyOf(histories.get(id).instances);
    }

    /** From the time at which the first daemon was configured with the router until now, without a gap. */
    public List<Span> masters(RouterId id) {
        return histories.get(id).masters.spans(lan.now());
    }

    /** Who served the address, from the same time on without a gap. */
    public List<Span> served(RouterId id, IpAddress address) {
        return histories.get(id).addresses.get(address.toString()).spans(lan.now());
    }

    /** When at least one address of the router was served by nobody; each with no holders. */
    public List<Span> absences(RouterId id) {
        return Track.union(addresses(id).stream()
                .flatMap(each -> served(id, each).stream()).filter(Span::isAbsence).toList());
    }

    /** When at least one address of the router was served by several; each with all of them. */
    public List<Span> overlaps(RouterId id) {
        return Track.union(addresses(id).stream()
                .flatMap(each -> served(id, each).stream()).filter(Span::isOverlap).toList());
    }
}
