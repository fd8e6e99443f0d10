package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Every script, file and process that is defined, and which of them somebody tracks. */
final class Trackables {

    private final Map<String, Trackable<ScriptConfiguration>> scripts = new LinkedHashMap<>();
    private final Map<String, Trackable<TrackedFileConfiguration>> files = new LinkedHashMap<>();
    private final Map<String, Trackable<TrackedProcessConfiguration>> processes = new LinkedHashMap<>();
    private final Set<Trackable<?>> named = new LinkedHashSet<>();
    private final Problems problems;

    Trackables(Problems problems) {
        this.problems = problems;
    }

    void readScript(Word name, List<Statement> block, Account account) {
        add(TrackDraft.Kind.SCRIPT, scripts, ScriptReader.read(name, block, account, problems));
    }

    void readFile(Word name, List<Statement> block) {
        add(TrackDraft.Kind.FILE, files, TrackFileReader.read(name, block, problems));
    }

    void readProcess(Word name, List<Statement> block) {
        add(TrackDraft.Kind.PROCESS, processes, TrackProcessReader.read(name, block, problems));
    }

    private <T> void add(TrackDraft.Kind kind, Map<String, Trackable<T>> all, Trackable<T> one) {
        Trackable<T> earlier = all.putIfAbsent(one.name().text(), one);
        if (earlier != null) {
            problems.error(one.name(), kind.definition + " " + one.name().shown()
                    + " again: expected another name than that of " + earlier.name().place(one.name()));
        }
    }

    /** What the lines of one block mean; a name that nothing has is an error. */
    Map<String, Tracked> resolve(TrackDraft draft, TrackDraft.Kind kind, String owner) {
        Map<String, Tracked> resolved = new LinkedHashMap<>();
        for (TrackDraft.Line line : draft.lines(kind).values()) {
            String name = line.name().text();
            int weight = 0;
            boolean reverse = false;
            if (kind != TrackDraft.Kind.INTERFACE) {
                Map<String, ? extends Trackable<?>> all = defined(kind);
                Trackable<?> thing = all.get(name);
                if (thing == null) {
                    String nearest = problems.isFull(Severity.ERROR) ? null : Keywords.nearest(name, first(all));
                    problems.error(line.name(), line.name().shown() + " in " + kind.keyword + " of " + owner
                            + ": expected the name of a " + kind.definition
                            + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
                    continue;
                }
                named.add(thing);
                weight = thing.weight();
                reverse = thing.reverse();
            }
            resolved.put(name, new Tracked(
                    name,
                    line.weight() == null ? weight : line.weight(),
                    line.reverse() == null ? reverse : line.reverse()));
        }
        return resolved;
    }

    private Map<String, ? extends Trackable<?>> defined(TrackDraft.Kind kind) {
        return switch (kind) {
            case SCRIPT -> scripts;
            case FILE -> files;
            case PROCESS -> processes;
            case INTERFACE -> throw new IllegalArgumentException("interfaces are not defined");
        };
    }

    private static List<String> first(Map<String, ?> all) {
        return all.keySet().stream().limit(ConfigurationBuilder.MOST_SUGGESTIONS).toList();
    }

    /** Those that an instance tracks in the end, and a warning for each that no line names. */
    List<ScriptConfiguration> scripts(List<InstanceConfiguration> instances) {
        return tracked(TrackDraft.Kind.SCRIPT, scripts, "is never run", instances, TrackingConfiguration::scripts);
    }

    List<TrackedFileConfiguration> files(List<InstanceConfiguration> instances) {
        return tracked(TrackDraft.Kind.FILE, files, "is not watched", instances, TrackingConfiguration::files);
    }

    List<TrackedProcessConfiguration> processes(List<InstanceConfiguration> instances) {
        return tracked(
                TrackDraft.Kind.PROCESS, processes, "is not watched", instances, TrackingConfiguration::processes);
    }

    private <T> List<T> tracked(
            TrackDraft.Kind kind,
            Map<String, Trackable<T>> all,
            String otherwise,
            List<InstanceConfiguration> instances,
            Function<TrackingConfiguration, List<Tracked>> trackers) {
        Set<String> names = new LinkedHashSet<>();
        for (InstanceConfiguration instance : instances) {
            trackers.apply(instance.tracking()).forEach(one -> names.add(one.name()));
        }
        List<T> tracked = new ArrayList<>();
        for (Trackable<T> one : all.values()) {
            if (names.contains(one.name().text())) {
                tracked.add(one.configuration());
            } else if (!named.contains(one)) {
                problems.warning(one.name(), kind.definition + " " + one.name().shown() + " " + otherwise
                        + ": no instance and no group tracks it");
            }
        }
        return List.copyOf(tracked);
    }
}
