package org.vrrpd.daemon.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.vrrpd.daemon.control.Access.Role;
import org.vrrpd.daemon.control.UnixSockets.Peer;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;

/**
 * Listens on the control socket. One event-loop thread serves all clients; reading the journal for them happens on
 * workers. Nothing here may wait for the protocol thread, and no client can make another wait.
 *
 * <p>Binding replaces whatever is at the path, so the caller must hold the daemon's lock before {@link #start}. Threads
 * inherit the scheduling of their parent: call {@link #start} from a thread of normal priority.
 */
public final class ControlServer implements AutoCloseable {

    private static final int READERS = 2;
    private static final int ADMINS = 1;
    private static final int UNREAD_BYTES_LOW = 64 * 1024;
    private static final int UNREAD_BYTES_HIGH = 256 * 1024;
    /** What is read at once, which bounds how many requests of one client can wait. */
    private static final int READ_BYTES = 4 * 1024;
    private static final int BACKLOG = 64;

    private final SocketFile file;
    private final UnixSockets sockets;
    private final Access access;
    private final ControlMethods methods;
    private final ControlLimits limits;
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, threads("control"), EpollIoHandler.newFactory());
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, threads("control-worker"));
    private final ExecutorService admins = Executors.newFixedThreadPool(ADMINS, threads("control-admin"));
    private final Admission admission;
    private final UnreadBytes unread;
    private final Pace accepts;
    private final Pace requestsOfOthers;
    private final RareLog rareLog;
    private Channel server;
    private boolean closed;

    /** Where the answers come from, and where refusals go. */
    public record Sources(
            StatusSource status, CommandSink commands, EventSource events, DumpSource dumps, String build,
            Consumer<Refusal> refusals) {}

    public ControlServer(
            SocketFile file, Sources sources, UnixSockets sockets, Access access, ControlLimits limits,
            Consumer<String> log) {
        this.file = file;
        this.sockets = sockets;
        this.access = access;
        this.limits = limits;
        long now = System.nanoTime();
        int acceptedPerSecond = limits.connections().acceptedPerSecond();
        accepts = new Pace(acceptedPerSecond, Duration.ofSeconds(1), Math.max(1, acceptedPerSecond / 3), now);
        int perSecond = limits.rates().withoutRoot();
        requestsOfOthers = new Pace(perSecond, Duration.ofSeconds(1), Math.max(1, perSecond / 4), now);
        admission = new Admission(limits.connections());
        rareLog = new RareLog(log);
        unread = new UnreadBytes(limits.memory().unreadBytes(), rareLog::say);
        RefusalLog refusals = new RefusalLog(sources.refusals(), System::nanoTime,
                (task, delay) -> loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        methods = new ControlMethods(
                new ControlMethods.Sources(
                        sources.status(), sources.commands(), sources.events(), sources.dumps(), sources.build()),
                access, refusals, limits.memory(), readers, admins);
    }

    /** Binds; throws when it cannot, and may then be called again. Does nothing after {@link #close}. */
    public synchronized void start() throws IOException {
        if (closed) {
            return;
        }
        access.lookUp().join();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(new ChannelInitializer<EpollServerDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollServerDomainSocketChannel channel) throws IOException {
                        sockets.bindForNobody(channel.fd().intValue());
                    }
                })
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(UNREAD_BYTES_LOW, UNREAD_BYTES_HIGH))
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) throws IOException {
                        accept(channel);
                    }
                });
        try {
            server = bootstrap.option(ChannelOption.AUTO_READ, false)
                    .bind(new DomainSocketAddress(file.path().toString())).syncUninterruptibly().channel();
            file.open();
            server.config().setAutoRead(true);
            // Netty rethrows the IOException of bind() undeclared
        } catch (Exception e) {
            unbind();
            throw new IOException("Expected to listen on " + file.path() + ", but found: " + e.getMessage(), e);
        }
    }

    private void accept(EpollDomainSocketChannel channel) throws IOException {
        slowDown(channel);
        int fd = channel.fd().intValue();
        Peer peer = sockets.peer(fd);
        Caller caller = new Caller(peer, access, fd);
        Role role = caller.role();
        String tooMany = admission.admit(role, peer.uid());
        if (tooMany != null) {
            turnAway(channel, tooMany);
            return;
        }
        channel.closeFuture().addListener(end -> admission.release(role, peer.uid()));
        Pace own = new Pace(limits.rates().perConnection(), Duration.ofSeconds(1), limits.rates().burst(),
                System.nanoTime());
        channel.pipeline().addLast(
                unread.meter("uid " + peer.uidText() + ", pid " + peer.pid(), role == Role.ROOT),
                new LineDeadline(limits.messages().line()),
                new LineBasedFrameDecoder(limits.messages().bytes(), true, true),
                new ControlConnection(
                        methods, limits.messages(),
                        method -> reserve(own, role, limits.rates().weight(method)), caller));
    }

    private long reserve(Pace own, Role role, int weight) {
        long now = System.nanoTime();
        long wait = own.reserve(now, weight);
        return role == Role.ROOT ? wait : Math.max(wait, requestsOfOthers.reserve(now, weight));
    }

    /** Whoever connects again and again gets no more of the processor than that. */
    private void slowDown(EpollDomainSocketChannel channel) {
        long wait = accepts.reserve(System.nanoTime());
        if (wait > 0) {
            Channel listening = channel.parent();
            listening.config().setAutoRead(false);
            listening.eventLoop().schedule(
                    () -> listening.config().setAutoRead(true), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void turnAway(EpollDomainSocketChannel channel, String why) {
        rareLog.say(why);
        String message = JsonRpc.error(null, ControlProtocol.TOO_MANY_CONNECTIONS, why) + "\n";
        channel.config().setAutoRead(false);
        channel.eventLoop().execute(() -> channel.writeAndFlush(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE));
    }

    /** Clients now connected. */
    public int connections() {
        return admission.open();
    }

    /** Disconnects everybody and removes the socket. */
    @Override
    public synchronized void close() {
        closed = true;
        unbind();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        readers.shutdownNow();
        admins.shutdownNow();
    }

    private void unbind() {
        if (server == null) {
            return;
        }
        server.close().syncUninterruptibly();
        server = null;
        file.remove();
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
