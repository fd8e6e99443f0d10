package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From statements to a configuration: globals first wherever they stand, then instances, then groups of them. */
final class ConfigurationBuilder {

    static final int MOST_SUGGESTIONS = 1000;

    private final Problems problems;
    private final GlobalSettings global;
    private final Map<String, InstanceDraft> drafts = new LinkedHashMap<>();
    private final List<InstanceConfiguration> instances = new ArrayList<>();
    private final SyncGroupReader groups;
    private final Trackables trackables;
    private final LinkDelayReader linkDelays;
    private final GarpGroups garpGroups;
    private InstanceDraft last;

    ConfigurationBuilder(String configId, Problems problems) {
        this.problems = problems;
        this.global = new GlobalSettings(configId, problems);
        this.groups = new SyncGroupReader(problems);
        this.trackables = new Trackables(problems);
        this.linkDelays = new LinkDelayReader(problems);
        this.garpGroups = new GarpGroups(problems);
    }

    Configuration build(List<Statement> roots) {
        // what it says holds for all that follows, wherever it stands
        for (Statement statement : roots) {
            if (statement.keyword().text().equals("global_defs")) {
                global.read(block(statement));
            }
        }
        roots.forEach(this::read);
        List<SyncGroupDraft> synchronised = groups.resolve(drafts.keySet());
        TrackCompletion tracks = new TrackCompletion(trackables, problems);
        for (SyncGroupDraft group : synchronised) {
            tracks.resolve(group, group.members.stream().anyMatch(
                    member -> ElectionCompletion.isOwner(drafts.get(member))));
        }
        completeInstances(tracks);
        return new Configuration(
                global.routerId,
                global.daemon(),
                trackables.scripts(instances),
                trackables.files(instances),
                trackables.processes(instances),
                linkDelays.delays(),
                List.copyOf(instances),
                synchronised.stream().map(group -> group.complete(global)).toList());
    }

    Places places() {
        return Places.of(drafts.values());
    }

    private void read(Statement statement) {
        switch (statement.keyword().text()) {
            case "global_defs" -> { }
            case "vrrp_instance" -> readInstance(statement);
            case "vrrp_sync_group", "vrrp_script", "track_file", "vrrp_track_file", "vrrp_track_process" -> {
                Word name = name(statement);
                if (name != null) {
                    readNamed(name, statement);
                }
            }
            case "interface_up_down_delays" -> linkDelays.read(block(statement));
            case "garp_group" -> garpGroups.read(statement);
            default -> {
                if (last == null) {
                    Keywords.skip(Keywords.Scope.ROOT, statement, "the file", problems);
                } else {
                    last.authentication.skip(Keywords.Scope.ROOT, statement, "the file", problems);
                }
            }
        }
    }

    private void readNamed(Word name, Statement statement) {
        List<Statement> block = statement.block();
        switch (statement.keyword().text()) {
            case "vrrp_sync_group" -> groups.read(name, block);
            case "vrrp_script" -> trackables.readScript(name, block, global.scriptAccount());
            case "vrrp_track_process" -> trackables.readProcess(name, block);
            default -> trackables.readFile(name, block);
        }
    }

    private void completeInstances(TrackCompletion tracks) {
        Map<String, Word> routers = new LinkedHashMap<>();
        Map<String, Word> vmacs = new LinkedHashMap<>();
        InstanceCompletion.Shared shared = new InstanceCompletion.Shared(
                tracks, garpGroups, new VmacNames(global.vmacPrefix, drafts.values()));
        for (InstanceDraft draft : drafts.values()) {
            SyncGroupDraft group = groups.groupOf(draft.name.text());
            InstanceConfiguration instance =
                    new InstanceCompletion(draft, global, shared, problems).complete(group);
            if (instance != null) {
                checkUnique(draft, instance, routers, vmacs);
                instances.add(instance);
            }
        }
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
        last = draft;
        InstanceDraft earlier = drafts.putIfAbsent(name.text(), draft);
        if (earlier != null) {
            problems.error(name, "vrrp_instance " + name.shown() + " again: expected another name than that of "
                    + earlier.name.place(name));
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
}
