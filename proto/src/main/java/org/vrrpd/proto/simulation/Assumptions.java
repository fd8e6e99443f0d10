package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.TrackedFileConfiguration;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.simulation.Rehearsal.Node;

/** What configurations depend on beyond themselves, and what a rehearsal takes for granted of it. */
final class Assumptions {

    private Assumptions() {}

    /** Makes those true on a simulated host that are not true by themselves. */
    static void apply(ModelWorkers workers, Configuration configuration) {
        counts(configuration).forEach(workers::run);
    }

    /** Of each process so many as all who track it want. */
    private static Map<String, Integer> counts(Configuration configuration) {
        Map<String, Integer> counts = new TreeMap<>();
        for (TrackedProcessConfiguration process : configuration.processes()) {
            counts.merge(process.process(), process.quorum(), Math::max);
        }
        return counts;
    }

    /** In words, a line each. */
    static List<String> of(List<Node> nodes) {
        List<String> lines = new ArrayList<>();
        for (Node node : nodes) {
            Configuration configuration = node.configuration();
            configuration.scripts().forEach(script -> lines.add(node.name() + ": vrrp_script " + script.name()
                    + " succeeds, unless the scenario says: script " + node.name() + " " + script.name()
                    + " exits 1"));
            for (TrackedFileConfiguration file : configuration.files()) {
                lines.add(node.name() + ": track_file " + file.name() + " holds " + number(file)
                        + ", unless the scenario says: file " + node.name() + " " + file.name() + " holds N");
            }
            for (TrackedProcessConfiguration process : configuration.processes()) {
                lines.add(node.name() + ": vrrp_track_process " + process.name() + " finds "
                        + counts(configuration).get(process.process()) + ", unless the scenario says: processes "
                        + node.name() + " " + process.name() + " N");
            }
            if (runsScripts(configuration)) {
                lines.add(node.name() + ": notify, startup and shutdown scripts succeed at once, and pipes are read");
            }
        }
        return lines;
    }

    private static String number(TrackedFileConfiguration file) {
        return file.creation() == TrackedFileConfiguration.Creation.NONE
                ? "0" : String.valueOf(file.initialValue());
    }

    private static boolean runsScripts(Configuration configuration) {
        return configuration.global().startupScript() != null || configuration.global().shutdownScript() != null
                || !configuration.global().fifos().isEmpty()
                || configuration.instances().stream().map(InstanceConfiguration::notifications)
                        .anyMatch(Assumptions::runs)
                || configuration.syncGroups().stream().anyMatch(group -> runs(group.notifications()));
    }

    private static boolean runs(NotifyConfiguration notify) {
        return notify.master() != null || notify.backup() != null || notify.fault() != null || notify.stop() != null
                || notify.deleted() != null || notify.any() != null || notify.masterReceivedLower() != null;
    }
}
