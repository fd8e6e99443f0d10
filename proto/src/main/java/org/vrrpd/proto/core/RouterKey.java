package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.inet.Family;

/** What makes two configurations of a router the same router (its name is not part of it, as in keepalived). */
record RouterKey(String interfaceName, Family family, int vrid) {

    static RouterKey of(InstanceConfiguration instance) {
        return new RouterKey(instance.interfaceName(), instance.family(), instance.vrid());
    }

    /** Null when no instance of the list is the same router. */
    static InstanceConfiguration find(Iterable<InstanceConfiguration> instances, InstanceConfiguration same) {
        RouterKey key = of(same);
        for (InstanceConfiguration instance : instances) {
            if (of(instance).equals(key)) {
                return instance;
            }
        }
        return null;
    }
}
