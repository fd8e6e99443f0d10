package org.vrrpd.proto.config;

import org.vrrpd.proto.inet.IpAddress;

/**
 * One address line of virtual_ipaddress or virtual_ipaddress_excluded.
 *
 * @param prefixLength that of the address, or with a peer that of the peer
 * @param device the interface it goes to; null: the instance's (its VMAC when it has one and the family is the same)
 * @param broadcast null: none is set
 * @param scope 0 (global) to 255; IPv4 only
 * @param label null: none; IPv4 only
 * @param peer null: none
 * @param duplicateAddressDetection IPv6: false adds it with NODAD, which is the default
 * @param noTrack its interface going down is no fault, and it is not put back when somebody removes it
 * @param preferredLifetimeSeconds 0 to 4294967294, or -1 for ever
 */
public record VirtualAddress(
        IpAddress address,
        int prefixLength,
        String device,
        IpAddress broadcast,
        int scope,
        String label,
        IpAddress peer,
        boolean home,
        boolean duplicateAddressDetection,
        boolean manageTemporary,
        boolean noPrefixRoute,
        boolean autoJoin,
        boolean noTrack,
        boolean useVmac,
        long preferredLifetimeSeconds) {

    public static final long FOREVER = -1;
}
