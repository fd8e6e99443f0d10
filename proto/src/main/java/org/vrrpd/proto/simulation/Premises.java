package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.UnicastConfiguration.UnicastPeer;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Sets up what configurations take for granted: the interfaces that they name, with addresses of their own, plugged
 * into one wire where they speak of the same virtual router.
 */
public final class Premises {

    private static final int IPV4_PREFIX = 24;
    private static final int IPV6_PREFIX = 64;
    private static final int FIRST_HOST = 201;
    private static final int MOST_NODES = 50;
    private static final long LINK_LOCAL = 0xFE80_0000_0000_0000L;

    private final Lan lan;
    private final Map<String, Configuration> configurations;
    private final Map<String, String> wires;

    private Premises(Lan lan, Map<String, Configuration> configurations) {
        this.lan = lan;
        this.configurations = configurations;
        this.wires = wires(configurations);
    }

    /** Every interface is up and has its addresses; no daemon runs yet. In the order of the map. */
    public static void build(Lan lan, Map<String, Configuration> configurations) {
        Premises premises = new Premises(lan, configurations);
        configurations.forEach((name, configuration) -> lan.add(name));
        configurations.forEach(premises::furnish);
    }

    /** The wires' names by {@code node:interface}. */
    static Map<String, String> wires(Map<String, Configuration> configurations) {
        Map<String, TreeSet<String>> links = new LinkedHashMap<>();
        configurations.forEach((name, configuration) -> links.put(name, interfaces(configuration)));
        return Wiring.of(configurations, links);
    }

    private void furnish(String name, Configuration configuration) {
        SimulatedRouter router = lan.router(name);
        router.write(ConfigurationPrinter.print(configuration));
        for (String link : interfaces(configuration)) {
            ModelKernel.Link made = router.host().kernel.linkAppeared(link);
            router.host().kernel.macChanged(made, made.mac | (lan.routers().indexOf(router) + 1L) << 16);
            made.linkLocal = IpAddress.ipv6(LINK_LOCAL, made.mac);
            router.host().kernel.setUp(made, true);
            router.host().kernel.dadCompleted(made);
            lan.connect(wires.get(name + ":" + link), router, link);
        }
        for (InstanceConfiguration instance : configuration.instances()) {
            give(router, instance);
        }
    }

    private static TreeSet<String> interfaces(Configuration configuration) {
        TreeSet<String> names = new TreeSet<>();
        for (InstanceConfiguration instance : configuration.instances()) {
            names.add(instance.interfaceName());
            instance.tracking().interfaces().stream().map(Tracked::name).forEach(names::add);
            addresses(instance).stream().map(VirtualAddress::device).filter(each -> each != null).forEach(names::add);
        }
        for (InstanceConfiguration instance : configuration.instances()) {
            if (instance.vmac() != null && instance.vmac().name() != null) {
                names.remove(instance.vmac().name());
            }
        }
        return names;
    }

    private static List<VirtualAddress> addresses(InstanceConfiguration instance) {
        List<VirtualAddress> all = new ArrayList<>(instance.virtualAddresses());
        all.addAll(instance.excludedAddresses());
        return all;
    }

    private static String key(InstanceConfiguration instance) {
        return instance.family() + " " + instance.vrid();
    }

    /** The addresses that this instance sends from. */
    private void give(SimulatedRouter router, InstanceConfiguration instance) {
        ModelKernel.Link link = router.host().kernel.byName(instance.interfaceName());
        IpAddress source = instance.transport().sourceAddress();
        if (source == null && instance.transport().isUnicast()) {
            source = addressedByPeers(router, instance);
        }
        if (source == null && instance.family() == Family.IPV4) {
            source = inSubnet(instance, FIRST_HOST + lan.routers().indexOf(router));
        }
        if (source != null && link.find(source) == null) {
            int prefix = source.family() == Family.IPV4 ? IPV4_PREFIX : IPV6_PREFIX;
            router.host().kernel.addressAdded(link, source + "/" + prefix);
        }
        if (instance.isOwner()) {
            instance.virtualAddresses().stream().filter(each -> link.find(each.address()) == null).forEach(each ->
                    router.host().kernel.addressAdded(link, each.address() + "/" + each.prefixLength()));
        }
    }

    /** The one that the others send to and it does not itself. */
    private IpAddress addressedByPeers(SimulatedRouter router, InstanceConfiguration own) {
        List<IpAddress> ownPeers = peers(own);
        for (Map.Entry<String, Configuration> other : configurations.entrySet()) {
            if (other.getKey().equals(router.name())) {
                continue;
            }
            for (InstanceConfiguration instance : other.getValue().instances()) {
                if (key(instance).equals(key(own)) && instance.transport().isUnicast()) {
                    for (IpAddress peer : peers(instance)) {
                        if (!ownPeers.contains(peer)) {
                            return peer;
                        }
                    }
                }
            }
        }
        return null;
    }

    private static List<IpAddress> peers(InstanceConfiguration instance) {
        return instance.transport().isUnicast()
                ? instance.transport().unicast().peers().stream().map(UnicastPeer::address).toList() : List.of();
    }

    /** A host address beside the virtual ones, which it is none of. */
    private IpAddress inSubnet(InstanceConfiguration instance, int host) {
        for (VirtualAddress address : addresses(instance)) {
            if (address.address().family() == Family.IPV4) {
                int network = (int) address.address().low() & 0xFFFF_FF00;
                return free(network, host);
            }
        }
        return IpAddress.ipv4(0xC000_0200 | host); // 192.0.2.0/24 of RFC 5737: no virtual address tells a subnet
    }

    /** The nodes count up from the first host; what is virtual to one of them is passed over below that. */
    private IpAddress free(int network, int wanted) {
        int host = wanted;
        while (host > 1 && isVirtual(IpAddress.ipv4(network | host))) {
            host -= MOST_NODES;
        }
        return IpAddress.ipv4(network | host);
    }

    private boolean isVirtual(IpAddress address) {
        return configurations.values().stream().flatMap(each -> each.instances().stream())
                .flatMap(each -> addresses(each).stream()).anyMatch(each -> each.address().equals(address));
    }
}
