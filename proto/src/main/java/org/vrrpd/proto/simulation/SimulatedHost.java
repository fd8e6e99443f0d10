package org.vrrpd.proto.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.replay.EventProcessor;

/**
 * A host that runs the daemon: a real core, driven by real event bytes through the one path that production and replay
 * use, over a {@link ModelKernel} and {@link ModelWorkers} that carry out what it asks. Its time is {@link #now} and
 * stands still between events; whoever moves the world moves it.
 */
@SuppressWarnings("this-escape") // kernel and workers call back when something happens, not before
public class SimulatedHost {

    private static final int LARGEST_PAYLOAD = 64 * 1024;
    private static final int MOST_EVENTS_AT_ONCE = 20_000;
    private static final int ENXIO = 6;
    private static final int ENOENT = 2;
    private static final int ENETDOWN = 100;

    /** One event that waits to be applied. */
    private record Waiting(EventKind kind, byte[] payload) {}

    /** Is told what happens, such as to write a transcript of it. */
    public interface Watcher {
        void onEvent(Event event);

        void onEffect(Effects effects, int at);

        /** The event was applied; none of its effects is executed yet. */
        default void onApplied(Event event) { }
    }

    public EventProcessor processor = new EventProcessor();
    public final ModelKernel kernel = new ModelKernel(this::told);
    public final ModelWorkers workers = new ModelWorkers(this::happened, () -> this.now);
    private final List<Watcher> watchers = new ArrayList<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Event event = new Event();
    private final ByteBuffer record = ByteBuffer.allocate(Event.HEADER_BYTES + LARGEST_PAYLOAD);
    /** By id: what each hears. */
    private final TreeMap<Integer, Heard> openSockets = new TreeMap<>();
    private long sequence;

    /** Core time, in nanoseconds. */
    public long now;
    /** How far the wall clock is from the core's time; the core must not care. */
    public long wallOffset;
    public boolean ended;
    /** No daemon runs: nobody hears what happens. */
    private boolean deaf;

    /** Frames and packets that were sent leave through this, such as to another host. */
    public Consumer<Recorded> wire = frame -> { };
    /** Not 0: OPEN_SOCKET fails with it. */
    public int socketErrno;
    /** Not 0: every frame fails with it. */
    public int sendErrno;
    /** Not 0: SET_FIREWALL fails with it. */
    public int firewallErrno;
    /** The script of the packet filter that is in force. */
    public String firewall = "";
    /** Not 0: OPEN_FIFO fails with it. */
    public int fifoErrno;
    /** Not 0: WRITE_FIFO fails with it, as for a full pipe that nobody reads. */
    public int lineErrno;
    /** Events wait until somebody lets go and pumps. */
    public boolean held;
    /** Netlink datagrams that wait together are read as one. */
    boolean joining;
    final ReceiveBuffers buffers = new ReceiveBuffers();
    /** What the kernel tells, and how effects ended that answer for themselves. */
    final LateQueue netlink = new LateQueue();
    final LateQueue answers = new LateQueue();

    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    // events

    /** The daemon is gone as by kill -9: what it knew is lost, what it made of the kernel stays. */
    public void killed() {
        processor = new EventProcessor();
        waiting.clear();
        buffers.read();
        openSockets.clear();
        workers.forget();
        netlink.clear();
        answers.clear();
        kernel.askerGone();
        deaf = true;
    }

    private void told(byte[] datagram) {
        netlink.pass(() -> {
            if (buffers.takeNetlink()) {
                happened(EventKind.NETLINK_RECEIVED, datagram);
            }
        });
    }

    /** Whether something keeps the daemon from seeing and doing what it should. */
    boolean isHindered() {
        return sendErrno != 0 || socketErrno != 0 || firewallErrno != 0 || kernel.isRefusing() || kernel.dropping
                || kernel.requested.isLate() || netlink.isLate() || answers.isLate();
    }

    /** Whoever moves the clock arranges what comes late. */
    void arrangeWith(BiConsumer<Long, Runnable> later) {
        netlink.later = later;
        answers.later = later;
        kernel.requested.later = later;
        workers.later = later;
    }

    /** Whether a daemon runs, or did not end yet. */
    public boolean isAlive() {
        return !deaf && !ended;
    }

    /** The daemon starts. */
    public void daemonStarted(String build, String boot) {
        deaf = false;
        ended = false;
        byte[] payload = new byte[256];
        int length = Payloads.writeStarted(ByteBuffer.wrap(payload), 0, build, boot, 1);
        happened(EventKind.STARTED, Arrays.copyOf(payload, length));
    }

    /** @param canonicalText in the parts in which the daemon hands it over */
    public void configurationLoaded(String canonicalText) {
        byte[] whole = canonicalText.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from == 0 || from < whole.length; from += Payloads.PART_BYTES) {
            int length = Math.min(Payloads.PART_BYTES, whole.length - from);
            byte[] payload = new byte[Payloads.PART_HEADER_BYTES + length];
            Payloads.writePart(ByteBuffer.wrap(payload), 0, whole, from, length);
            happened(EventKind.CONFIGURATION_LOADED, payload);
        }
    }

    /** What the daemon tells of a file with problems: nothing of it comes into force. */
    public void configurationRefused(String problems) {
        byte[] text = problems.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[10 + text.length];
        Payloads.writeNumberAndText(ByteBuffer.wrap(payload), 0, 1, problems);
        happened(EventKind.CONFIGURATION_REFUSED, payload);
    }

    /** An advertisement arrives now on the socket that hears it, and waits; none open: nobody hears it. */
    public void arrived(WirePacket packet, ModelKernel.Link link) {
        arrived(packet, link, now);
    }

    /** @param receivedNanos core time at which the kernel took it, which can be long before it is read */
    void arrived(WirePacket packet, ModelKernel.Link link, long receivedNanos) {
        Integer socket = socketFor(link.index, packet);
        if (socket != null && buffers.takePacket(socket)) {
            happened(EventKind.ADVERTISEMENT_RECEIVED, packet.payload(link.index, socket, receivedNanos));
        }
    }

    public boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * What a socket hears. Groups are not told apart: whoever hears one, hears all.
     *
     * @param address null: of a group
     */
    private record Heard(int interfaceIndex, int protocol, Family family, IpAddress address) {

        static Heard of(int interfaceIndex, int protocol, IpAddress address) {
            return new Heard(interfaceIndex, protocol, address.family(), address.isMulticast() ? null : address);
        }

        @Override
        public String toString() {
            return interfaceIndex + " " + protocol + " " + family + " " + (address == null ? "group" : address);
        }
    }

    private Integer socketFor(int index, WirePacket packet) {
        Heard wanted = Heard.of(index, packet.protocol(), packet.destination());
        for (Map.Entry<Integer, Heard> open : openSockets.entrySet()) {
            if (open.getValue().equals(wanted)) {
                return open.getKey();
            }
        }
        return null;
    }

    /** What the open sockets hear, in the order of their ids: interface index, protocol, family, address. */
    public List<String> sockets() {
        return openSockets.values().stream().map(Heard::toString).toList();
    }

    public void happened(EventKind kind, byte[] payload) {
        if (!deaf) {
            waiting.add(new Waiting(kind, payload));
        }
    }

    /**
     * What waits, in the order in which the daemon takes it when it wakes up: the kernel's messages, then
     * advertisements, then all else. What a start begins with comes before everything.
     */
    void orderWaiting() {
        if (buffers.read()) { // the socket's error comes before what waits in it
            waiting.addFirst(new Waiting(EventKind.NETLINK_OVERRUN, new byte[0]));
        }
        if (waiting.size() < 2) {
            return;
        }
        boolean begins = waiting.stream().anyMatch(each -> each.kind == EventKind.STARTED);
        List<Waiting> ordered = new ArrayList<>(waiting);
        ordered.sort(Comparator.comparingInt(each -> switch (each.kind) {
            case NETLINK_RECEIVED, NETLINK_OVERRUN -> 1;
            case ADVERTISEMENT_RECEIVED -> 2;
            default -> begins ? 0 : 3;
        }));
        waiting.clear();
        if (joining) {
            join(ordered);
        } else {
            waiting.addAll(ordered);
        }
    }

    private void join(List<Waiting> ordered) {
        byte[] joined = new byte[0];
        for (Waiting each : ordered) {
            boolean joins = each.kind == EventKind.NETLINK_RECEIVED
                    && joined.length + each.payload.length <= LARGEST_PAYLOAD;
            if (!joins && joined.length > 0) {
                waiting.add(new Waiting(EventKind.NETLINK_RECEIVED, joined));
                joined = new byte[0];
            }
            if (each.kind == EventKind.NETLINK_RECEIVED) {
                int length = joined.length;
                joined = Arrays.copyOf(joined, length + each.payload.length);
                System.arraycopy(each.payload, 0, joined, length, each.payload.length);
            } else {
                waiting.add(each);
            }
        }
        if (joined.length > 0) {
            waiting.add(new Waiting(EventKind.NETLINK_RECEIVED, joined));
        }
    }

    /** Of all effects so far. */
    public long digest() {
        return processor.digest();
    }

    /** Applies everything that waits, and what follows from it. */
    public void applyWaiting() {
        int applied = 0;
        while (!held && !waiting.isEmpty()) {
            Waiting next = waiting.poll();
            apply(next.kind, next.payload);
            if (++applied > MOST_EVENTS_AT_ONCE) {
                throw new IllegalStateException("Expected quiet, but core and kernel answer each other for ever");
            }
        }
    }

    /** All netlink datagrams that wait arrive as one. */
    public void applyJoined() {
        int length = waiting.stream().mapToInt(each -> each.payload.length).sum();
        ByteBuffer joined = ByteBuffer.allocate(length);
        while (!waiting.isEmpty()) {
            joined.put(waiting.poll().payload);
        }
        held = false;
        happened(EventKind.NETLINK_RECEIVED, joined.array());
        applyWaiting();
    }

    public void apply(EventKind kind, byte[] payload) {
        record.put(Event.HEADER_BYTES, payload);
        sequence++;
        Event.writeHeader(record, 0, kind, payload.length, sequence, now, now + wallOffset, processor.digest());
        event.wrap(record, 0);
        watchers.forEach(each -> each.onEvent(event));
        Effects out = processor.process(event);
        List<Recorded> effects = new ArrayList<>();
        for (int at = 0; at < out.end(); at = out.next(at)) {
            effects.add(Recorded.of(now, out, at));
            for (Watcher watcher : watchers) {
                watcher.onEffect(out, at);
            }
        }
        watchers.forEach(each -> each.onApplied(event));
        effects.forEach(this::execute);
    }

    // effects

    /** What the daemon's hands do. */
    protected void execute(Recorded effect) {
        if (effect.kind().isNetlinkRequest()) {
            kernel.execute(effect.buffer(), 0, effect.payload().length);
        } else if (effect.kind().isFrame() || effect.is(EffectKind.SEND_UNICAST_ADVERTISEMENT)) {
            send(effect);
        } else if (!workers.execute(effect)) {
            executeOther(effect);
        }
    }

    private void send(Recorded effect) {
        ModelKernel.Link link = kernel.links.get(effect.interfaceIndex());
        if (sendErrno != 0 || link == null || !link.up) { // without carrier it is taken, and dropped in silence
            failed(effect.id(), sendErrno != 0 ? sendErrno : link == null ? ENXIO : ENETDOWN, "sendmmsg");
        } else {
            wire.accept(effect);
        }
    }

    private void executeOther(Recorded effect) {
        switch (effect.kind()) {
            case OPEN_SOCKET -> openSocket(effect);
            case CLOSE_SOCKET -> openSockets.remove(effect.buffer().getInt(0));
            case WRITE_SYSCTL -> writeSysctl(effect);
            case SET_FIREWALL -> answerFirewall(effect);
            case OPEN_FIFO -> {
                if (fifoErrno == 0) {
                    succeeded(effect.id(), "");
                } else {
                    failed(effect.id(), fifoErrno, "mkfifo");
                }
            }
            case WRITE_FIFO -> {
                if (lineErrno != 0) {
                    failed(effect.id(), lineErrno, "write");
                }
            }
            case END -> ended = true;
            default -> { } // reports and replies, which nobody waits for here
        }
    }

    private void openSocket(Recorded effect) {
        int index = effect.buffer().getInt(4);
        if (socketErrno != 0 || kernel.links.get(index) == null) {
            failed(effect.id(), socketErrno != 0 ? socketErrno : Errno.ENODEV, "setsockopt");
        } else {
            Family family = Family.ofNumber(effect.buffer().get(8));
            openSockets.put(effect.buffer().getInt(0), Heard.of(
                    index, effect.buffer().get(9) & 255, IpAddress.read(family, effect.buffer(), 12)));
            succeeded(effect.id(), "");
        }
    }

    private void writeSysctl(Recorded effect) {
        String path = Payloads.readText(effect.buffer(), 0);
        String value = Payloads.readText(effect.buffer(), Payloads.skipText(effect.buffer(), 0));
        String former = kernel.writeSysctl(path, value);
        if (former == null) {
            failed(effect.id(), ENOENT, "open");
        } else {
            succeeded(effect.id(), former);
        }
    }

    private void answerFirewall(Recorded effect) {
        if (firewallErrno != 0) {
            failed(effect.id(), firewallErrno, "nft");
        } else {
            firewall = Payloads.readText(effect.buffer(), 0);
            succeeded(effect.id(), "");
        }
    }

    public void succeeded(long effectId, String detail) {
        byte[] payload = new byte[10 + detail.length()];
        Payloads.writeEffectSucceeded(ByteBuffer.wrap(payload), 0, effectId, detail);
        answers.pass(() -> happened(EventKind.EFFECT_SUCCEEDED, payload));
    }

    private void failed(long effectId, int errno, String call) {
        byte[] payload = new byte[14 + call.length()];
        Payloads.writeEffectFailed(ByteBuffer.wrap(payload), 0, effectId, errno, call);
        answers.pass(() -> happened(EventKind.EFFECT_FAILED, payload));
    }
}
