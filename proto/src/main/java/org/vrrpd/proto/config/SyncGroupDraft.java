package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a vrrp_sync_group block says. */
final class SyncGroupDraft {

    final Word name;
    /** As they stand in the file. */
    final List<Word> memberWords = new ArrayList<>();
    /** Those that exist and are in no other group. */
    final Set<String> members = new LinkedHashSet<>();
    final TrackDraft tracks = new TrackDraft();
    final Map<TrackDraft.Kind, Map<String, Tracked>> tracked = new EnumMap<>(TrackDraft.Kind.class);
    final NotifyDraft notifications = new NotifyDraft(true);
    boolean trackingWeight;

    SyncGroupDraft(Word name) {
        this.name = name;
    }

    String where() {
        return "vrrp_sync_group " + name.shown();
    }

    SyncGroupConfiguration complete(GlobalSettings global) {
        boolean weights = trackingWeight;
        for (Map<String, Tracked> kind : tracked.values()) {
            for (Tracked one : kind.values()) {
                weights |= one.weight() != 0;
            }
        }
        boolean changes = global.priorityChanges(notifications.priorityChanges());
        return new SyncGroupConfiguration(
                name.text(), List.copyOf(members), weights, notifications.complete(changes, global.scriptAccount()));
    }
}
