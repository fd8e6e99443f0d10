package org.vrrpd.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
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
 * One client. All methods run on the event loop. Its requests are answered one after the other, no faster than its pace
 * allows and no faster than it reads the answers, so that one who only asks can fill neither our memory nor our time.
 */
final class ControlConnection extends SimpleChannelInboundHandler<ByteBuf> {

    /** What is written at once, so that it shows that a client reads a long answer. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ControlMethods methods;
    private final ControlLimits.Messages limits;
    private final Pacing pacing;
    private final Caller caller;
    private Future<?> idleTimer;
    private Follower follower;
    private final Deque<Request> waiting = new ArrayDeque<>(); // at most what came with one read
    private boolean answering;
    private boolean closing;
    private boolean ended;
    private int errors;

    /** How long one more request of this client is to wait, in nanoseconds. */
    @FunctionalInterface
    interface Pacing {
        long reserve(String method);
    }

    ControlConnection(ControlMethods methods, ControlLimits.Messages limits, Pacing pacing, Caller caller) {
        this.methods = methods;
        this.limits = limits;
        this.pacing = pacing;
        this.caller = caller;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        armIdleTimer(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
        if (!context.channel().isActive() || closing) {
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
            answering = true;
            Request request = waiting.remove();
            long delay = pacing.reserve(request.method());
            if (delay == 0) {
                answer(context, request);
            } else {
                context.executor().schedule(() -> answer(context, request), delay, TimeUnit.NANOSECONDS);
            }
        }
        readMore(context, !closing && waiting.isEmpty() && context.channel().isWritable());
        if (ended && !answering && waiting.isEmpty()) {
            closeWhenWritten(context);
        }
    }

    private void readMore(ChannelHandlerContext context, boolean more) {
        if (!ended) { // epoll watches a socket no longer whose input has ended: asking it again would close the channel
            context.channel().config().setAutoRead(more);
        }
    }

    private void answer(ChannelHandlerContext context, Request request) {
        if (closing) {
            return;
        }
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
                ? JsonRpc.error(request.id(), e)
                : JsonRpc.error(request.id(), ControlProtocol.INTERNAL_ERROR, cause.toString());
    }

    private void refuse(ChannelHandlerContext context, RpcException e) {
        errors++;
        if (errors >= limits.errors()) {
            closeWith(context, e.code(), e.getMessage() + " (closing after " + errors + " such messages)");
        } else {
            send(context, JsonRpc.error(null, e));
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

    private static void send(ChannelHandlerContext context, String message) {
        ByteBuf bytes = Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8);
        while (bytes.readableBytes() > CHUNK_BYTES) {
            context.write(bytes.readRetainedSlice(CHUNK_BYTES));
        }
        context.writeAndFlush(bytes);
    }

    private void closeWith(ChannelHandlerContext context, int code, String text) {
        send(context, JsonRpc.error(null, code, text));
        closeWhenWritten(context);
    }

    private void closeWhenWritten(ChannelHandlerContext context) {
        closing = true;
        waiting.clear();
        readMore(context, false);
        armIdleTimer(context); // in case it is never written, since it is never read
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void armIdleTimer(ChannelHandlerContext context) {
        if (idleTimer != null) {
            idleTimer.cancel(false);
        }
        idleTimer = context.executor().schedule(() -> {
            if (closing || follower == null && !answering) {
                context.close();
            }
        }, limits.idle().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == LineDeadline.Missed.LINE && !closing) {
            closeWith(context, ControlProtocol.INVALID_REQUEST, "Expected the end of a message within "
                    + limits.line().toMillis() / 1000.0 + " s from its beginning, but found none");
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            onEndOfInput(context);
        }
    }

    /** Scripts that send all they ask and close their side still get their answers; a follower is gone. */
    private void onEndOfInput(ChannelHandlerContext context) {
        ended = true;
        if (follower != null) {
            context.close();
        } else {
            answerNext(context);
        }
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
        closing = true;
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
        if (cause instanceof TooLongFrameException && !closing) {
            closeWith(context, ControlProtocol.MESSAGE_TOO_LONG,
                    "Expected a message of at most " + limits.bytes() + " bytes, but found more");
        } else {
            context.close();
        }
    }
}
