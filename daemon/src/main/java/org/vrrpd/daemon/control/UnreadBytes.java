package org.vrrpd.daemon.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What all clients together have not read. When it grows beyond its limit, those are disconnected that have read
 * nothing for the longest time, and never root: who reads is not the one who fills the memory. On the event loop.
 */
final class UnreadBytes {

    private final long limit;
    private final Consumer<String> log;
    private final Set<Meter> meters = new LinkedHashSet<>();
    private long total;

    /** @param log is told of each client that is disconnected */
    UnreadBytes(long limit, Consumer<String> log) {
        this.limit = limit;
        this.log = log;
    }

    /** For the front of a connection's pipeline, where everything passes that is written to it. */
    Meter meter(String client, boolean root) {
        return new Meter(client, root);
    }

    long total() {
        return total;
    }

    private void enforce() {
        if (total <= limit) {
            return;
        }
        List<Meter> candidates = new ArrayList<>(meters);
        candidates.removeIf(meter -> meter.root || meter.bytes == 0 || meter.context == null);
        candidates.sort(Comparator.comparingLong(meter -> meter.progress - System.nanoTime()));
        long left = total;
        for (Meter meter : candidates) {
            if (left <= limit) {
                return;
            }
            left -= meter.bytes;
            log.accept("disconnecting " + meter.client + ", which left " + meter.bytes + " bytes unread");
            meter.context.close();
        }
    }

    /** One connection's part. */
    final class Meter extends ChannelOutboundHandlerAdapter {

        private final String client;
        private final boolean root;
        private ChannelHandlerContext context;
        private long bytes;
        private long progress = System.nanoTime();

        private Meter(String client, boolean root) {
            this.client = client;
            this.root = root;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
            meters.add(this);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext removed) {
            meters.remove(this);
        }

        @Override
        public void write(ChannelHandlerContext ignored, Object message, ChannelPromise promise) {
            int length = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            if (bytes == 0) {
                progress = System.nanoTime();
            }
            bytes += length;
            total += length;
            context.write(message, promise.unvoid().addListener(written -> {
                bytes -= length;
                total -= length;
                progress = System.nanoTime();
            }));
            enforce();
        }
    }
}
