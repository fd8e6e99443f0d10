package org.vrrpd.ctl.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.vrrpd.proto.config.Problem;
import org.vrrpd.proto.config.Severity;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.control.StatusJson;
import org.vrrpd.proto.replay.Replay.Disagreement;
import org.vrrpd.proto.replay.Replay.Result;

/** JSON for programs: one object, but for events, which are one object a line. The names are in docs/CONTROL.md. */
public final class JsonRenderer implements Renderer {

    private final ZoneId zone;

    public JsonRenderer(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String status(Status status, String only) {
        return new StatusJson(zone).write(only == null ? status : status.only(only)).toPrettyString();
    }

    @Override
    public String done(String text) {
        return JsonRpc.object().put("done", true).put("text", text).toPrettyString();
    }

    @Override
    public String problems(Path file, List<Problem> problems) {
        ObjectNode out = JsonRpc.object()
                .put("file", file.toString())
                .put("ok", problems.stream().noneMatch(p -> p.severity() == Severity.ERROR));
        ArrayNode list = out.putArray("problems");
        problems.forEach(problem -> list.addObject()
                .put("severity", problem.severity().text())
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("message", problem.message()));
        return out.toPrettyString();
    }

    @Override
    public String events(List<EventLine> lines, long leftOut) {
        StringBuilder out = new StringBuilder();
        for (EventLine line : lines) {
            out.append(out.length() == 0 ? "" : "\n").append(event(line));
        }
        return out.toString();
    }

    @Override
    public String event(EventLine line) {
        return line.json(zone).toString();
    }

    @Override
    public String lost(long records) {
        return JsonRpc.object().put("lost", records).toString();
    }

    @Override
    public String faults(List<FaultLine> faults, Instant now) {
        ObjectNode out = JsonRpc.object();
        ArrayNode list = out.putArray("faults");
        faults.forEach(fault -> list.add(fault.json(zone)));
        return out.toPrettyString();
    }

    @Override
    public String replay(ReplayReport report) {
        Result result = report.result();
        ObjectNode out = JsonRpc.object()
                .put("journal", report.journal().toString())
                .put("agrees", report.disagreement() == null && result.agrees())
                .put("records", result.records())
                .put("inputs", result.inputs())
                .put("missing", result.missing())
                .put("unverified", result.unverified())
                .put("firstSequence", result.firstSequence())
                .put("lastSequence", result.lastSequence())
                .put("tookMs", report.took().toMillis())
                .put("writtenBy", result.writerBuildId())
                .put("replayedBy", report.replayedBy());
        ArrayNode transitions = out.putArray("transitions");
        report.transitions().forEach(line -> transitions.add(line.json(zone)));
        Disagreement disagreement = report.disagreement();
        if (disagreement != null) {
            out.putObject("disagreement")
                    .put("subject", disagreement.subject().name())
                    .put("sequence", disagreement.sequence())
                    .put("inputSequence", disagreement.inputSequence())
                    .put("input", report.disagreeingInput())
                    .put("position", disagreement.position())
                    .put("expected", disagreement.expected())
                    .put("found", disagreement.found());
        }
        ArrayNode notes = out.putArray("notes");
        report.notes().forEach(notes::add);
        return out.toPrettyString();
    }

    @Override
    public String rehearsal(RehearsalReport report) {
        return RehearsalJson.write(report).toPrettyString();
    }
}
