package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.replay.EventProcessor;

/**
 * A real core, driven by real event bytes through the one path that production and replay use, over a
 * {@link ModelKernel} that carries out what it asks. Time is virtual and moves only by {@link #advance}, which lets
 * DEADLINE_REACHED come exactly when it is due. After every event {@link CoreInvariants} are checked.
 */
public final class CoreFixture {

    public static final long MILLISECOND = 1_000_000L;
    public static final long SECOND = 1_000_000_000L;
    private static final int LARGEST_PAYLOAD = 64 * 1024;
    private static final int MOST_EVENTS_AT_ONCE = 20_000;

    /** One event that waits to be applied. */
    private record Waiting(EventKind kind, byte[] payload) {}

    /** Is told what happens, such as to write a transcript of it. */
    public interface Watcher {
        void onEvent(Event event);

        void onEffect(Effects effects, int at);
    }

    public final EventProcessor processor = new EventProcessor();
    public final ModelKernel kernel = new ModelKernel(datagram -> happened(EventKind.NETLINK_RECEIVED, datagram));
    public final ModelWorkers workers = new ModelWorkers(this::happened, () -> this.now);
    public final List<Recorded> effects = new ArrayList<>();
    private final CoreInvariants invariants = new CoreInvariants();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Event event = new Event();
    private final ByteBuffer record = ByteBuffer.allocate(Event.HEADER_BYTES + LARGEST_PAYLOAD);
    /** By id: what each hears, as {@link #heardBy} writes it. */
    private final java.util.TreeMap<Integer, String> openSockets = new java.util.TreeMap<>();
    private Watcher watcher;

    /** How far the wall clock is from the core's time; the core must not care. */
    public long wallOffset;

    public long now = 1_000 * SECOND;
    private long sequence;
    public boolean ended;

    /** Frames that were sent leave through this, such as to another fixture. */
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
    /** Events wait until the test pumps. */
    public boolean held;

    public void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    // events

    public CoreFixture started() {
        byte[] payload = new byte[64];
        int length = Payloads.writeStarted(ByteBuffer.wrap(payload), 0, "test", "boot", 1);
        happened(EventKind.STARTED, Arrays.copyOf(payload, length));
        return pump();
    }

    /** As the daemon does: checked and printed canonically first. */
    public CoreFixture configured(String text) {
        LoadResult result = ConfigurationParser.parse(text, "test.conf", "host");
        if (result.hasErrors()) {
            throw new AssertionError("Expected a configuration without errors, but found " + result.problems());
        }
        return loaded(ConfigurationPrinter.print(result.configuration()));
    }

    public CoreFixture loaded(String canonicalText) {
        byte[] whole = canonicalText.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from == 0 || from < whole.length; from += Payloads.PART_BYTES) {
            int length = Math.min(Payloads.PART_BYTES, whole.length - from);
            byte[] payload = new byte[Payloads.PART_HEADER_BYTES + length];
            Payloads.writePart(ByteBuffer.wrap(payload), 0, whole, from, length);
            happened(EventKind.CONFIGURATION_LOADED, payload);
        }
        return pump();
    }

    public CoreFixture refused(String problems) {
        byte[] payload = new byte[10 + problems.length()];
        Payloads.writeNumberAndText(ByteBuffer.wrap(payload), 0, 1, problems);
        happened(EventKind.CONFIGURATION_REFUSED, payload);
        return pump();
    }

    public CoreFixture asked(long requestId, String verb) {
        return asked(requestId, verb, "");
    }

    public CoreFixture asked(long requestId, String verb, String argument) {
        byte[] payload = new byte[20 + verb.length() + argument.length()];
        Payloads.writeControlRequested(ByteBuffer.wrap(payload), 0, requestId, 0, 1, verb, argument);
        happened(EventKind.CONTROL_REQUESTED, payload);
        return pump();
    }

    /** The daemon turned down a client and, before, more whom it did not record. */
    public CoreFixture clientRefused(int uid, int pid, long unrecorded, String verb, String why) {
        byte[] payload = new byte[20 + verb.length() + why.length()];
        Payloads.writeControlRefused(ByteBuffer.wrap(payload), 0, uid, pid, unrecorded, verb, why);
        happened(EventKind.CONTROL_REFUSED, payload);
        return pump();
    }

    public CoreFixture stopped() {
        happened(EventKind.STOP_REQUESTED, new byte[10]);
        return pump();
    }

    public CoreFixture overrun() {
        kernel.dropping = false;
        happened(EventKind.NETLINK_OVERRUN, new byte[0]);
        return pump();
    }

    /** An advertisement arrives now on the socket of its family there; none open: nobody hears it. */
    public CoreFixture received(PeerRouter.Packet packet, ModelKernel.Link link) {
        receivedLater(packet, link);
        return pump();
    }

    /** The same, but it waits until somebody pumps. */
    public void receivedLater(PeerRouter.Packet packet, ModelKernel.Link link) {
        Integer socket = socketFor(link.index, packet);
        if (socket != null) {
            happened(EventKind.ADVERTISEMENT_RECEIVED, packet.payload(link.index, socket, now));
        }
    }

    public boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Groups are not told apart: no test has two. */
    private static String heardBy(int index, int protocol, IpAddress address) {
        return index + " " + protocol + " " + address.family() + " "
                + (address.isMulticast() ? "group" : address.toString());
    }

    private Integer socketFor(int index, PeerRouter.Packet packet) {
        String wanted = heardBy(index, packet.protocol(), packet.destination());
        for (var open : openSockets.entrySet()) {
            if (open.getValue().equals(wanted)) {
                return open.getKey();
            }
        }
        return null;
    }

    /** What the open sockets hear, in the order of their ids: interface index, protocol, family, address. */
    public List<String> sockets() {
        return List.copyOf(openSockets.values());
    }

    public void happened(EventKind kind, byte[] payload) {
        waiting.add(new Waiting(kind, payload));
    }

    /** Applies everything that waits, and what follows from it. */
    public long digest() {
        return processor.digest();
    }

    public CoreFixture pump() {
        int applied = 0;
        while (!held && !waiting.isEmpty()) {
            Waiting next = waiting.poll();
            apply(next.kind, next.payload);
            if (++applied > MOST_EVENTS_AT_ONCE) {
                throw new AssertionError("Expected quiet, but the core and the kernel answer each other for ever");
            }
        }
        return this;
    }

    /** All netlink datagrams that wait arrive as one. */
    public CoreFixture pumpJoined() {
        int length = waiting.stream().mapToInt(each -> each.payload.length).sum();
        ByteBuffer joined = ByteBuffer.allocate(length);
        while (!waiting.isEmpty()) {
            joined.put(waiting.poll().payload);
        }
        held = false;
        happened(EventKind.NETLINK_RECEIVED, joined.array());
        return pump();
    }

    public void apply(EventKind kind, byte[] payload) {
        record.put(Event.HEADER_BYTES, payload);
        sequence++;
        Event.writeHeader(record, 0, kind, payload.length, sequence, now, now + wallOffset, processor.digest());
        event.wrap(record, 0);
        if (watcher != null) {
            watcher.onEvent(event);
        }
        Effects out = processor.process(event);
        int first = effects.size();
        for (int at = 0; at < out.end(); at = out.next(at)) {
            effects.add(Recorded.of(now, out, at));
            if (watcher != null) {
                watcher.onEffect(out, at);
            }
        }
        invariants.check(event, processor, now);
        List.copyOf(effects.subList(first, effects.size())).forEach(this::execute);
    }

    // effects

    private void execute(Recorded effect) {
        requireSource(effect);
        if (effect.kind().isNetlinkRequest()) {
            kernel.execute(effect.buffer(), 0, effect.payload().length);
        } else if (effect.kind().isFrame() || effect.is(EffectKind.SEND_UNICAST_ADVERTISEMENT)) {
            if (sendErrno != 0 || kernel.links.get(effect.interfaceIndex()) == null) {
                failed(effect.id(), sendErrno != 0 ? sendErrno : 6, "sendmmsg");
            } else {
                wire.accept(effect);
            }
        } else if (workers.execute(effect)) {
            return;
        } else if (effect.is(EffectKind.OPEN_SOCKET)) {
            openSocket(effect);
        } else if (effect.is(EffectKind.CLOSE_SOCKET)) {
            openSockets.remove(effect.buffer().getInt(0));
        } else if (effect.is(EffectKind.WRITE_SYSCTL)) {
            writeSysctl(effect);
        } else if (effect.is(EffectKind.SET_FIREWALL)) {
            answerFirewall(effect);
        } else if (effect.is(EffectKind.OPEN_FIFO) && fifoErrno == 0) {
            succeeded(effect.id(), "");
        } else if (effect.is(EffectKind.OPEN_FIFO)) {
            failed(effect.id(), fifoErrno, "mkfifo");
        } else if (effect.is(EffectKind.WRITE_FIFO) && lineErrno != 0) {
            failed(effect.id(), lineErrno, "write");
        } else if (effect.is(EffectKind.END)) {
            ended = true;
        }
    }

    /** An advertisement from an address that the interface does not have is the one thing that must never be. */
    private void requireSource(Recorded effect) {
        boolean advertisement = effect.is(EffectKind.SEND_ADVERTISEMENT)
                || effect.is(EffectKind.SEND_UNICAST_ADVERTISEMENT);
        ModelKernel.Link link = advertisement ? kernel.links.get(effect.interfaceIndex()) : null;
        boolean told = waiting.isEmpty() && !kernel.dropping;
        if (link != null && told && link.find(effect.packet().source()) == null) {
            throw new AssertionError("Expected a source on " + link.name + ", but found " + effect.packet().source());
        }
    }

    private void openSocket(Recorded effect) {
        int index = effect.buffer().getInt(4);
        if (socketErrno != 0 || kernel.links.get(index) == null) {
            failed(effect.id(), socketErrno != 0 ? socketErrno : Errno.ENODEV, "setsockopt");
        } else {
            Family family = Family.ofNumber(effect.buffer().get(8));
            openSockets.put(effect.buffer().getInt(0), heardBy(
                    index, effect.buffer().get(9) & 255, IpAddress.read(family, effect.buffer(), 12)));
            succeeded(effect.id(), "");
        }
    }

    private void writeSysctl(Recorded effect) {
        String path = Payloads.readText(effect.buffer(), 0);
        String value = Payloads.readText(effect.buffer(), Payloads.skipText(effect.buffer(), 0));
        String former = kernel.writeSysctl(path, value);
        if (former == null) {
            failed(effect.id(), 2, "open");
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
        happened(EventKind.EFFECT_SUCCEEDED, payload);
    }

    private void failed(long effectId, int errno, String call) {
        byte[] payload = new byte[14 + call.length()];
        Payloads.writeEffectFailed(ByteBuffer.wrap(payload), 0, effectId, errno, call);
        happened(EventKind.EFFECT_FAILED, payload);
    }

    // time

    /** Lets time pass, deadline by deadline. */
    public CoreFixture advance(long nanos) {
        return advanceTo(now + nanos);
    }

    public CoreFixture advanceTo(long to) {
        pump();
        while (processor.core().nextDeadlineNanos() <= to) {
            now = Math.max(now, processor.core().nextDeadlineNanos());
            apply(EventKind.DEADLINE_REACHED, new byte[0]);
            pump();
        }
        now = to;
        return this;
    }

    /** The process does not run for a while: its deadlines pass unnoticed. */
    public CoreFixture slept(long nanos) {
        now += nanos;
        return this;
    }

    // what the core shows

    public CoreView.InstanceView instance(String name) {
        return processor.core().view().instances().stream().filter(each -> each.name().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError("Expected an instance " + name));
    }

    public RouterState state(String name) {
        return instance(name).state();
    }

    public long counter(String instance, String name) {
        return instance(instance).counters().stream().filter(each -> each.name().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError("Expected a counter " + name)).value();
    }

    public List<FaultReason> faults(String instance) {
        return instance(instance).faults().stream().map(CoreView.FaultView::reason).toList();
    }

    // what the core did, since the last forget()

    public CoreFixture forget() {
        effects.clear();
        return this;
    }

    public List<Recorded> all(EffectKind kind) {
        return effects.stream().filter(each -> each.is(kind)).toList();
    }

    public List<Recorded> advertisements() {
        return all(EffectKind.SEND_ADVERTISEMENT);
    }

    public List<Recorded> unicasts() {
        return all(EffectKind.SEND_UNICAST_ADVERTISEMENT);
    }

    /** GARPs and neighbour advertisements. */
    public List<Recorded> announcements() {
        return effects.stream().filter(each -> each.is(EffectKind.SEND_GRATUITOUS_ARP)
                || each.is(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT)).toList();
    }

    /** Such as "BACKUP MASTER", of one instance. */
    public String states(String instance) {
        return String.join(" ", all(EffectKind.REPORT_TRANSITION).stream().map(Recorded::transition)
                .filter(each -> each.instance().equals(instance)).map(each -> each.to().name()).toList());
    }

    public List<NoteKind> notes() {
        return all(EffectKind.REPORT_NOTE).stream().map(each -> each.note().kind()).toList();
    }

    public long count(NoteKind kind) {
        return notes().stream().filter(each -> each == kind).count();
    }

    /** The faults that were reported, such as "+NO_CARRIER -NO_CARRIER". */
    public String faultReports(String instance) {
        return String.join(" ", all(EffectKind.REPORT_FAULT).stream().map(Recorded::fault)
                .filter(each -> each.instance().equals(instance))
                .map(each -> (each.began() ? "+" : "-") + each.reason().name()).toList());
    }
}
