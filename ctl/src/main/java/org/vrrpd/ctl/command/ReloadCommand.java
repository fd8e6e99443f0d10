package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "reload", description = {
    "Have the daemon read its configuration again.",
    "With an error in it, the old one goes on; all problems are listed, and the exit status is 1.",
    "The answer ends with what became of the instances."})
public final class ReloadCommand implements Verb {

    @Option(names = "--dry-run", description = "Change nothing: print what would change, and what would become of it.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int run(Session session) throws RpcException, NoDaemonException {
        JsonNode answer = session.ask(
                ControlProtocol.RELOAD, JsonRpc.object().put("dryRun", dryRun), Session.LONG_PATIENCE);
        session.print(session.renderer(json).done(answer.path("text").asText()));
        return Exit.OK;
    }
}
