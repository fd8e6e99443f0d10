package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.EffectKind;

/** One broadcast domain: an advertisement that leaves one port comes to all others, as the paths allow. */
public final class Wire {

    /** Where an interface of a router is plugged in. */
    public record Port(SimulatedRouter router, String link) {}

    private final String name;
    private final List<Port> ports = new ArrayList<>();

    Wire(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public List<Port> ports() {
        return ports;
    }

    /** False when the frame leaves another interface than one that is plugged in here. */
    boolean transmit(SimulatedRouter sender, Recorded sent, Lan lan) {
        Port from = portOf(sender, sent.interfaceIndex());
        if (from == null) {
            return false;
        }
        boolean advertisement = sent.is(EffectKind.SEND_ADVERTISEMENT)
                || sent.is(EffectKind.SEND_UNICAST_ADVERTISEMENT);
        if (advertisement && sender.host().kernel.byName(from.link).isRunning()) {
            WirePacket packet = sent.packet();
            for (Port to : ports) {
                if (to.router != sender && isFor(to, packet)) {
                    lan.carry(lan.path(sender, to.router), packet, to);
                }
            }
        }
        return true;
    }

    private Port portOf(SimulatedRouter router, int index) {
        ModelKernel kernel = router.host().kernel;
        ModelKernel.Link link = kernel.links.get(index);
        while (link != null && link.parent != 0) {
            link = kernel.links.get(link.parent);
        }
        for (Port port : ports) {
            if (port.router == router && link != null && port.link.equals(link.name)) {
                return port;
            }
        }
        return null;
    }

    private static boolean isFor(Port port, WirePacket packet) {
        return packet.destination().isMulticast()
                || port.router.host().kernel.holds(packet.destination());
    }

    /** What arrives at a port is heard on its interface, and on the VMACs that stand on it. */
    static void arrive(Port port, WirePacket packet, long now) {
        ModelKernel kernel = port.router.host().kernel;
        ModelKernel.Link link = kernel.byName(port.link);
        if (link == null || !link.isRunning() || !port.router.isAlive()) {
            return;
        }
        long received = port.router.localNanos(now);
        port.router.host().arrived(packet, link, received);
        for (ModelKernel.Link stacked : kernel.links.values()) {
            if (stacked.parent == link.index && stacked.isRunning()) {
                port.router.host().arrived(packet, stacked, received);
            }
        }
    }
}
