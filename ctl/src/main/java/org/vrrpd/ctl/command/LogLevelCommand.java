package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import org.vrrpd.proto.effect.LogLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "log-level", description = {
    "Print what the daemon's log shows, or set it until the daemon ends.",
    "With debug it shows every event, as events --all does."})
public final class LogLevelCommand implements Verb {

    @Parameters(arity = "0..1", paramLabel = "LEVEL",
            description = LogLevel.WORDS + ". Without: print the present one.")
    private String level;

    @Override
    public int run(Session session) throws RpcException, NoDaemonException {
        ObjectNode params = level == null ? JsonRpc.object() : JsonRpc.object().put("level", level);
        JsonNode answer = session.ask(ControlProtocol.LOG_LEVEL, params, Session.PATIENCE);
        session.print(answer.path("text").asText());
        return Exit.OK;
    }
}
