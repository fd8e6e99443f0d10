package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What an instance tracks in the end: its own lines, as far as its priority and its group allow weights, and those of
 * its group.
 */
final class TrackCompletion {

    private final Trackables trackables;
    private final Problems problems;

    TrackCompletion(Trackables trackables, Problems problems) {
        this.trackables = trackables;
        this.problems = problems;
    }

    /** @param group null: none */
    TrackingConfiguration complete(InstanceDraft draft, SyncGroupDraft group, boolean owner) {
        return new TrackingConfiguration(
                draft.trackPrimary,
                of(draft, TrackDraft.Kind.INTERFACE, group, owner),
                of(draft, TrackDraft.Kind.SCRIPT, group, owner),
                of(draft, TrackDraft.Kind.FILE, group, owner),
                of(draft, TrackDraft.Kind.PROCESS, group, owner));
    }

    private List<Tracked> of(InstanceDraft draft, TrackDraft.Kind kind, SyncGroupDraft group, boolean owner) {
        Map<String, Tracked> tracked = trackables.resolve(draft.tracks, kind, draft.where());
        if (kind == TrackDraft.Kind.INTERFACE && draft.trackPrimary && draft.interfaceName != null) {
            TrackDraft.Line own = draft.tracks.lines(kind).get(draft.interfaceName.text());
            if (own != null) {
                tracked.remove(own.name().text());
                problems.warning(own.name(), own.name().shown() + " in track_interface of " + draft.where()
                        + " is ignored: it is its own interface, which it tracks anyway");
            }
        }
        if (owner) {
            limit(tracked, draft, kind, false, "its priority is 255, which never changes");
        } else if (group != null && !group.trackingWeight) {
            limit(tracked, draft, kind, true, "its " + group.where()
                    + " has no sync_group_tracking_weight, so that its members keep one priority");
        }
        if (group != null) {
            addGroup(tracked, draft, kind, group);
        }
        return List.copyOf(tracked.values());
    }

    /** Nothing may change the priority. What is dropped and what becomes a fault instead is as in keepalived. */
    private void limit(
            Map<String, Tracked> tracked,
            InstanceDraft draft,
            TrackDraft.Kind kind,
            boolean interfacesStay,
            String reason) {
        for (Iterator<Map.Entry<String, Tracked>> all = tracked.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Tracked> entry = all.next();
            Tracked one = entry.getValue();
            if (one.weight() == 0) {
                continue;
            }
            boolean stays = kind == TrackDraft.Kind.INTERFACE && interfacesStay
                    || kind == TrackDraft.Kind.FILE && one.weight() == 1;
            if (stays) {
                entry.setValue(new Tracked(one.name(), 0, one.reverse()));
            } else {
                all.remove();
            }
            Word name = draft.tracks.lines(kind).get(one.name()).name();
            problems.warning(name, name.shown() + " in " + kind.keyword + " of " + draft.where()
                    + (stays ? " counts as weight 0" : " is ignored") + ": it has weight " + one.weight() + ", but "
                    + reason);
        }
    }

    private void addGroup(
            Map<String, Tracked> tracked, InstanceDraft draft, TrackDraft.Kind kind, SyncGroupDraft group) {
        for (Tracked shared : group.tracked.get(kind).values()) {
            Tracked own = tracked.get(shared.name());
            if (own != null) {
                Word name = draft.tracks.lines(kind).get(own.name()).name();
                problems.warning(name, name.shown() + " in " + kind.keyword + " of " + draft.where()
                        + " stands in " + group.where() + " too: "
                        + (own.weight() == 0 ? "weight 0 counts" : "the weight there counts"));
            }
            if (own == null || own.weight() != 0) {
                tracked.put(shared.name(), shared);
            }
        }
    }

    /** The lines of a group, for all its members alike. */
    void resolve(SyncGroupDraft group, boolean hasOwner) {
        for (TrackDraft.Kind kind : TrackDraft.Kind.values()) {
            Map<String, Tracked> tracked = trackables.resolve(group.tracks, kind, group.where());
            for (Tracked one : new ArrayList<>(tracked.values())) {
                if (one.weight() != 0 && hasOwner) {
                    tracked.put(one.name(), new Tracked(one.name(), 0, one.reverse()));
                    Word name = group.tracks.lines(kind).get(one.name()).name();
                    problems.warning(name, name.shown() + " in " + kind.keyword + " of " + group.where()
                            + " counts as weight 0: a member has priority 255, which never changes");
                }
            }
            group.tracked.put(kind, tracked);
        }
    }
}
