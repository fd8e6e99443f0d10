package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.ctl.client.ControlClient;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.ctl.render.Renderer;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.History;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "events", description = "Show what happened: events, and the transitions and faults they caused.")
public final class EventsCommand implements Verb {

    @Option(names = "--last", paramLabel = "N", defaultValue = "" + ControlProtocol.DEFAULT_LINES,
            description = "Show the last N lines (${DEFAULT-VALUE}).")
    private int last;

    @Option(names = {"-f", "--follow"}, description = "Go on with what comes.")
    private boolean follow;

    @Option(names = "--all", description = "Do not leave out routine records, such as deadlines that change nothing.")
    private boolean all;

    @Option(names = "--instance", paramLabel = "NAME", description = "Leave out the other instances.")
    private String instance;

    @Option(names = "--journal", paramLabel = "DIR", description = "Read this journal; needs no daemon.")
    private Path journal;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @Override
    public int run(Session session) throws IOException, RpcException, NoDaemonException, ProblemException {
        Renderer renderer = session.renderer(json);
        if (last < 0 || journal == null && last > ControlProtocol.MAX_LINES) {
            throw new ProblemException("expected --last of 0 to " + ControlProtocol.MAX_LINES + ", but found " + last
                    + (last < 0 ? "" : " (--journal DIR has no limit)"));
        }
        if (journal != null) {
            if (follow) {
                throw new ProblemException("expected either --journal or --follow, but found both");
            }
            History.Events history = Journals.read(journal, path -> History.lastEvents(
                    path, last, all, line -> concerns(line.instance())));
            history.damage().forEach(session::warn);
            session.print(renderer.events(history.lines(), history.leftOut()));
            return Exit.OK;
        }
        try (ControlClient client = session.connect()) {
            JsonNode answer = client.call(ControlProtocol.EVENTS, params(), Session.LONG_PATIENCE);
            answer.path("damage").forEach(damage -> session.warn(damage.asText()));
            List<EventLine> lines = new ArrayList<>();
            answer.path("events").forEach(line -> lines.add(EventLine.read(line)));
            boolean read = last == 0 || session.print(renderer.events(lines, answer.path("leftOut").asLong()));
            if (follow && read) {
                follow(client, session, renderer);
            }
        }
        return Exit.OK;
    }

    private boolean concerns(String name) {
        return instance == null || name.isEmpty() || name.equals(instance);
    }

    private ObjectNode params() {
        return JsonRpc.object()
                .put("last", last)
                .put("follow", follow)
                .put("all", all)
                .put("instance", instance);
    }

    private static void follow(ControlClient client, Session session, Renderer renderer)
            throws IOException, RpcException {
        while (true) {
            ObjectNode message = client.nextNotification();
            if (message == null) {
                session.warn("the daemon closed the connection");
                return;
            }
            JsonNode params = message.path("params");
            String text = switch (message.path("method").asText()) {
                case ControlProtocol.EVENT -> renderer.event(EventLine.read(params));
                case ControlProtocol.LOST -> renderer.lost(params.path("records").asLong());
                default -> "";
            };
            if (!session.print(text)) {
                return;
            }
        }
    }
}
