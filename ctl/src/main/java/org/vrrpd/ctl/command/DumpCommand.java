package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "dump", description = {
    "Print what a signal writes to a file, in keepalived's layout:",
    "data (SIGUSR1), stats (SIGUSR2) or json (signal 36)."})
public final class DumpCommand implements Verb {

    @Parameters(arity = "0..1", paramLabel = "data|stats|json", defaultValue = "data",
            description = "What to print (${DEFAULT-VALUE}).")
    private String what;

    @Option(names = "--clear", description = "With stats: then set all counters to zero (signal 63).")
    private boolean clear;

    @Override
    public int run(Session session) throws RpcException, NoDaemonException, ProblemException {
        if (clear && !what.equals("stats")) {
            throw new ProblemException("Expected stats before --clear, but found " + what);
        }
        ObjectNode params = clear ? JsonRpc.object() : JsonRpc.object().put("what", what);
        JsonNode answer = session.ask(
                clear ? ControlProtocol.CLEAR_STATISTICS : ControlProtocol.DUMP, params, Session.PATIENCE);
        session.print(answer.path("text").asText().stripTrailing());
        return Exit.OK;
    }
}
