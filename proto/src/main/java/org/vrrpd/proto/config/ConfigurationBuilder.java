package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From statements to a configuration: globals first wherever they stand, then instances, then groups of them. */
final class ConfigurationBuilder {

    private static final int MOST_SUGGESTIONS = 1000;

    private final Problems problems;
    private final GlobalSettings global;
    private final Map<String, InstanceDraft> drafts = new LinkedHashMap<>();
    private final List<InstanceConfiguration> instances = new ArrayList<>();
    private final Map<String, Word> groupNames = new LinkedHashMap<>();
    private final Map<String, String> groupOfMember = new LinkedHashMap<>();
    private final List<SyncGroupConfiguration> groups = new ArrayList<>();

    ConfigurationBuilder(String configId, Problems problems) {
        this.problems = problems;
        this.global = new GlobalSettings(configId);
    }

    Configuration build(List<Statement> roots) {
        List<Statement> groupStatements = new ArrayList<>();
        for (Statement statement : roots) {
            switch (statement.keyword().text()) {
                case "global_defs" -> global.read(block(statement), problems);
                case "vrrp_instance" -> readInstance(statement);
                case "vrrp_sync_group" -> groupStatements.add(statement);
                default -> Keywords.skip(Keywords.Scope.ROOT, statement, "the file", problems);
            }
        }
        Map<String, Word> routers = new LinkedHashMap<>();
        Map<String, Word> vmacs = new LinkedHashMap<>();
        for (InstanceDraft draft : drafts.values()) {
            InstanceConfiguration instance = new InstanceCompletion(draft, global, problems).complete();
            if (instance != null) {
                checkUnique(draft, instance, routers, vmacs);
                instances.add(instance);
            }
        }
        groupStatements.forEach(this::readGroup);
        return new Configuration(
                global.routerId, GlobalConfiguration.DEFAULT, List.of(), List.of(), List.of(), List.of(),
                List.copyOf(instances), List.copyOf(groups));
    }

    private List<Statement> block(Statement statement) {
        return new Arguments(statement, "the file", problems).block();
    }

    private void readInstance(Statement statement) {
        Word name = name(statement);
        if (name == null) {
            return;
        }
        InstanceDraft draft = InstanceReader.read(name, statement.block(), problems);
        InstanceDraft earlier = drafts.putIfAbsent(name.text(), draft);
        if (earlier != null) {
            problems.error(name, "vrrp_instance " + name.shown() + " again: expected another name than that of "
                    + place(earlier.name, name));
        }
    }

    /** The name of a block that has one, or null after an error; without a block it has a name all the same. */
    private Word name(Statement statement) {
        Arguments arguments = new Arguments(statement, "the file", problems);
        Word name = arguments.text("a name");
        arguments.block();
        return name;
    }

    private void checkUnique(
            InstanceDraft draft, InstanceConfiguration instance, Map<String, Word> routers, Map<String, Word> vmacs) {
        String router = instance.vrid() + " " + instance.family().text() + " " + instance.interfaceName();
        Word earlier = routers.putIfAbsent(router, draft.name);
        if (earlier != null) {
            problems.error(draft.vridWord, "virtual_router_id " + instance.vrid() + " in " + draft.where()
                    + ": expected another one, since vrrp_instance " + earlier.shown() + " has it for "
                    + instance.family().text() + " on " + instance.interfaceName() + " already");
        }
        if (instance.vmac() != null && instance.vmac().name() != null) {
            Word other = vmacs.putIfAbsent(instance.vmac().name(), draft.name);
            if (other != null) {
                problems.error(draft.vmac.name(), "use_vmac " + draft.vmac.name().shown() + " in " + draft.where()
                        + ": expected another name, since vrrp_instance " + other.shown() + " has it already");
            }
        }
    }

    private void readGroup(Statement statement) {
        Word name = name(statement);
        if (name == null) {
            return;
        }
        String where = "vrrp_sync_group " + name.shown();
        Word earlier = groupNames.putIfAbsent(name.text(), name);
        if (earlier != null) {
            problems.error(name, where + " again: expected another name than that of " + place(earlier, name));
        }
        Set<String> members = new LinkedHashSet<>();
        boolean named = false;
        for (Statement line : statement.block()) {
            if (line.keyword().text().equals("group")) {
                List<Statement> block = new Arguments(line, where, problems).block();
                named |= !block.isEmpty();
                block.forEach(names -> readMembers(names, name, where, members));
            } else {
                Keywords.skip(Keywords.Scope.GROUP, line, where, problems);
            }
        }
        if (!named) {
            problems.warning(name, "no instance in " + where + ": the group is ignored");
        } else if (members.size() == 1) {
            problems.warning(name, "only one instance in " + where + ": there is nothing to synchronise");
        }
        if (!members.isEmpty()) {
            groups.add(new SyncGroupConfiguration(
                    name.text(), List.copyOf(members), false, NotifyConfiguration.NONE));
        }
    }

    private void readMembers(Statement names, Word group, String where, Set<String> members) {
        if (Keywords.isRoot(names.keyword().text())) {
            Keywords.skip(Keywords.Scope.GROUP, names, "group of " + where, problems);
            return;
        }
        if (names.hasBlock()) {
            problems.warning(names.brace(), "a block in group of " + where + ": it is ignored");
        }
        for (Word member : names.words()) {
            String other = groupOfMember.putIfAbsent(member.text(), group.text());
            if (members.contains(member.text())) {
                problems.warning(member, member.shown() + " in group of " + where + " again: ignored");
            } else if (other != null) {
                problems.error(member, member.shown() + " in group of " + where
                        + ": expected an instance of no other group, but it is in vrrp_sync_group " + other);
            } else if (!drafts.containsKey(member.text())) {
                String nearest = problems.isFull(Severity.ERROR) ? null : Keywords.nearest(member.text(), firstNames());
                problems.error(member, member.shown() + " in group of " + where
                        + ": expected the name of a vrrp_instance"
                        + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
            } else {
                members.add(member.text());
            }
        }
    }

    private List<String> firstNames() {
        return drafts.keySet().stream().limit(MOST_SUGGESTIONS).toList();
    }

    private static String place(Word word, Word from) {
        return (word.file().equals(from.file()) ? "" : word.file() + " ") + "line " + word.line();
    }
}
