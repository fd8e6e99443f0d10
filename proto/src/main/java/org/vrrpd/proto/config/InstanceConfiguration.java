package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.Family;

/**
 * One virtual router, every default filled in.
 *
 * @param version 2 or 3; 3 for IPv6
 * @param basePriority 1 to 255; 255 is the address owner
 * @param advertisementIntervalNanos v2: whole seconds, 1 to 255; v3: whole centiseconds, 0.01 to 40.95 s
 * @param vmac null: no VMAC
 * @param virtualAddresses advertised, in the configured order
 * @param excludedAddresses installed but not advertised, of any family
 * @param accept packets to the virtual addresses are accepted though the router is not their owner
 */
public record InstanceConfiguration(
        String name,
        String interfaceName,
        int vrid,
        Family family,
        int version,
        int basePriority,
        long advertisementIntervalNanos,
        ElectionConfiguration election,
        TransportConfiguration transport,
        TrackingConfiguration tracking,
        VmacConfiguration vmac,
        List<VirtualAddress> virtualAddresses,
        List<VirtualAddress> excludedAddresses,
        boolean accept,
        GarpConfiguration garp,
        boolean promoteSecondaries,
        NotifyConfiguration notifications) {

    /** RFC 9568 section 5.2.4. */
    public static final int OWNER_PRIORITY = 255;

    public boolean isOwner() {
        return basePriority == OWNER_PRIORITY;
    }
}
