package org.vrrpd.proto.config;

import java.util.List;

/**
 * Instances that change state together. Each member is in exactly one group; a group has at least one member.
 *
 * @param trackingWeight sync_group_tracking_weight: members may track with weights
 */
public record SyncGroupConfiguration(
        String name, List<String> members, boolean trackingWeight, NotifyConfiguration notifications) {}
