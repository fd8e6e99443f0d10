package org.vrrpd.ctl.render;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.Problem;
import org.vrrpd.proto.config.Severity;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.replay.Replay.Disagreement;
import org.vrrpd.proto.replay.Replay.Result;
import org.vrrpd.proto.replay.Replay.Subject;
import org.vrrpd.proto.narrate.HumanDuration;

/** Text for people. */
public final class TextRenderer implements Renderer {

    private final Layout layout;
    private final EventText events;
    private final Instant now;

    public TextRenderer(Layout layout, Clock clock) {
        this.layout = layout;
        this.now = clock.instant();
        this.events = new EventText(new Times(layout.zone()), now);
    }

    @Override
    public String status(Status status, String only) {
        StatusText text = new StatusText(layout, status);
        return only == null ? text.all() : text.one(status.only(only).instances().get(0));
    }

    @Override
    public String done(String text) {
        return text;
    }

    @Override
    public String problems(Path file, List<Problem> problems) {
        List<String> out = new ArrayList<>();
        problems.forEach(problem -> out.add(problem.toString()));
        long errors = problems.stream().filter(problem -> problem.severity() == Severity.ERROR).count();
        long warnings = problems.size() - errors;
        out.add(problems.isEmpty() ? file + ": no problems"
                : Amounts.of(errors, "error") + ", " + Amounts.of(warnings, "warning"));
        return String.join("\n", out);
    }

    @Override
    public String events(List<EventLine> lines, long leftOut) {
        String head = leftOut == 0 ? ""
                : Amounts.of(leftOut, "routine record") + " left out (--all shows them)";
        String text = lines.isEmpty() ? "no events in the journal" : events.lines(lines);
        return head.isEmpty() ? text : head + "\n" + text;
    }

    @Override
    public String event(EventLine line) {
        return events.line(line);
    }

    @Override
    public String lost(long records) {
        return "-- " + Amounts.of(records, "record") + " lost here: this output was read too slowly --";
    }

    @Override
    public String faults(List<FaultLine> faults, Instant when) {
        return new FaultText(layout, when).text(faults);
    }

    @Override
    public String replay(ReplayReport report) {
        List<String> out = new ArrayList<>();
        if (report.verified()) {
            out.add(verdict(report));
            disagreement(report, out);
        }
        report.notes().forEach(note -> out.add("note: " + note));
        if (!report.transitions().isEmpty()) {
            if (!out.isEmpty()) {
                out.add("");
            }
            out.add(events.lines(report.transitions()));
        } else if (out.isEmpty()) {
            out.add(Amounts.of(report.result().records(), "record") + ", no transitions");
        }
        return String.join("\n", out);
    }

    @Override
    public String rehearsal(RehearsalReport report) {
        return new RehearsalText(layout, report).text();
    }

    private static String verdict(ReplayReport report) {
        Result result = report.result();
        String counted = Amounts.of(result.records(), "record") + ", "
                + Amounts.of(report.transitions().size(), "transition") + ", "
                + HumanDuration.text(report.took()) + ": ";
        String by = " (written by " + result.writerBuildId() + ", replayed by " + report.replayedBy() + ")";
        Disagreement disagreement = report.disagreement();
        if (disagreement != null) {
            return counted + what(disagreement.subject()) + " disagrees at #" + disagreement.sequence() + by;
        }
        String unverified = result.unverified() == 0 ? ""
                : " but for " + Amounts.of(result.unverified(), "record") + " before the first snapshot";
        return counted + (!report.damaged() ? "every digest agrees" : "every digest that can be read agrees")
                + unverified + by;
    }

    private static String what(Subject subject) {
        return switch (subject) {
            case DIGEST -> "the digest";
            case SNAPSHOT -> "the snapshot";
            case DERIVED -> "a report";
            case SEQUENCE -> "the sequence";
            case KIND -> "the kind";
            case CORE -> "the core";
        };
    }

    private static void disagreement(ReplayReport report, List<String> out) {
        Disagreement disagreement = report.disagreement();
        if (disagreement != null) {
            out.add("    replay    " + disagreement.expected());
            out.add("    journal   " + disagreement.found());
            out.add("    after     #" + disagreement.inputSequence() + " " + report.disagreeingInput());
            out.add("    at        " + disagreement.position());
        }
    }
}
