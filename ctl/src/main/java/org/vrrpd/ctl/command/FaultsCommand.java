package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.control.History;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "faults", description =
        "List the faults of the past and present: when each began and with what, how long it lasted, what cleared it.")
public final class FaultsCommand implements Verb {

    private static final int MOST_OFFLINE = 100_000;

    @Parameters(arity = "0..1", paramLabel = "INSTANCE", description = "Leave out the other instances.")
    private String instance;

    @Option(names = "--journal", paramLabel = "DIR", description = "Read this journal; needs no daemon.")
    private Path journal;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int run(Session session) throws IOException, RpcException, NoDaemonException, ProblemException {
        List<FaultLine> faults = new ArrayList<>();
        if (journal != null) {
            History.Faults found = Journals.read(
                    journal, path -> History.faults(path, MOST_OFFLINE, session.clock().instant()));
            found.damage().forEach(session::warn);
            found.lines().stream()
                    .filter(fault -> instance == null || fault.instance().equals(instance))
                    .forEach(faults::add);
        } else {
            JsonNode answer = session.ask(ControlProtocol.FAULTS,
                    JsonRpc.object().put("instance", instance), Session.LONG_PATIENCE);
            answer.path("damage").forEach(damage -> session.warn(damage.asText()));
            answer.path("faults").forEach(fault -> faults.add(FaultLine.read(fault)));
        }
        session.print(session.renderer(json).faults(faults, session.clock().instant()));
        return Exit.OK;
    }
}
