package org.vrrpd.daemon.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * In front of the decoder of lines: a line that was begun must be complete within a time, or memory could be held by
 * sending a byte now and then. The time in which we do not read is the client's none.
 */
final class LineDeadline extends ChannelInboundHandlerAdapter {

    /** Told to the handlers behind. */
    enum Missed { LINE }

    private static final byte END = '\n';

    private final Duration limit;
    private Future<?> timer;

    LineDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.isReadable()) {
            boolean begun = bytes.getByte(bytes.writerIndex() - 1) != END;
            boolean ended = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), END) >= 0;
            if (!begun || ended) {
                stop();
            }
            if (begun && timer == null) {
                start(context);
            }
        }
        context.fireChannelRead(message);
    }

    private void start(ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> {
            timer = null;
            if (context.channel().config().isAutoRead()) {
                context.fireUserEventTriggered(Missed.LINE);
            } else {
                start(context);
            }
        }, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }
}
