package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Which interfaces of which nodes are on one wire, as far as configurations tell: those whose instances are one virtual
 * router, and for the rest those of the same name. A VRID may be in use on several wires, so it is not enough that two
 * instances have the same.
 */
final class Wiring {

    private final Map<String, Configuration> configurations;
    /** By port: another one of the same wire, or itself. */
    private final Map<String, String> parents = new TreeMap<>();
    private final List<String> ports = new ArrayList<>();
    /** Ports, each with the names of the other nodes that it is on a wire with, because of an instance. */
    private final Map<String, Set<String>> met = new TreeMap<>();

    private Wiring(Map<String, Configuration> configurations) {
        this.configurations = configurations;
    }

    /** The wires' names by {@code node:interface}. */
    static Map<String, String> of(Map<String, Configuration> configurations, Map<String, ? extends Set<String>> links) {
        Wiring wiring = new Wiring(configurations);
        links.forEach((node, names) -> names.forEach(name -> wiring.add(port(node, name))));
        List<String> nodes = List.copyOf(configurations.keySet());
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = i + 1; j < nodes.size(); j++) {
                wiring.uniteByInstances(nodes.get(i), nodes.get(j));
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = i + 1; j < nodes.size(); j++) {
                wiring.uniteByNames(nodes.get(i), nodes.get(j), links);
            }
        }
        return wiring.names();
    }

    private static String port(String node, String link) {
        return node + ":" + link;
    }

    private void add(String port) {
        parents.put(port, port);
        ports.add(port);
        met.put(port, new TreeSet<>());
    }

    private String root(String port) {
        String at = port;
        while (!parents.get(at).equals(at)) {
            at = parents.get(at);
        }
        return at;
    }

    /** The port that came first is the root. */
    private void unite(String port, String other) {
        String first = root(port);
        String second = root(other);
        if (ports.indexOf(first) <= ports.indexOf(second)) {
            parents.put(second, first);
        } else {
            parents.put(first, second);
        }
    }

    private void uniteByInstances(String node, String other) {
        for (InstanceConfiguration instance : configurations.get(node).instances()) {
            InstanceConfiguration partner = partner(instance, node, other);
            String port = port(node, instance.interfaceName());
            if (partner != null && parents.containsKey(port)) {
                String partnerPort = port(other, partner.interfaceName());
                unite(port, partnerPort);
                met.get(port).add(other);
                met.get(partnerPort).add(node);
            }
        }
    }

    /** The instance of another node that is the same virtual router, or null. */
    private InstanceConfiguration partner(InstanceConfiguration instance, String node, String other) {
        List<InstanceConfiguration> candidates = alike(instance, other);
        for (InstanceConfiguration candidate : candidates) {
            if (sharesAddress(instance, candidate)) {
                return candidate;
            }
        }
        for (InstanceConfiguration candidate : candidates) {
            if (candidate.interfaceName().equals(instance.interfaceName())) {
                return candidate;
            }
        }
        return candidates.size() == 1 && alike(instance, node).size() == 1 ? candidates.get(0) : null;
    }

    private List<InstanceConfiguration> alike(InstanceConfiguration instance, String node) {
        return configurations.get(node).instances().stream()
                .filter(each -> each.family() == instance.family() && each.vrid() == instance.vrid()
                        && parents.containsKey(port(node, each.interfaceName())))
                .toList();
    }

    /** A link-local address tells nothing: many have the same on each of their wires. */
    static boolean sharesAddress(InstanceConfiguration instance, InstanceConfiguration other) {
        List<IpAddress> theirs = other.virtualAddresses().stream().map(VirtualAddress::address).toList();
        return instance.virtualAddresses().stream().map(VirtualAddress::address)
                .anyMatch(each -> !each.isLinkLocal() && theirs.contains(each));
    }

    private void uniteByNames(String node, String other, Map<String, ? extends Set<String>> links) {
        for (String name : links.get(node)) {
            String port = port(node, name);
            String partner = port(other, name);
            if (links.get(other).contains(name)
                    && !met.get(port).contains(other) && !met.get(partner).contains(node)) {
                unite(port, partner);
            }
        }
    }

    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        Map<String, String> ofRoots = new TreeMap<>();
        Set<String> taken = new TreeSet<>();
        for (String port : ports) {
            String root = root(port);
            if (!ofRoots.containsKey(root)) {
                String base = "wire-of-" + root.substring(root.indexOf(':') + 1);
                String name = base;
                for (int i = 2; !taken.add(name); i++) {
                    name = base + "-" + i;
                }
                ofRoots.put(root, name);
            }
            names.put(port, ofRoots.get(root));
        }
        return names;
    }
}
