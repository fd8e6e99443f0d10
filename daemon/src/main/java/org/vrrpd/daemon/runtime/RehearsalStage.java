package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.vrrpd.daemon.input.AdvertisementReader;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.EventSink;
import org.vrrpd.daemon.input.NetlinkReader;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.linux.Epoll;
import org.vrrpd.daemon.linux.EventFd;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.NetlinkSocket;
import org.vrrpd.daemon.linux.PacketSocket;
import org.vrrpd.daemon.linux.TimerFd;
import org.vrrpd.daemon.linux.VrrpSockets;
import org.vrrpd.daemon.output.EffectExecutor;
import org.vrrpd.daemon.output.EffectResults;
import org.vrrpd.daemon.output.KernelRequests;
import org.vrrpd.daemon.output.LogWriter;
import org.vrrpd.daemon.output.Sysctls;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.replay.EventProcessor;

/**
 * What stands around the core in the daemon, with sockets and a ring of its own, for rehearsals. The system calls are
 * real, but name an interface that does not exist: the kernel refuses every frame (ENXIO) and every request (ENODEV),
 * and nobody hears of it. What could be refused less reliably, or has an effect without an interface, is not executed.
 */
final class RehearsalStage implements AutoCloseable {

    private static final int NETLINK_BUFFER_BYTES = 64 * 1024;
    private static final int UNANSWERED_READS = 4;

    private final Clocks clocks = new Clocks();
    private final Epoll epoll = new Epoll();
    private final EventFd commandsWaiting = new EventFd();
    private final TimerFd timer = new TimerFd();
    private final PacketSocket packets = new PacketSocket();
    private final NetlinkSocket netlink = new NetlinkSocket(NETLINK_BUFFER_BYTES, NetlinkReader.MARGIN, false);
    private final VrrpSockets sockets = new VrrpSockets(epoll, clocks);
    private final EffectResults results = new EffectResults();
    private final KernelRequests requests = new KernelRequests(netlink, results);
    private final EffectExecutor executor;
    private final NetlinkReader refusals = new NetlinkReader(netlink, clocks, new Ignored());
    private final JournalRing ring = JournalRing.inMemory(JournalRing.SMALLEST);
    private final RecordWriter writer = new RecordWriter(new RingLog(ring), 1);
    private final LogWriter log;
    private final Queue<Request> asked = new ArrayDeque<>();
    private final EventProcessor processor = new EventProcessor();
    private final byte[] nothing = processor.core().snapshot();
    private final Sequencer sequencer;
    /** A deadline that is always due and always moves. */
    private long earlier;
    private int socketIpv4;
    private int masters;
    private int gratuitousArps;

    /** An effect that something must come of. */
    record Request(EffectKind kind, long effectId, byte[] payload) {}

    /** What the real kernel says is not what the rehearsal is about. */
    private static final class Ignored implements EventSink {

        @Override
        public void advanceTo(long coreNanos) {
            // time is pretended, too
        }

        @Override
        public void accept(EventKind kind, ByteBuffer buffer, int recordOffset, int payloadLength) {
            // a refusal, as expected
        }
    }

    RehearsalStage(LogWriter log) throws NativeCallException {
        this.log = log;
        executor = new EffectExecutor(
                packets, requests, sockets, new Sysctls(), (kind, buffer, offset, length, id) -> { },
                (id, done, text) -> { }, log, results);
        sequencer = new Sequencer(writer, processor, this::execute, log::error);
    }

    /** A new core takes the place of the old one. */
    void begin() {
        processor.restore(nothing, 0);
        asked.clear();
    }

    void accept(EventKind kind, ByteBuffer record, int payloadLength, long nowNanos) {
        sequencer.advanceTo(nowNanos);
        sequencer.accept(kind, record, 0, payloadLength);
        settle();
        ring.drain((buffer, offset, length) -> { }, Integer.MAX_VALUE);
    }

    /** The oldest request that was not answered yet; null: there is none. */
    Request poll() {
        return asked.poll();
    }

    long nextDeadlineNanos() {
        return processor.core().nextDeadlineNanos();
    }

    int socketIpv4() {
        return socketIpv4;
    }

    int masters() {
        return masters;
    }

    int gratuitousArps() {
        return gratuitousArps;
    }

    private void execute(Effects effects, long sequence, long coreNanos) {
        boolean harmless = true;
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            look(effects, at);
            harmless &= isHarmless(effects.kind(at));
        }
        if (harmless) {
            executor.execute(effects, sequence, coreNanos);
        }
    }

    private static boolean isHarmless(EffectKind kind) {
        return switch (kind) {
            case SEND_ADVERTISEMENT, SEND_UNICAST_ADVERTISEMENT, SEND_GRATUITOUS_ARP, SEND_NEIGHBOR_ADVERTISEMENT,
                    ADD_ADDRESS, REMOVE_ADDRESS,
                    CLOSE_SOCKET, REPORT_TRANSITION, REPORT_FAULT, REPORT_NOTE, REPLY, END -> true;
            default -> false;
        };
    }

    private void look(Effects effects, int at) {
        EffectKind kind = effects.kind(at);
        ByteBuffer buffer = effects.buffer();
        int payload = effects.payloadOffset(at);
        if (kind == EffectKind.REPORT_TRANSITION && buffer.get(payload + 1) == RouterState.MASTER.ordinal()) {
            masters++;
        }
        if (kind == EffectKind.SEND_GRATUITOUS_ARP) {
            gratuitousArps++;
        }
        if (kind == EffectKind.OPEN_SOCKET && buffer.get(payload + 8) == Family.IPV4.number()
                && IpAddress.read(Family.IPV4, buffer, payload + 12).isMulticast()) {
            socketIpv4 = buffer.getInt(payload);
        }
        if (kind.isNetlinkRequest() || kind == EffectKind.OPEN_SOCKET || kind == EffectKind.WRITE_SYSCTL) {
            byte[] bytes = new byte[effects.payloadLength(at)];
            buffer.get(payload, bytes);
            asked.add(new Request(kind, effects.id(at), bytes));
        }
    }

    /** Takes the refusals away. */
    private void settle() {
        try {
            for (int i = 0; requests.unanswered() && i < UNANSWERED_READS; i++) {
                if (refusals.drain(Long.MAX_VALUE)) {
                    requests.answered();
                }
            }
        } catch (NativeCallException e) {
            requests.answered();
        }
        while (!results.isEmpty()) {
            results.take();
        }
        results.recycle();
    }

    /** Real wake-ups of a loop whose core has nothing to do: a command and a deadline each. Returns how many. */
    int wakeUps(int most, long untilNanos) throws NativeCallException {
        begin();
        CommandQueue commands = new CommandQueue(commandsWaiting);
        ViewRequests views = new ViewRequests(commandsWaiting, () -> processor.core().view());
        ProtocolLoop loop = new ProtocolLoop(new ProtocolLoop.Parts(
                epoll, timer, commandsWaiting, netlink, refusals, sockets,
                new AdvertisementReader(clocks, sequencer), commands, views, sequencer, writer, executor, results,
                requests, () -> --earlier, clocks, log::error));
        int wakeUps = 0;
        while (wakeUps < most && System.nanoTime() < untilNanos) {
            commands.submit(EventKind.NETLINK_RECEIVED, new byte[0]);
            loop.turn();
            ring.drain((buffer, offset, length) -> { }, Integer.MAX_VALUE);
            wakeUps++;
        }
        return wakeUps;
    }

    @Override
    public void close() {
        sockets.close();
        executor.close();
        netlink.close();
        packets.close();
        timer.close();
        commandsWaiting.close();
        epoll.close();
    }
}
