package org.vrrpd.proto.core;

import java.util.List;
import java.util.TreeMap;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.Family;

/**
 * Which sysctls the routers need now.
 *
 * <p>A VMAC needs them so that the kernel answers ARP for a virtual address with the virtual MAC only (RFC 9568
 * section 8.1.2) and does not drop packets that come in on one of the two devices for want of a route back. A router
 * whose owner has no other address needs one to hear it.
 */
final class SysctlPlan {

    static final int NO_INTERFACE = 0;
    static final String ALL_RP_FILTER = "net/ipv4/conf/all/rp_filter";

    private static final String NAME = "*";

    /**
     * One sysctl. That of a link stays the same one when the link is renamed, and is another one when the link is
     * deleted and made again.
     *
     * @param pattern its path, with an asterisk for the name of the link
     * @param interfaceIndex the link, or NO_INTERFACE
     */
    record Sysctl(String pattern, int interfaceIndex) implements Comparable<Sysctl> {

        /** Null: the link is not there, or goes. */
        String path(Kernel kernel) {
            if (interfaceIndex == NO_INTERFACE) {
                return pattern;
            }
            ObservedLink link = kernel.byIndex(interfaceIndex);
            return link == null || link.leaving ? null : pattern.replace(NAME, link.name);
        }

        @Override
        public int compareTo(Sysctl other) {
            int order = Integer.compare(interfaceIndex, other.interfaceIndex);
            return order != 0 ? order : pattern.compareTo(other.pattern);
        }
    }

    private final TreeMap<Sysctl, String> wishes = new TreeMap<>();
    private boolean lowersRpFilter;

    /** The values by sysctl. */
    TreeMap<Sysctl, String> wishes() {
        return wishes;
    }

    static SysctlPlan of(List<VirtualRouter> routers, Kernel kernel, String formerRpFilter) {
        SysctlPlan plan = new SysctlPlan();
        for (VirtualRouter router : routers) {
            ObservedLink base = router.base();
            if (base != null && router.configuration.promoteSecondaries()) {
                plan.ipv4(base, "promote_secondaries", "1");
            }
            if (base != null && router.martian.mustBeLetIn()) {
                plan.ipv4(base, "accept_local", "1");
            }
            if (base != null && router.vmac != null) {
                plan.base(router, base);
                if (router.vmac.link() != null) {
                    plan.vmac(router, router.vmac.link());
                }
            }
        }
        if (plan.lowersRpFilter) {
            plan.lowerRpFilter(kernel, formerRpFilter);
        }
        return plan;
    }

    /**
     * Also while the VMAC is away: it is about to come. What a MASTER sends from a virtual address leaves on the base,
     * and so do the ARP requests for it: with arp_announce they do not name the virtual address beside the base's MAC,
     * which hosts would learn at once.
     */
    private void base(VirtualRouter router, ObservedLink base) {
        if (router.configuration.family() == Family.IPV4) {
            ipv4(base, "arp_ignore", "1");
            ipv4(base, "arp_filter", "1");
            ipv4(base, "arp_announce", "2");
        }
    }

    private void vmac(VirtualRouter router, ObservedLink vmac) {
        ipv4(vmac, "arp_ignore", "1");
        if (router.configuration.family() == Family.IPV6) {
            wish("net/ipv6/conf/" + NAME + "/disable_ipv6", "0", vmac.index);
            return;
        }
        ipv4(vmac, "accept_local", "1");
        ipv4(vmac, "rp_filter", "0");
        ipv4(vmac, "promote_secondaries", "1");
        boolean holdsIpv6 = router.configuration.excludedAddresses().stream()
                .anyMatch(address -> isIpv6OnVmac(address));
        wish("net/ipv6/conf/" + NAME + "/disable_ipv6", holdsIpv6 ? "0" : "1", vmac.index);
        lowersRpFilter = true;
    }

    private static boolean isIpv6OnVmac(VirtualAddress address) {
        return address.address().family() == Family.IPV6 && address.useVmac();
    }

    /**
     * The kernel takes the greater of all.rp_filter and the interface's own: all must be 0 for a VMAC to have 0, and
     * every other interface, and those to come, keep what they had.
     */
    private void lowerRpFilter(Kernel kernel, String former) {
        wish(ALL_RP_FILTER, "0", NO_INTERFACE);
        if (former.isEmpty() || former.equals("0")) {
            return;
        }
        wish("net/ipv4/conf/default/rp_filter", former, NO_INTERFACE);
        for (ObservedLink link : kernel.links()) {
            wishes.putIfAbsent(new Sysctl(pattern("rp_filter"), link.index), former);
        }
    }

    private void ipv4(ObservedLink link, String name, String value) {
        wish(pattern(name), value, link.index);
    }

    private static String pattern(String name) {
        return "net/ipv4/conf/" + NAME + "/" + name;
    }

    private void wish(String pattern, String value, int interfaceIndex) {
        wishes.put(new Sysctl(pattern, interfaceIndex), value);
    }
}
