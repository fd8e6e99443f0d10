package org.vrrpd.proto.core;

import java.util.Objects;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VmacConfiguration;

/** Which changes of an instance's configuration a router can live through, and which need another router. */
final class RouterChange {

    private RouterChange() {}

    /** True when the new configuration can be put into force without beginning anew. */
    static boolean isPossible(InstanceConfiguration from, InstanceConfiguration to) {
        return obstacle(from, to).isEmpty();
    }

    /** The keyword that makes beginning anew necessary; empty: none does. */
    static String obstacle(InstanceConfiguration from, InstanceConfiguration to) {
        if (!from.interfaceName().equals(to.interfaceName())) {
            return "interface";
        }
        if (from.vrid() != to.vrid() || from.family() != to.family()) {
            return "virtual_router_id";
        }
        if (!isSameDevice(from.vmac(), to.vmac())) {
            return "use_vmac";
        }
        if (from.transport().isUnicast() != to.transport().isUnicast()) {
            return "unicast_peer";
        }
        return from.transport().multicastGroup().equals(to.transport().multicastGroup()) ? "" : "mcast_dst_ip";
    }

    /** Where advertisements leave is asked for each: only another name or MAC needs another VMAC. */
    private static boolean isSameDevice(VmacConfiguration from, VmacConfiguration to) {
        return from == null || to == null ? from == to
                : Objects.equals(from.name(), to.name()) && from.mac() == to.mac();
    }

    /** True when the difference, that of the priority aside, is to be seen in an advertisement. */
    static boolean isAdvertised(InstanceConfiguration from, InstanceConfiguration to) {
        return from.version() != to.version()
                || from.advertisementIntervalNanos() != to.advertisementIntervalNanos()
                || !from.virtualAddresses().equals(to.virtualAddresses())
                || !from.transport().equals(to.transport())
                || !Objects.equals(from.vmac(), to.vmac());
    }
}
