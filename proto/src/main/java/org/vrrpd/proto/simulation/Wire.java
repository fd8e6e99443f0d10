package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.inet.Family;

/** One broadcast domain: an advertisement that leaves one port comes to all others, as the paths allow. */
public final class Wire {

    /** Where an interface of a router is plugged in. */
    public record Port(SimulatedRouter router, String link) {}

    /** In the payload of a frame: behind the interface's index and the frame's destination. */
    private static final int SOURCE_MAC = 4 + 6;

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
        if (advertisement && sender.host().kernel.pluggedIn(from.link).isRunning()) {
            WirePacket packet = sent.packet();
            for (Port to : ports) {
                Path path = lan.path(sender, to.router);
                if ((!to.equals(from) || path.reflects()) && isFor(to, packet)) {
                    lan.carry(path, packet, to, macOf(sent, sender));
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
            if (port.router == router && link != null && port.link.equals(link.plug)) {
                return port;
            }
        }
        return null;
    }

    private static long macOf(Recorded sent, SimulatedRouter sender) {
        return sent.is(EffectKind.SEND_ADVERTISEMENT)
                ? sent.buffer().getLong(SOURCE_MAC) >>> 16
                : sender.host().kernel.links.get(sent.interfaceIndex()).mac;
    }

    private static boolean isFor(Port port, WirePacket packet) {
        return packet.destination().isMulticast()
                || port.router.host().kernel.holds(packet.destination());
    }

    /**
     * What arrives at a port is heard on its interface, and on the VMACs that stand on it; what comes from the MAC of a
     * VMAC, a private macvlan takes for itself alone.
     */
    static void arrive(Port port, WirePacket packet, long mac, long now) {
        ModelKernel kernel = port.router.host().kernel;
        ModelKernel.Link link = kernel.pluggedIn(port.link);
        if (link == null || !link.isRunning() || !port.router.isAlive() || !packet.isForwarded()) {
            return;
        }
        List<ModelKernel.Link> stacked = new ArrayList<>();
        for (ModelKernel.Link each : kernel.links.values()) {
            if (each.parent == link.index && each.isRunning() && packet.destination().isMulticast()) {
                if (each.mac == mac) {
                    hear(port, packet, each, now);
                    return;
                }
                stacked.add(each);
            }
        }
        hear(port, packet, link, now);
        stacked.forEach(each -> hear(port, packet, each, now));
    }

    /**
     * Linux takes no IPv4 packet from an address of its own, a martian, unless accept_local says so; with IPv6 it does
     * (observed with a veth pair that sends everything back).
     */
    private static void hear(Port port, WirePacket packet, ModelKernel.Link link, long now) {
        ModelKernel kernel = port.router.host().kernel;
        boolean ours = packet.destination().isMulticast() || kernel.holds(packet.destination());
        boolean martian = packet.family() == Family.IPV4 && kernel.holds(packet.source())
                && !"1".equals(kernel.sysctls.get("net/ipv4/conf/" + link.name + "/accept_local"));
        if (ours && !martian) {
            port.router.host().arrived(packet, link, port.router.localNanos(now));
        }
    }
}
