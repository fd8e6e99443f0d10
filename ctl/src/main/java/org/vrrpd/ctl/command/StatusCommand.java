package org.vrrpd.ctl.command;

import java.io.IOException;
import java.util.stream.Collectors;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.control.StatusJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = {
    "Show the state of all instances, and what is wrong with them.",
    "Exit status: 0 all healthy, 2 a fault holds, 3 no daemon answers."})
public final class StatusCommand implements Verb {

    @Parameters(arity = "0..1", paramLabel = "INSTANCE", description = "Show this one in detail.")
    private String instance;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public int run(Session session) throws IOException, RpcException, NoDaemonException, ProblemException {
        Status status = StatusJson.read(session.ask(ControlProtocol.STATUS, JsonRpc.object(), Session.PATIENCE));
        if (instance != null && status.only(instance).instances().isEmpty()) {
            throw new ProblemException("no instance is named " + instance + ": there "
                    + (status.instances().isEmpty() ? "are none" : "is " + status.instances().stream()
                            .map(Status.Instance::name).collect(Collectors.joining(", "))));
        }
        session.print(session.renderer(json).status(status, instance));
        return (instance == null ? status : status.only(instance)).healthy() ? Exit.OK : Exit.FAULT;
    }
}
