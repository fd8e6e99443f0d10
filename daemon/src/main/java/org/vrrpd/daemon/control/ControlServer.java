package org.vrrpd.daemon.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens on the control socket. One event-loop thread serves all clients; reading the journal for them happens on two
 * workers. Nothing here may wait for the protocol thread, and no client can make another wait.
 *
 * <p>Binding replaces whatever is at the path, so the caller must hold the daemon's lock before {@link #start}. Threads
 * inherit the scheduling of their parent: call {@link #start} from a thread of normal priority.
 */
public final class ControlServer implements AutoCloseable {

    private static final String SOCKET_MODE = "rw-rw----";
    private static final int WORKERS = 2;
    private static final int UNREAD_BYTES_LOW = 64 * 1024;
    private static final int UNREAD_BYTES_HIGH = 256 * 1024;

    private final Path socket;
    private final ControlMethods methods;
    private final ControlLimits limits;
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, threads("control"), EpollIoHandler.newFactory());
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, threads("control-worker"));
    private final AtomicInteger connections = new AtomicInteger();
    private Channel server;
    private boolean closed;

    public ControlServer(
            Path socket, StatusSource status, CommandSink commands, EventSource events, DumpSource dumps,
            String build, ControlLimits limits) {
        this.socket = socket;
        this.limits = limits;
        this.methods = new ControlMethods(status, commands, events, dumps, build, limits, workers);
    }

    /** Binds with mode 0660; throws when it cannot, and may then be called again. Does nothing after {@link #close}. */
    public synchronized void start() throws IOException {
        if (closed) {
            return;
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(UNREAD_BYTES_LOW, UNREAD_BYTES_HIGH))
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        accept(channel);
                    }
                });
        try {
            // between bind and chmod the umask alone protects the socket, so nobody is accepted until both are done
            server = bootstrap.option(ChannelOption.AUTO_READ, false)
                    .bind(new DomainSocketAddress(socket.toString())).syncUninterruptibly().channel();
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(SOCKET_MODE));
            server.config().setAutoRead(true);
            // Netty rethrows the IOException of bind() undeclared
        } catch (Exception e) {
            unbind();
            throw new IOException("Expected to listen on " + socket + ", but found: " + e.getMessage(), e);
        }
    }

    private void accept(DomainSocketChannel channel) {
        boolean admitted = connections.incrementAndGet() <= limits.connections();
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        channel.pipeline().addLast(
                new LineBasedFrameDecoder(limits.requestBytes(), true, true),
                new ControlConnection(methods, limits, admitted));
    }

    /** Clients now connected. */
    public int connections() {
        return connections.get();
    }

    /** Disconnects everybody and removes the socket. */
    @Override
    public synchronized void close() {
        closed = true;
        unbind();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        workers.shutdownNow();
    }

    private void unbind() {
        if (server == null) {
            return;
        }
        server.close().syncUninterruptibly();
        server = null;
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            return; // the directory is gone or read-only: nothing of ours is left to remove
        }
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
