package org.vrrpd.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.JsonRpc.Request;
import org.vrrpd.proto.control.RpcException;

/**
 * One client. All methods run on the event loop. Input is read no faster than the client reads its answers, so that one
 * who only asks cannot fill our memory.
 */
final class ControlConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private final ControlMethods methods;
    private final ControlLimits limits;
    private final boolean admitted;
    private Caller caller;
    private Future<?> idleTimer;
    private Follower follower;
    private int pending;
    private int errors;

    /** @param uid told by the kernel */
    record Caller(int uid, int pid) {}

    ControlConnection(ControlMethods methods, ControlLimits limits, boolean admitted) {
        this.methods = methods;
        this.limits = limits;
        this.admitted = admitted;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws IOException {
        if (!admitted) {
            closeWith(context, null, ControlProtocol.TOO_MANY_CONNECTIONS,
                    "Expected at most " + limits.connections() + " connections, but found one more");
            return;
        }
        PeerCredentials credentials = ((DomainSocketChannel) context.channel()).config() == null
                ? null : ((io.netty.channel.epoll.EpollDomainSocketChannel) context.channel()).peerCredentials();
        caller = new Caller(credentials.uid(), credentials.pid());
        armIdleTimer(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
        if (!context.channel().isActive() || caller == null) {
            return; // what was behind the line for which we are closing
        }
        armIdleTimer(context);
        Request request = null;
        try {
            request = JsonRpc.request(JsonRpc.parse(line.toString(StandardCharsets.UTF_8)));
        } catch (RpcException e) {
            refuse(context, e);
            return;
        }
        answer(context, request);
    }

    private void answer(ChannelHandlerContext context, Request request) {
        pending++;
        CompletableFuture<JsonNode> result;
        try {
            result = methods.call(request, caller, this, context);
        } catch (RpcException e) {
            result = CompletableFuture.failedFuture(e);
        }
        result.whenComplete((value, problem) -> context.executor().execute(() -> {
            pending--;
            armIdleTimer(context);
            if (request.id() == null) {
                return; // a notification is never answered
            }
            send(context, problem == null
                    ? JsonRpc.result(request.id(), value)
                    : errorOf(request, problem));
            if (follower != null) {
                follower.begin();
            }
        }));
    }

    private static String errorOf(Request request, Throwable problem) {
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null
                ? problem.getCause() : problem;
        return cause instanceof RpcException e
                ? JsonRpc.error(request.id(), e.code(), e.getMessage())
                : JsonRpc.error(request.id(), ControlProtocol.INTERNAL_ERROR, cause.toString());
    }

    private void refuse(ChannelHandlerContext context, RpcException e) {
        errors++;
        if (errors >= limits.errors()) {
            closeWith(context, null, e.code(), e.getMessage() + " (closing after " + errors + " such messages)");
        } else {
            send(context, JsonRpc.error(null, e.code(), e.getMessage()));
        }
    }

    /** Called on the event loop; at most one follower a connection. */
    boolean follow(Follower newFollower) {
        if (follower != null) {
            return false;
        }
        follower = newFollower;
        return true;
    }

    static void send(ChannelHandlerContext context, String message) {
        context.writeAndFlush(Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8));
    }

    private void closeWith(ChannelHandlerContext context, JsonNode id, int code, String text) {
        caller = null;
        context.channel().config().setAutoRead(false);
        context.writeAndFlush(Unpooled.copiedBuffer(
                        JsonRpc.error(id, code, text) + "\n", StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void armIdleTimer(ChannelHandlerContext context) {
        if (idleTimer != null) {
            idleTimer.cancel(false);
        }
        idleTimer = context.executor().schedule(() -> {
            if (follower == null && pending == 0) {
                context.close();
            }
        }, limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        if (follower != null && context.channel().isWritable()) {
            follower.pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (idleTimer != null) {
            idleTimer.cancel(false);
        }
        if (follower != null) {
            follower.end();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException && caller != null) {
            closeWith(context, null, ControlProtocol.MESSAGE_TOO_LONG,
                    "Expected a message of at most " + limits.messageBytes() + " bytes, but found more");
        } else {
            context.close();
        }
    }
}
