package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * One virtual router, every default filled in.
 *
 * @param version 2 or 3; 3 for IPv6
 * @param basePriority 1 to 255; 255 is the address owner
 * @param advertisementIntervalNanos v2: whole seconds, 1 to 255; v3: whole centiseconds, 0.01 to 40.95 s
 * @param preemptDelayNanos 0 to 1000 s
 * @param accept packets to the virtual addresses are accepted though the router is not their owner
 * @param trackPrimary the interface going down is a fault (unless dont_track_primary)
 * @param vmac null: no VMAC
 * @param sourceAddress mcast_src_ip; null: the interface's primary address, or its link-local one
 * @param virtualAddresses advertised, in the configured order
 * @param excludedAddresses installed but not advertised, of any family
 * @param checksumWithoutPseudoHeader v3_checksum_as_v2: sends IPv4 checksums as RFC 9568 section 5.2.8 has them
 * @param lowerPriorityNoAdvert a MASTER does not answer an advertisement that loses
 * @param downTimerAdverts intervals without an advertisement until the master counts as down, 1 to 100, usually 3
 */
public record InstanceConfiguration(
        String name,
        String interfaceName,
        int vrid,
        Family family,
        int version,
        int basePriority,
        long advertisementIntervalNanos,
        boolean preempt,
        long preemptDelayNanos,
        boolean accept,
        boolean trackPrimary,
        List<TrackedInterface> trackedInterfaces,
        VmacConfiguration vmac,
        IpAddress sourceAddress,
        boolean trackSourceAddress,
        IpAddress multicastGroup,
        List<VirtualAddress> virtualAddresses,
        List<VirtualAddress> excludedAddresses,
        GarpConfiguration garp,
        boolean promoteSecondaries,
        boolean checksumWithoutPseudoHeader,
        boolean lowerPriorityNoAdvert,
        int downTimerAdverts) {

    /** RFC 9568 section 5.2.4. */
    public static final int OWNER_PRIORITY = 255;

    public boolean isOwner() {
        return basePriority == OWNER_PRIORITY;
    }
}
