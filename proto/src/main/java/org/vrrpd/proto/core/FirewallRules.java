package org.vrrpd.proto.core;

import java.util.List;
import java.util.TreeSet;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.Family;

/**
 * The packet filter that Accept_Mode False needs (RFC 9568 section 6.1), as a script for nft that replaces all of our
 * rules at once. It does not depend on who is MASTER: the addresses of a BACKUP are not here, so nothing is dropped,
 * and when they come the rules are there already.
 */
final class FirewallRules {

    private static final String REMOVAL = "add table inet vrrpd\ndelete table inet vrrpd\n";
    private static final String NONE = "";

    private final TreeSet<String> addresses4 = new TreeSet<>();
    private final TreeSet<String> addresses6 = new TreeSet<>();
    /** A link-local address means another node on each link: with the names of its links. */
    private final TreeSet<String> linkLocal = new TreeSet<>();

    private FirewallRules() {}

    /** Empty when no router needs any. */
    static String of(List<VirtualRouter> routers) {
        FirewallRules rules = new FirewallRules();
        for (VirtualRouter router : routers) {
            InstanceConfiguration configuration = router.configuration;
            if (!configuration.accept() && !configuration.isOwner()) {
                configuration.virtualAddresses().forEach(address -> rules.add(router, address));
                configuration.excludedAddresses().forEach(address -> rules.add(router, address));
            }
        }
        return rules.text();
    }

    static String removal() {
        return REMOVAL;
    }

    private void add(VirtualRouter router, VirtualAddress address) {
        String text = address.address().toString();
        if (address.address().family() == Family.IPV4) {
            addresses4.add(text);
        } else if (!address.address().isLinkLocal()) {
            addresses6.add(text);
        } else if (address.device() != null) {
            linkLocal.add('"' + address.device() + "\" . " + text);
        } else {
            linkLocal.add('"' + router.configuration.interfaceName() + "\" . " + text);
            if (router.vmac != null) {
                linkLocal.add('"' + router.vmac.name() + "\" . " + text);
            }
        }
    }

    private String text() {
        if (addresses4.isEmpty() && addresses6.isEmpty() && linkLocal.isEmpty()) {
            return NONE;
        }
        StringBuilder out = new StringBuilder(REMOVAL).append("add table inet vrrpd\n");
        set(out, "vip4", "ipv4_addr", addresses4);
        set(out, "vip6", "ipv6_addr", addresses6);
        set(out, "vip_link_local", "ifname . ipv6_addr", linkLocal);
        chain(out, "input", "daddr", "iifname");
        chain(out, "output", "saddr", "oifname");
        return out.toString();
    }

    private static void set(StringBuilder out, String name, String type, TreeSet<String> elements) {
        out.append("add set inet vrrpd ").append(name).append(" { type ").append(type).append(" ; }\n");
        if (!elements.isEmpty()) {
            out.append("add element inet vrrpd ").append(name).append(" { ").append(String.join(", ", elements))
                    .append(" }\n");
        }
    }

    /** RFC 9568 section 6.4.3: neighbour solicitations and advertisements must not be dropped. */
    private static void chain(StringBuilder out, String hook, String side, String interfaceSide) {
        String rule = "add rule inet vrrpd " + hook + " ";
        out.append("add chain inet vrrpd ").append(hook).append(" { type filter hook ").append(hook)
                .append(" priority -1 ; policy accept ; }\n");
        out.append(rule).append("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept\n");
        out.append(rule).append("ip ").append(side).append(" @vip4 drop\n");
        out.append(rule).append("ip6 ").append(side).append(" @vip6 drop\n");
        out.append(rule).append(interfaceSide).append(" . ip6 ").append(side).append(" @vip_link_local drop\n");
    }
}
