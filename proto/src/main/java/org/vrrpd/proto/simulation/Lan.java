package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Routers, wires and one virtual clock. What happens follows from the seed and from what is arranged: the same run on
 * every machine.
 */
public final class Lan {

    private static final long DETECTION = 1_000_000_000L;

    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final List<SimulatedRouter> routers = new ArrayList<>();
    private final Map<String, Wire> wires = new TreeMap<>();
    /** By the numbers of the sender and of the receiver, made when first used. */
    private final List<List<Path>> paths = new ArrayList<>();
    private final List<IpAddress> strangers = new ArrayList<>();
    private final List<Consumer<SimulatedRouter>> observers = new ArrayList<>();
    private final List<Runnable> instantObservers = new ArrayList<>();

    public Lan(long seed) {
        chance = new Chance(seed);
    }

    /** A router whose daemon does not run yet, on a host without interfaces. */
    public SimulatedRouter add(String name) {
        SimulatedRouter router = new SimulatedRouter(name, routers.size());
        routers.add(router);
        paths.add(new ArrayList<>());
        router.host().wire = frame -> transmit(router, frame);
        Chance detection = chance.fork("detection of " + name);
        ModelKernel kernel = router.host().kernel;
        kernel.detecting = (link, address) -> agenda.in(DETECTION + detection.between(0, DETECTION),
                () -> kernel.detected(link, address, isElsewhere(router, link, address)));
        router.host().arrangeWith(agenda::in);
        return router;
    }

    /** Plugs an interface in; each is plugged in once. */
    public void connect(String wire, SimulatedRouter router, String link) {
        wires.computeIfAbsent(wire, Wire::new).ports().add(new Wire.Port(router, link));
    }

    /** Is told after each turn of a router, when it rests again. */
    public void observe(Consumer<SimulatedRouter> observer) {
        observers.add(observer);
    }

    /** Is told when everything of one instant has happened, to routers and to what no daemon hears of. */
    public void observeInstants(Runnable observer) {
        instantObservers.add(observer);
    }

    public List<SimulatedRouter> routers() {
        return routers;
    }

    public List<Wire> wires() {
        return List.copyOf(wires.values());
    }

    public SimulatedRouter router(String name) {
        return routers.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("Expected the name of a router, but found " + name));
    }

    /** The name of the wire that the interface is plugged into; its own name when there is none. */
    String wireOf(SimulatedRouter router, String link) {
        for (Wire wire : wires.values()) {
            if (wire.ports().contains(new Wire.Port(router, link))) {
                return wire.name();
            }
        }
        return link;
    }

    /** Nanoseconds since the beginning. */
    public long now() {
        return agenda.now();
    }

    /** At the time, which has not passed. */
    public void at(long nanos, Runnable happening) {
        agenda.at(nanos, happening);
    }

    /** A host that is none of the routers has the address, or has it no longer. */
    void stranger(IpAddress address, boolean comes) {
        if (comes) {
            strangers.add(address);
        } else {
            strangers.remove(address);
        }
    }

    /** What the detection of duplicates finds out (RFC 4862 section 5.4). */
    private boolean isElsewhere(SimulatedRouter router, ModelKernel.Link link, ModelKernel.Address address) {
        if (strangers.contains(address.address)) {
            return true;
        }
        for (SimulatedRouter other : routers) {
            if (other != router && !path(router, other).cut && !path(other, router).cut
                    && other.host().kernel.answersFor(address.address)) {
                return true;
            }
        }
        return false;
    }

    Path path(SimulatedRouter from, SimulatedRouter to) {
        List<Path> leaving = paths.get(from.number());
        while (leaving.size() <= to.number()) {
            leaving.add(null);
        }
        Path path = leaving.get(to.number());
        if (path == null) {
            path = new Path(chance.fork(from.name() + " to " + to.name()));
            leaving.set(to.number(), path);
        }
        return path;
    }

    private void transmit(SimulatedRouter sender, Recorded frame) {
        for (Wire wire : wires.values()) {
            if (wire.transmit(sender, frame, this)) {
                return;
            }
        }
    }

    void carry(Path path, WirePacket packet, Wire.Port to, long mac) {
        int copies = path.loses() ? 0 : path.duplicates() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            WirePacket arriving = path.arriving(packet);
            agenda.in(path.travelNanos(), () -> Wire.arrive(to, arriving, mac, now()));
        }
    }

    // what befalls routers

    public void start(SimulatedRouter router) {
        router.start(now());
    }

    public void drift(SimulatedRouter router, long partsPerMillion) {
        router.drift(now(), partsPerMillion);
    }

    // time

    /** Lets everything happen up to the time, and that of the time itself. */
    public void runTo(long nanos) {
        while (true) {
            long next = agenda.next();
            for (SimulatedRouter router : routers) {
                next = Math.min(next, router.nextTurn(agenda.now()));
            }
            if (next > nanos) {
                agenda.advanceTo(nanos);
                return;
            }
            agenda.advanceTo(next);
            agenda.runDue();
            for (SimulatedRouter router : routers) {
                if (router.nextTurn(agenda.now()) <= agenda.now()) {
                    router.turn(agenda.now());
                    observers.forEach(each -> each.accept(router));
                }
            }
            instantObservers.forEach(Runnable::run);
        }
    }
}
