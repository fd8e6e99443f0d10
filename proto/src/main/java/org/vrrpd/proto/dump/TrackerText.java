package org.vrrpd.proto.dump;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedFileConfiguration;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.config.TrackingConfiguration;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.InstanceView;

/** The sections of keepalived.data about what is tracked. */
final class TrackerText {

    private final CoreView view;
    private final Writer out;

    TrackerText(CoreView view, Writer out) {
        this.view = view;
        this.out = out;
    }

    void write() throws IOException {
        if (!view.configuration().scripts().isEmpty()) {
            line("------< VRRP Scripts >------");
        }
        for (ScriptConfiguration script : view.configuration().scripts()) {
            script(script);
        }
        if (!view.configuration().files().isEmpty()) {
            line("------< VRRP Track files >------");
        }
        for (TrackedFileConfiguration file : view.configuration().files()) {
            item(" Track file", file.name());
            item("   File", file.path());
            CoreView.TrackerView state = ProcessState.tracker(view, "track_file", file.name());
            item("   Status", state == null ? 0 : state.number());
            instances(file.name(), TrackingConfiguration::files);
        }
        if (!view.configuration().processes().isEmpty()) {
            line("------< VRRP Track processes >------");
        }
        for (TrackedProcessConfiguration process : view.configuration().processes()) {
            process(process);
        }
    }

    private void script(ScriptConfiguration script) throws IOException {
        item(" VRRP Script", script.name());
        item("   Command", Words.command(script.command()));
        item("   Interval", Words.seconds(script.intervalNanos()) + " sec");
        item("   Timeout", Words.seconds(script.timeoutNanos()) + " sec");
        item("   Rise", script.rise());
        item("   Fall", script.fall());
        CoreView.TrackerView state = ProcessState.tracker(view, "vrrp_script", script.name());
        if (state != null) {
            item("   Result", state.number());
            item("   Status", switch (state.condition()) {
                case PENDING -> "INIT";
                case WELL -> "GOOD";
                case FAILED -> "BAD";
            });
            item("   Outcome", state.outcome());
        }
        instances(script.name(), TrackingConfiguration::scripts);
    }

    private void process(TrackedProcessConfiguration process) throws IOException {
        item(" VRRP Track process", process.name());
        item("   Process", process.process());
        if (!process.parameters().isEmpty()) {
            item("   Parameters", String.join(" ", process.parameters()));
        }
        item("   Min processes", process.quorum());
        if (process.quorumMax() != TrackedProcessConfiguration.UNLIMITED) {
            item("   Max processes", process.quorumMax());
        }
        ProcessState state = new ProcessState(view, process);
        item("   Current processes", state.count());
        item("   Have quorum", state.hasQuorum());
        item("   Terminate delay", Words.seconds(process.terminateDelayNanos()) + "s");
        item("   Fork delay", Words.seconds(process.forkDelayNanos()) + "s");
        item("   Full command", process.fullCommand());
        instances(process.name(), TrackingConfiguration::processes);
    }

    private void instances(String name, Function<TrackingConfiguration, List<Tracked>> which) throws IOException {
        line("   Tracking instances :");
        for (InstanceView instance : view.instances()) {
            for (Tracked tracked : which.apply(instance.detail().configuration().tracking())) {
                if (tracked.name().equals(name)) {
                    line("     " + instance.name() + ", weight " + tracked.weight()
                            + (tracked.reverse() ? " reverse" : ""));
                }
            }
        }
    }

    private void item(String key, Object value) throws IOException {
        line(key + " = " + value);
    }

    private void line(String line) throws IOException {
        out.append(line).append('\n');
    }
}
