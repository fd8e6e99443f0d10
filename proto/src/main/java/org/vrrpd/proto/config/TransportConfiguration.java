package org.vrrpd.proto.config;

import org.vrrpd.proto.inet.IpAddress;

/**
 * How advertisements travel.
 *
 * @param sourceAddress mcast_src_ip or unicast_src_ip; null: the interface's primary address, or its link-local one
 * @param multicastGroup also of an instance that uses unicast, which neither joins nor sends to it
 * @param unicast null: multicast
 * @param authentication null: none; version 2 only
 * @param checksumWithoutPseudoHeader v3_checksum_as_v2: sends IPv4 checksums as RFC 9568 section 5.2.8 has them
 * @param skipAddressListCheck the address list is looked at only when another router than before sends it
 */
public record TransportConfiguration(
        IpAddress sourceAddress,
        boolean trackSourceAddress,
        IpAddress multicastGroup,
        UnicastConfiguration unicast,
        AuthenticationConfiguration authentication,
        boolean checksumWithoutPseudoHeader,
        boolean skipAddressListCheck) {

    public boolean isUnicast() {
        return unicast != null;
    }
}
