package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedFileConfiguration;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.config.TrackingConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * The scripts, files and processes that routers track, each once however many routers do. What they are worth for a
 * router, and which of them are its faults, is computed anew whenever one changes: nothing is counted up and down.
 */
final class Trackers {

    private final Outbox outbox;
    private final Moment moment;
    private final Routers routers;
    private final TreeMap<String, ScriptTracker> scripts = new TreeMap<>();
    private final TreeMap<String, FileTracker> files = new TreeMap<>();
    private final TreeMap<String, ProcessTracker> processes = new TreeMap<>();
    private int lastWatchId;
    private boolean configured;
    private boolean secure;
    private long deadline = Moment.NEVER;

    Trackers(Outbox outbox, Moment moment, Routers routers) {
        this.outbox = outbox;
        this.moment = moment;
        this.routers = routers;
    }

    // what is tracked

    /** What did not change goes on as it is, with its result, its timer and its run. */
    void reconfigure(Configuration configuration) {
        secure = configuration.global().scriptSecurity();
        reconfigureScripts(configuration);
        reconfigureFiles(configuration);
        reconfigureProcesses(configuration);
        configured = true;
        onDeadline(); // what is new begins at once
    }

    private void reconfigureScripts(Configuration configuration) {
        TreeMap<String, ScriptTracker> former = new TreeMap<>(scripts);
        scripts.clear();
        wantedScripts(configuration).forEach((name, script) -> {
            ScriptTracker kept = former.remove(name);
            ScriptTracker tracker = kept != null ? kept : new ScriptTracker(script, outbox, moment);
            tracker.reconfigure(script);
            scripts.put(name, tracker);
        });
        former.values().forEach(ScriptTracker::stop);
    }

    private void reconfigureFiles(Configuration configuration) {
        TreeMap<String, FileTracker> former = new TreeMap<>(files);
        files.clear();
        wantedFiles(configuration).forEach((name, file) -> {
            FileTracker kept = former.get(name);
            FileTracker tracker = kept;
            if (kept != null && kept.configuration().equals(file)) {
                former.remove(name);
            } else {
                tracker = new FileTracker(file, outbox, moment);
                tracker.inherit(kept);
                tracker.watch(++lastWatchId, !configured);
            }
            files.put(name, tracker);
        });
        former.values().forEach(FileTracker::stop);
    }

    private void reconfigureProcesses(Configuration configuration) {
        TreeMap<String, ProcessTracker> former = new TreeMap<>(processes);
        processes.clear();
        wantedProcesses(configuration).forEach((name, process) -> {
            ProcessTracker kept = former.get(name);
            ProcessTracker tracker = kept;
            if (kept != null && kept.configuration().equals(process)) {
                former.remove(name);
            } else {
                tracker = new ProcessTracker(process, outbox, moment);
                tracker.inherit(kept);
                tracker.watch(++lastWatchId);
            }
            processes.put(name, tracker);
        });
        former.values().forEach(ProcessTracker::stop);
    }

    private static TreeMap<String, ScriptConfiguration> wantedScripts(Configuration configuration) {
        return wanted(configuration, TrackingConfiguration::scripts,
                configuration.scripts(), ScriptConfiguration::name);
    }

    private static TreeMap<String, TrackedFileConfiguration> wantedFiles(Configuration configuration) {
        return wanted(configuration, TrackingConfiguration::files,
                configuration.files(), TrackedFileConfiguration::name);
    }

    private static TreeMap<String, TrackedProcessConfiguration> wantedProcesses(Configuration configuration) {
        return wanted(configuration, TrackingConfiguration::processes,
                configuration.processes(), TrackedProcessConfiguration::name);
    }

    /** Those that some instance tracks; nobody waits for the others. */
    private static <C> TreeMap<String, C> wanted(
            Configuration configuration, Function<TrackingConfiguration, List<Tracked>> kind,
            List<C> all, Function<C, String> name) {
        TreeSet<String> tracked = new TreeSet<>();
        for (InstanceConfiguration instance : configuration.instances()) {
            kind.apply(instance.tracking()).forEach(each -> tracked.add(each.name()));
        }
        TreeMap<String, C> wanted = new TreeMap<>();
        for (C each : all) {
            if (tracked.contains(name.apply(each))) {
                wanted.put(name.apply(each), each);
            }
        }
        return wanted;
    }

    /** The daemon ends: nothing is run or watched any more. */
    void stop() {
        scripts.values().forEach(ScriptTracker::stop);
        files.values().forEach(FileTracker::stop);
        processes.values().forEach(ProcessTracker::stop);
        deadline = Moment.NEVER;
    }

    // what happens

    /** True when the run was one of these. */
    boolean onScriptEnded(long effectId, ScriptOutcome outcome, int status, String detail) {
        for (var script : scripts.entrySet()) {
            if (script.getValue().isRun(effectId)) {
                if (outcome != null && script.getValue().onEnded(outcome, status, detail)) {
                    moment.because(Cause.SCRIPT_ENDED, script.getKey(), script.getValue().outcome());
                    doubt(TrackingConfiguration::scripts, script.getKey());
                }
                findDeadline();
                return true;
            }
        }
        return false;
    }

    void onFileRead(int watchId, boolean present, String content) {
        for (var file : files.entrySet()) {
            if (file.getValue().watchId() == watchId && file.getValue().onRead(present, content)) {
                moment.because(Cause.FILE_READ, file.getKey(), file.getValue().text());
                doubt(TrackingConfiguration::files, file.getKey());
            }
        }
        findDeadline();
    }

    void onProcessesCounted(int watchId, int count) {
        for (var process : processes.entrySet()) {
            if (process.getValue().watchId() == watchId && process.getValue().onCounted(count)) {
                moment.because(Cause.PROCESSES_COUNTED, process.getKey(), Integer.toString(count));
                doubt(TrackingConfiguration::processes, process.getKey());
            }
        }
        findDeadline();
    }

    /** NEVER when nothing waits. */
    long deadline() {
        return deadline;
    }

    void onDeadline() {
        for (var script : scripts.entrySet()) {
            if (script.getValue().onDeadline(secure)) {
                moment.because(Cause.SCRIPT_ENDED, script.getKey(), script.getValue().outcome());
                doubt(TrackingConfiguration::scripts, script.getKey());
            }
        }
        files.values().forEach(FileTracker::onDeadline);
        for (var process : processes.entrySet()) {
            if (process.getValue().onDeadline()) {
                moment.because(Cause.PROCESSES_SETTLED, process.getKey(), "");
                doubt(TrackingConfiguration::processes, process.getKey());
            }
        }
        findDeadline();
    }

    private void findDeadline() {
        deadline = Moment.NEVER;
        scripts.values().forEach(each -> deadline = Math.min(deadline, each.deadline()));
        files.values().forEach(each -> deadline = Math.min(deadline, each.deadline()));
        processes.values().forEach(each -> deadline = Math.min(deadline, each.deadline()));
    }

    /** Only routers that track it: a file may change often. */
    private void doubt(Function<TrackingConfiguration, List<Tracked>> kind, String name) {
        for (VirtualRouter router : routers.all()) {
            for (Tracked tracked : kind.apply(router.configuration.tracking())) {
                if (tracked.name().equals(name)) {
                    routers.doubt(router);
                    break;
                }
            }
        }
    }

    // what routers ask

    /** What all of them add to a router's priority. What nobody knows yet adds nothing. */
    int worth(TrackingConfiguration tracking) {
        int worth = 0;
        for (Tracked tracked : tracking.scripts()) {
            ScriptTracker script = scripts.get(tracked.name());
            worth += script == null ? 0 : worth(tracked, script.condition());
        }
        for (Tracked tracked : tracking.files()) {
            FileTracker file = files.get(tracked.name());
            worth += file == null ? 0 : file.worth(tracked);
        }
        for (Tracked tracked : tracking.processes()) {
            ProcessTracker process = processes.get(tracked.name());
            worth += process == null ? 0 : worth(tracked, process.condition());
        }
        return worth;
    }

    private static int worth(Tracked tracked, TrackerCondition condition) {
        return condition == TrackerCondition.PENDING ? 0
                : EffectivePriority.contribution(tracked, condition == TrackerCondition.WELL);
    }

    /** Those without a weight that are not as they should be, and files that are worth -254. */
    void findFaults(TrackingConfiguration tracking, FaultList faults) {
        for (Tracked tracked : tracking.scripts()) {
            if (tracked.weight() == 0 && scripts.containsKey(tracked.name())) {
                scripts.get(tracked.name()).findFault(tracked.reverse(), faults);
            }
        }
        for (Tracked tracked : tracking.files()) {
            if (files.containsKey(tracked.name())) {
                files.get(tracked.name()).findFault(tracked, faults);
            }
        }
        for (Tracked tracked : tracking.processes()) {
            if (tracked.weight() == 0 && processes.containsKey(tracked.name())) {
                processes.get(tracked.name()).findFault(tracked.reverse(), faults);
            }
        }
    }

    List<CoreView.TrackerView> view() {
        List<CoreView.TrackerView> view = new ArrayList<>();
        scripts.values().forEach(each -> view.add(each.view()));
        files.values().forEach(each -> view.add(each.view()));
        processes.values().forEach(each -> view.add(each.view()));
        return view;
    }

    void save(SnapshotWriter out) {
        out.putInt(lastWatchId).putBoolean(configured);
        scripts.values().forEach(each -> each.save(out));
        files.values().forEach(each -> each.save(out));
        processes.values().forEach(each -> each.save(out));
    }

    /** @param configuration the one in force when it was saved */
    void load(SnapshotReader in, Configuration configuration) {
        secure = configuration.global().scriptSecurity();
        lastWatchId = in.getInt();
        configured = in.getBoolean();
        wantedScripts(configuration).forEach((name, script) ->
                scripts.put(name, new ScriptTracker(script, outbox, moment)));
        wantedFiles(configuration).forEach((name, file) -> files.put(name, new FileTracker(file, outbox, moment)));
        wantedProcesses(configuration).forEach((name, process) ->
                processes.put(name, new ProcessTracker(process, outbox, moment)));
        scripts.values().forEach(each -> each.load(in));
        files.values().forEach(each -> each.load(in));
        processes.values().forEach(each -> each.load(in));
        findDeadline();
    }
}
