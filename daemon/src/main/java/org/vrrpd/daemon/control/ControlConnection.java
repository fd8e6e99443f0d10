package org.vrrpd.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.JsonRpc.Request;
import org.vrrpd.proto.control.RpcException;

/**
 * One client. All methods run on the event loop. Its requests are answered one after the other, and no faster than it
 * reads the answers, so that one who only asks cannot fill our memory.
 */
final class ControlConnection extends SimpleChannelInboundHandler<ByteBuf> {

    private final ControlMethods methods;
    private final ControlLimits limits;
    private final boolean admitted;
    private Caller caller;
    private Future<?> idleTimer;
    private Follower follower;
    private final Deque<Request> waiting = new ArrayDeque<>(); // at most what came with one read
    private boolean answering;
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
            closeWith(context, ControlProtocol.TOO_MANY_CONNECTIONS,
                    "Expected at most " + limits.connections() + " connections, but found one more");
            return;
        }
        PeerCredentials credentials = ((EpollDomainSocketChannel) context.channel()).peerCredentials();
        caller = new Caller(credentials.uid(), credentials.pid());
        armIdleTimer(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
        if (!context.channel().isActive() || caller == null) {
            return; // what was behind the line for which we are closing
        }
        armIdleTimer(context);
        try {
            waiting.add(JsonRpc.request(JsonRpc.parse(line.toString(StandardCharsets.UTF_8))));
            answerNext(context);
        } catch (RpcException e) {
            refuse(context, e);
        }
    }

    private void answerNext(ChannelHandlerContext context) {
        if (!answering && !waiting.isEmpty() && context.channel().isWritable()) {
            answer(context, waiting.remove());
        }
        readMoreIfIdle(context);
    }

    private void readMoreIfIdle(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(
                caller != null && waiting.isEmpty() && context.channel().isWritable());
    }

    private void answer(ChannelHandlerContext context, Request request) {
        answering = true;
        CompletableFuture<JsonNode> result;
        try {
            result = methods.call(request, caller, this, context.channel());
        } catch (RpcException e) {
            result = CompletableFuture.failedFuture(e);
        }
        result.whenComplete((value, problem) -> context.executor().execute(() -> {
            answering = false;
            armIdleTimer(context);
            if (request.id() != null) { // a notification is never answered
                send(context, problem == null
                        ? JsonRpc.result(request.id(), value)
                        : errorOf(request, problem));
            }
            if (follower != null) {
                follower.begin();
            }
            answerNext(context);
        }));
    }

    private static String errorOf(Request request, Throwable problem) {
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null
                ? problem.getCause() : problem;
        if (cause instanceof TimeoutException) {
            return JsonRpc.error(request.id(), ControlProtocol.INTERNAL_ERROR, "the daemon gave no answer in time");
        }
        return cause instanceof RpcException e
                ? JsonRpc.error(request.id(), e.code(), e.getMessage())
                : JsonRpc.error(request.id(), ControlProtocol.INTERNAL_ERROR, cause.toString());
    }

    private void refuse(ChannelHandlerContext context, RpcException e) {
        errors++;
        if (errors >= limits.errors()) {
            closeWith(context, e.code(), e.getMessage() + " (closing after " + errors + " such messages)");
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

    private static ChannelFuture send(ChannelHandlerContext context, String message) {
        return context.writeAndFlush(Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8));
    }

    private void closeWith(ChannelHandlerContext context, int code, String text) {
        caller = null;
        waiting.clear();
        context.channel().config().setAutoRead(false);
        send(context, JsonRpc.error(null, code, text)).addListener(ChannelFutureListener.CLOSE);
    }

    private void armIdleTimer(ChannelHandlerContext context) {
        if (idleTimer != null) {
            idleTimer.cancel(false);
        }
        idleTimer = context.executor().schedule(() -> {
            if (follower == null && !answering) {
                context.close();
            }
        }, limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        answerNext(context);
        if (follower != null && context.channel().isWritable()) {
            follower.pump();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        caller = null;
        waiting.clear();
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
            closeWith(context, ControlProtocol.MESSAGE_TOO_LONG,
                    "Expected a message of at most " + limits.requestBytes() + " bytes, but found more");
        } else {
            context.close();
        }
    }
}
