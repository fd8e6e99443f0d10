package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads vrrp_sync_group blocks. Instances may come later, so who is a member is found out at the end. */
final class SyncGroupReader {

    private final Map<String, SyncGroupDraft> byName = new LinkedHashMap<>();
    private final List<SyncGroupDraft> groups = new ArrayList<>();
    private final Map<String, SyncGroupDraft> groupOfMember = new LinkedHashMap<>();
    private final Problems problems;

    SyncGroupReader(Problems problems) {
        this.problems = problems;
    }

    void read(Word name, List<Statement> block) {
        SyncGroupDraft draft = new SyncGroupDraft(name);
        SyncGroupDraft earlier = byName.putIfAbsent(name.text(), draft);
        if (earlier != null) {
            problems.error(name, draft.where() + " again: expected another name than that of "
                    + earlier.name.place(name));
        }
        groups.add(draft);
        Repeats repeats = new Repeats(draft.where(), problems);
        for (Statement statement : block) {
            repeats.check(statement);
            readLine(statement, draft);
        }
    }

    private void readLine(Statement statement, SyncGroupDraft draft) {
        String keyword = statement.keyword().text();
        Arguments arguments = new Arguments(statement, draft.where(), problems);
        switch (keyword) {
            case "group" -> arguments.block().forEach(names -> readMembers(names, draft));
            case "sync_group_tracking_weight", "global_tracking" -> {
                draft.trackingWeight = true;
                arguments.end();
            }
            default -> {
                if (!draft.tracks.read(keyword, arguments, draft.where(), problems)
                        && !draft.notifications.read(keyword, arguments, draft.where())) {
                    Keywords.skip(Keywords.Scope.GROUP, statement, draft.where(), problems);
                }
            }
        }
    }

    private void readMembers(Statement names, SyncGroupDraft draft) {
        if (Keywords.isRoot(names.keyword())) {
            Keywords.skip(Keywords.Scope.GROUP, names, "group of " + draft.where(), problems);
            return;
        }
        if (names.hasBlock()) {
            problems.warning(names.brace(), "a block in group of " + draft.where() + ": it is ignored");
        }
        draft.memberWords.addAll(names.words());
    }

    /** Fills in the members; returns the groups that have any. */
    List<SyncGroupDraft> resolve(Set<String> instances) {
        List<SyncGroupDraft> resolved = new ArrayList<>();
        for (SyncGroupDraft draft : groups) {
            for (Word member : draft.memberWords) {
                resolve(member, draft, instances);
            }
            if (draft.memberWords.isEmpty()) {
                problems.warning(draft.name, "no instance in " + draft.where() + ": the group is ignored");
            } else if (draft.members.size() == 1) {
                problems.warning(draft.name,
                        "only one instance in " + draft.where() + ": there is nothing to synchronise");
            }
            if (!draft.members.isEmpty()) {
                resolved.add(draft);
            }
        }
        return resolved;
    }

    private void resolve(Word member, SyncGroupDraft draft, Set<String> instances) {
        String where = "group of " + draft.where();
        SyncGroupDraft other = groupOfMember.putIfAbsent(member.text(), draft);
        if (other == draft && draft.members.contains(member.text())) {
            problems.warning(member, member.shown() + " in " + where + " again: ignored");
        } else if (other != null) {
            problems.error(member, member.shown() + " in " + where
                    + ": expected an instance of no other group, but it is in " + other.where());
        } else if (!instances.contains(member.text())) {
            List<String> known = instances.stream().limit(ConfigurationBuilder.MOST_SUGGESTIONS).toList();
            String nearest = problems.isFull(Severity.ERROR) ? null : Keywords.nearest(member.text(), known);
            problems.error(member, member.shown() + " in " + where + ": expected the name of a vrrp_instance"
                    + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
        } else {
            draft.members.add(member.text());
        }
    }

    /** Null: it is in none. */
    SyncGroupDraft groupOf(String instance) {
        SyncGroupDraft group = groupOfMember.get(instance);
        return group != null && group.members.contains(instance) ? group : null;
    }
}
