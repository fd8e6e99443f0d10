package org.vrrpd.proto.config;

import java.util.List;

/**
 * A whole configuration, complete and consistent: whatever builds one has checked it. Every script, file and process
 * that an instance tracks is among those here.
 */
public record Configuration(
        String routerId,
        GlobalConfiguration global,
        List<ScriptConfiguration> scripts,
        List<TrackedFileConfiguration> files,
        List<TrackedProcessConfiguration> processes,
        List<LinkDelay> linkDelays,
        List<InstanceConfiguration> instances,
        List<SyncGroupConfiguration> syncGroups) {

    public static final Configuration EMPTY = new Configuration(
            "", GlobalConfiguration.DEFAULT, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
}
