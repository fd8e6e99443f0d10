package org.vrrpd.proto.core;

import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Which address a router sends from: the configured one, or the interface's primary IPv4 address, or its link-local
 * IPv6 address (RFC 9568 sections 5.1.1.1 and 5.1.2.1; another one for unicast to peers that have no link-local
 * addresses themselves). Never a virtual address, unless the router owns it and has no other: whoever stands in for the
 * owner has the address too, and Linux discards IPv4 packets from an address of its own. Never one that is tentative or
 * a duplicate.
 */
final class SourceAddress {

    private SourceAddress() {}

    /** The address in use stays in use while it can be; null: none can. */
    static IpAddress choose(VirtualRouter router, ObservedLink base) {
        IpAddress secondary = null;
        IpAddress primary = null;
        IpAddress owned = null;
        for (ObservedAddress candidate : base.addresses) {
            if (!isCandidate(router, candidate) || !candidate.isUsable()) {
                continue;
            }
            if (router.configuration.isOwner() && router.addresses.isConfigured(candidate.address)) {
                owned = owned == null || candidate.address.equals(router.sources.identity())
                        ? candidate.address : owned;
                continue;
            }
            if (candidate.address.equals(router.sources.identity())) {
                return candidate.address;
            }
            if (candidate.isSecondary()) {
                secondary = secondary == null ? candidate.address : secondary;
            } else {
                primary = primary == null ? candidate.address : primary;
            }
        }
        return primary != null ? primary : secondary != null ? secondary : owned;
    }

    /** The first that would do but for duplicate address detection; null: none. */
    static ObservedAddress firstUnusable(VirtualRouter router, ObservedLink base) {
        for (ObservedAddress candidate : base.addresses) {
            if (isCandidate(router, candidate) && !candidate.isUsable()) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean isCandidate(VirtualRouter router, ObservedAddress candidate) {
        if (candidate.address.family() != router.configuration.family()) {
            return false;
        }
        IpAddress configured = router.configuration.transport().sourceAddress();
        if (configured != null) {
            return candidate.address.equals(configured);
        }
        return hasRightScope(router, candidate) && !candidate.isOurs() && !router.isVirtualElsewhere(candidate);
    }

    /** A peer beyond the link cannot answer a link-local address; to one on the link, nothing else is needed. */
    private static boolean hasRightScope(VirtualRouter router, ObservedAddress candidate) {
        if (router.configuration.family() == Family.IPV4) {
            return true;
        }
        boolean linkLocal = !router.configuration.transport().isUnicast() || router.peers.areAllLinkLocal();
        return candidate.address.isLinkLocal() == linkLocal;
    }
}
