package org.vrrpd.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelHandlerContext;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.vrrpd.daemon.control.CommandSink.Command;
import org.vrrpd.daemon.control.CommandSink.Reply;
import org.vrrpd.daemon.control.ControlConnection.Caller;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.JsonRpc.Request;
import org.vrrpd.proto.control.RpcException;
import org.vrrpd.proto.control.StatusJson;

/** The methods of the control socket, and who may call them. */
final class ControlMethods {

    private final StatusSource status;
    private final CommandSink commands;
    private final EventSource events;
    private final String build;
    private final ControlLimits limits;
    private final ExecutorService workers;
    private final StatusJson statusJson = new StatusJson(ZoneId.systemDefault());

    ControlMethods(
            StatusSource status, CommandSink commands, EventSource events, String build, ControlLimits limits,
            ExecutorService workers) {
        this.status = status;
        this.commands = commands;
        this.events = events;
        this.build = build;
        this.limits = limits;
        this.workers = workers;
    }

    CompletableFuture<JsonNode> call(
            Request request, Caller caller, ControlConnection connection, ChannelHandlerContext context)
            throws RpcException {
        return switch (request.method()) {
            case ControlProtocol.STATUS -> status.status().thenApply(statusJson::write);
            case ControlProtocol.VERSION -> CompletableFuture.completedFuture(
                    JsonRpc.object().put("build", build));
            case ControlProtocol.RELOAD -> reload(caller);
            default -> throw new RpcException(ControlProtocol.METHOD_NOT_FOUND,
                    "Expected status, reload, check, events, faults or version, but found " + request.method());
        };
    }

    private CompletableFuture<JsonNode> reload(Caller caller) throws RpcException {
        return commands.submit(new Command(ControlProtocol.RELOAD, "", caller.uid(), caller.pid()))
                .thenApply(ControlMethods::reply);
    }

    private static ObjectNode reply(Reply reply) {
        return JsonRpc.object().put("done", reply.done()).put("text", reply.text());
    }
}
