package org.vrrpd.proto.config;

import java.util.List;

/** A whole configuration, complete and consistent: whatever builds one has checked it. */
public record Configuration(
        String routerId, List<InstanceConfiguration> instances, List<SyncGroupConfiguration> syncGroups) {

    public static final Configuration EMPTY = new Configuration("", List.of(), List.of());
}
