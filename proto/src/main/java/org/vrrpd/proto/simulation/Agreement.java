package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vrrpd.proto.config.AuthenticationConfiguration;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.UnicastConfiguration.UnicastPeer;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.simulation.Rehearsal.Node;

/**
 * What the configurations of several nodes say of one virtual router, and where they do not fit together: RFC 9568
 * section 5.2 and RFC 3768 section 7.1 discard what a router with other settings sends.
 */
final class Agreement {

    private static final String VRID = "virtual_router_id";

    private record Member(Node node, InstanceConfiguration instance) {
        String at(String keyword) {
            return node.places().of(instance.name(), keyword);
        }

        String inParentheses(String keyword) {
            String place = at(keyword);
            return node.name() + (place.isEmpty() ? "" : " (" + place + ")");
        }
    }

    private final List<String> found = new ArrayList<>();
    private final Map<String, List<Member>> routers = new LinkedHashMap<>();

    private Agreement() {}

    /** Each a line: {@code FILE:LINE: what is said there, and what another says}. */
    static List<String> disagreements(List<Node> nodes) {
        Agreement agreement = new Agreement();
        agreement.group(nodes);
        agreement.routers.values().forEach(members -> agreement.compare(members, nodes.size()));
        agreement.twoRoutersOfOneAddress();
        return agreement.found;
    }

    private void group(List<Node> nodes) {
        Map<String, Configuration> configurations = new LinkedHashMap<>();
        nodes.forEach(node -> configurations.put(node.name(), node.configuration()));
        Map<String, String> wires = Premises.wires(configurations);
        for (Node node : nodes) {
            for (InstanceConfiguration instance : node.configuration().instances()) {
                String key = wires.get(node.name() + ":" + instance.interfaceName()) + " " + instance.vrid() + " "
                        + instance.family();
                routers.computeIfAbsent(key, any -> new ArrayList<>()).add(new Member(node, instance));
            }
        }
    }

    private void say(Member member, String keyword, String text) {
        String place = member.at(keyword);
        found.add((place.isEmpty() ? member.node.name() : place) + ": " + text);
    }

    private void compare(List<Member> members, int nodes) {
        Member first = members.get(0);
        if (members.size() == 1) {
            say(first, VRID, VRID + " " + first.instance.vrid() + " (" + first.instance.family().text()
                    + ") in vrrp_instance " + first.instance.name() + ": no other node has it");
            return;
        }
        if (members.size() < nodes) {
            say(first, VRID, VRID + " " + first.instance.vrid() + " (" + first.instance.family().text() + ") is on "
                    + String.join(" and ", members.stream().map(each -> each.node.name()).toList()) + " only");
        }
        for (Member member : members.subList(1, members.size())) {
            compare(first, member);
        }
        comparePriorities(members);
        comparePeers(members);
    }

    private void compare(Member first, Member other) {
        InstanceConfiguration one = first.instance;
        InstanceConfiguration two = other.instance;
        if (one.version() != two.version()) {
            differs(first, other, "version", String.valueOf(two.version()), String.valueOf(one.version()));
            return; // the rest follows from it
        }
        if (one.advertisementIntervalNanos() != two.advertisementIntervalNanos()) {
            differs(first, other, "advert_int", seconds(two) + (one.version() == 3 ? " (learned in version 3)" : ""),
                    seconds(one));
        }
        AuthenticationConfiguration oneAuthentication = one.transport().authentication();
        AuthenticationConfiguration twoAuthentication = two.transport().authentication();
        if (!type(oneAuthentication).equals(type(twoAuthentication))) {
            differs(first, other, "authentication", type(twoAuthentication), type(oneAuthentication));
        } else if (!Objects.equals(oneAuthentication, twoAuthentication)) {
            say(other, "authentication", "auth_pass in vrrp_instance " + two.name() + ": "
                    + first.inParentheses("authentication") + " has another");
        }
        compareAddresses(first, other);
        compareTransport(first, other);
    }

    private void differs(Member first, Member other, String keyword, String found, String expected) {
        say(other, keyword, keyword + " " + found + " in vrrp_instance " + other.instance.name() + ": "
                + first.inParentheses(keyword) + " has " + expected);
    }

    private static String seconds(InstanceConfiguration instance) {
        return ConfigurationPrinter.seconds(instance.advertisementIntervalNanos());
    }

    private static String type(AuthenticationConfiguration authentication) {
        return authentication == null ? "none" : authentication.type().name();
    }

    private void compareAddresses(Member first, Member other) {
        compareAddresses(first, other, "virtual_ipaddress",
                first.instance.virtualAddresses(), other.instance.virtualAddresses());
        compareAddresses(first, other, "virtual_ipaddress_excluded",
                first.instance.excludedAddresses(), other.instance.excludedAddresses());
    }

    private void compareAddresses(
            Member first, Member other, String block, List<VirtualAddress> one, List<VirtualAddress> two) {
        List<IpAddress> left = one.stream().map(VirtualAddress::address).toList();
        List<IpAddress> right = two.stream().map(VirtualAddress::address).toList();
        List<String> missing = left.stream().filter(each -> !right.contains(each)).map(IpAddress::toString).toList();
        List<String> more = right.stream().filter(each -> !left.contains(each)).map(IpAddress::toString).toList();
        String in = block + " of vrrp_instance " + other.instance.name();
        if (!missing.isEmpty()) {
            say(other, block, in + " lacks " + String.join(", ", missing) + ", which "
                    + first.inParentheses(block) + " has");
        }
        if (!more.isEmpty()) {
            say(other, block, in + " has " + String.join(", ", more) + ", which "
                    + first.inParentheses(block) + " lacks");
        }
    }

    private void compareTransport(Member first, Member other) {
        boolean one = first.instance.transport().isUnicast();
        boolean two = other.instance.transport().isUnicast();
        if (one != two) {
            Member unicast = two ? other : first;
            Member multicast = two ? first : other;
            say(unicast, "unicast_peer", "unicast_peer in vrrp_instance " + unicast.instance.name() + ": "
                    + multicast.inParentheses("unicast_peer") + " uses multicast");
        } else if (!one && !first.instance.transport().multicastGroup()
                .equals(other.instance.transport().multicastGroup())) {
            differs(first, other, "mcast_dst_ip", other.instance.transport().multicastGroup().toString(),
                    first.instance.transport().multicastGroup().toString());
        }
    }

    /** RFC 9568 section 6.4.3 decides between equal ones by the address, which no operator has in mind. */
    private void comparePriorities(List<Member> members) {
        Map<Integer, Member> seen = new TreeMap<>();
        for (Member member : members) {
            int priority = member.instance.basePriority();
            Member same = seen.putIfAbsent(priority, member);
            if (same != null) {
                say(member, "priority", "priority " + priority + " in vrrp_instance " + member.instance.name() + ": "
                        + same.inParentheses("priority") + " has the same; "
                        + (member.instance.isOwner() ? "only one can own the addresses"
                                : "the higher address of the two decides, and only between two MASTERs"));
            }
        }
    }

    private void comparePeers(List<Member> members) {
        for (Member member : members) {
            if (!member.instance.transport().isUnicast()) {
                continue;
            }
            List<IpAddress> peers = member.instance.transport().unicast().peers().stream()
                    .map(UnicastPeer::address).toList();
            for (Member other : members) {
                IpAddress source = other.instance.transport().sourceAddress();
                if (other != member && source != null && !peers.contains(source)) {
                    say(member, "unicast_peer", "unicast_peer in vrrp_instance " + member.instance.name() + " lacks "
                            + source + ", which " + other.inParentheses("unicast_src_ip") + " sends from");
                }
            }
        }
    }

    /** Two routers that do not know of each other hold the same address: both are MASTER, always. */
    private void twoRoutersOfOneAddress() {
        Map<String, Member> holders = new TreeMap<>();
        TreeSet<String> told = new TreeSet<>();
        routers.forEach((key, members) -> members.forEach(member -> {
            for (VirtualAddress address : member.instance.virtualAddresses()) {
                if (address.address().isLinkLocal()) {
                    continue;
                }
                Member other = holders.putIfAbsent(address.address().toString(), member);
                if (other != null && !routers.get(key).contains(other) && told.add(key)) {
                    say(member, VRID, VRID + " " + member.instance.vrid() + " in vrrp_instance "
                            + member.instance.name() + ": " + other.inParentheses(VRID) + " has "
                            + other.instance.vrid() + " for the same address " + address.address());
                }
            }
        }));
    }
}
