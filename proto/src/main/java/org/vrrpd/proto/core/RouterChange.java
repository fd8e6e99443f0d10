package org.vrrpd.proto.core;

import java.util.Objects;
import org.vrrpd.proto.config.InstanceConfiguration;

/** Which changes of an instance's configuration a router can live through, and which need another router. */
final class RouterChange {

    private RouterChange() {}

    /** True when the new configuration can be put into force without beginning anew. */
    static boolean isPossible(InstanceConfiguration from, InstanceConfiguration to) {
        return from.interfaceName().equals(to.interfaceName())
                && from.vrid() == to.vrid()
                && from.family() == to.family()
                && from.version() == to.version()
                && Objects.equals(from.vmac(), to.vmac())
                && from.transport().isUnicast() == to.transport().isUnicast()
                && from.transport().multicastGroup().equals(to.transport().multicastGroup());
    }
}
