package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.replay.EventProcessor;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;

/**
 * Runs take-overs on a core of its own, against a pretended kernel and peer, so that the first real one does not run
 * interpreted code. Nothing of it leaves the process.
 */
public final class Warmup {

    private static final long SECOND = 1_000_000_000L;
    private static final long LIMIT_NANOS = 500_000_000L;
    private static final int TAKEOVERS = 200;
    private static final int ADVERTISEMENTS = 8;
    private static final int DEADLINES = 50;
    private static final int VRID = 51;
    private static final String INTERFACE = "warm0";
    private static final IpAddress OWN_IPV4 = IpAddress.parse("192.0.2.2");
    private static final IpAddress PEER_IPV4 = IpAddress.parse("192.0.2.3");
    private static final IpAddress GROUP_IPV4 = IpAddress.parse("224.0.0.18");
    private static final IpAddress OWN_IPV6 = IpAddress.parse("fe80::2");
    private static final IpAddress[] ADDRESSES = {IpAddress.parse("192.0.2.1")};
    private static final String CONFIGURATION = """
            vrrp_instance four {
                interface %1$s
                virtual_router_id %2$d
                version 3
                priority 100
                virtual_ipaddress { 192.0.2.1/24 }
            }
            vrrp_instance six {
                interface %1$s
                virtual_router_id %2$d
                version 3
                priority 100
                virtual_ipaddress { fe80::1/64 }
            }
            """.formatted(INTERFACE, VRID);

    private final EventProcessor processor = new EventProcessor();
    private final ByteBuffer record = ByteBuffer.allocateDirect(Event.HEADER_BYTES + Effects.MAX_PAYLOAD_BYTES);
    private final Queue<Request> requests = new ArrayDeque<>();
    private final PretendedKernel kernel = new PretendedKernel(INTERFACE, OWN_IPV4, OWN_IPV6, record);
    private final Event event = new Event();
    private int socketIpv4;
    private int masters;
    private long sequence;
    private long now = SECOND;

    /** An effect that something must come of. */
    private record Request(EffectKind kind, long effectId, byte[] payload) {}

    private Warmup() {}

    /**
     * On a thread of its own, after what has to be loaded before it can be used. What is returned completes when the
     * classes of a take-over are initialized: two threads that do so at the same time could wait for each other. The
     * rest goes on beside the protocol thread.
     */
    public static CompletableFuture<Void> start(Runnable before) {
        CompletableFuture<Void> initialized = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                before.run();
                run(() -> initialized.complete(null));
            } finally {
                initialized.complete(null); // a warm-up that fails is told, but is no reason not to start
            }
        }, "warm-up");
        thread.setDaemon(true);
        thread.start();
        return initialized;
    }

    /** Ends half a second after the first take-over at the latest. Returns how many there were. */
    public static int run(Runnable afterFirst) {
        return new Warmup().takeOvers(afterFirst);
    }

    private int takeOvers(Runnable afterFirst) {
        apply(EventKind.STARTED, Payloads.writeStarted(record, Event.HEADER_BYTES, "", "", 0));
        byte[] text = CONFIGURATION.getBytes(StandardCharsets.UTF_8);
        apply(EventKind.CONFIGURATION_LOADED, Payloads.writePart(record, Event.HEADER_BYTES, text, 0, text.length));
        long until = Long.MAX_VALUE;
        int takeOvers = 0;
        while (takeOvers < TAKEOVERS && System.nanoTime() < until) {
            if (!awaitMaster()) {
                break;
            }
            takeOvers++;
            for (int i = 0; i < ADVERTISEMENTS; i++) {
                now += SECOND;
                advertisement(200); // which takes the mastership away again
            }
            if (takeOvers == 1) {
                afterFirst.run();
                until = System.nanoTime() + LIMIT_NANOS;
            }
        }
        return takeOvers;
    }

    private boolean awaitMaster() {
        masters = 0;
        for (int i = 0; i < DEADLINES && masters < 1; i++) {
            long deadline = processor.core().nextDeadlineNanos();
            if (deadline == Long.MAX_VALUE) {
                return false;
            }
            now = Math.max(now, deadline);
            apply(EventKind.DEADLINE_REACHED, 0);
        }
        return masters > 0;
    }

    private void advertisement(int priority) {
        int frame = Event.HEADER_BYTES + AdvertisementReceived.PACKET - EthernetHeader.LENGTH;
        int length = AdvertisementEncoder.encodeIpv4(record, frame, 0, PEER_IPV4, GROUP_IPV4, 0, 3, VRID, priority,
                SECOND, ADDRESSES, true) - EthernetHeader.LENGTH;
        AdvertisementReceived.writeHead(
                record, Event.HEADER_BYTES, Family.IPV4, -1, PretendedKernel.INTERFACE, socketIpv4, now);
        apply(EventKind.ADVERTISEMENT_RECEIVED, AdvertisementReceived.PACKET + length);
    }

    /** Applies an event, and then those that its effects lead to. */
    private void apply(EventKind kind, int payloadLength) {
        applyOne(kind, payloadLength);
        for (Request next = requests.poll(); next != null; next = requests.poll()) {
            if (next.kind().isNetlinkRequest()) {
                applyOne(EventKind.NETLINK_RECEIVED, kernel.answer(next.kind(), next.effectId(), next.payload()));
            } else {
                applyOne(EventKind.EFFECT_SUCCEEDED,
                        Payloads.writeEffectSucceeded(record, Event.HEADER_BYTES, next.effectId(), "0"));
            }
        }
    }

    private void applyOne(EventKind kind, int payloadLength) {
        Event.writeHeader(record, 0, kind, payloadLength, ++sequence, now, now, processor.digest());
        Effects effects = processor.process(event.wrap(record, 0));
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            take(effects, at);
        }
    }

    private void take(Effects effects, int at) {
        EffectKind kind = effects.kind(at);
        ByteBuffer buffer = effects.buffer();
        int payload = effects.payloadOffset(at);
        if (kind == EffectKind.REPORT_TRANSITION && buffer.get(payload + 1) == RouterState.MASTER.ordinal()) {
            masters++;
        }
        if (kind == EffectKind.OPEN_SOCKET && buffer.get(payload + 8) == Family.IPV4.number()) {
            socketIpv4 = buffer.getInt(payload);
        }
        if (kind.isNetlinkRequest() || kind == EffectKind.OPEN_SOCKET || kind == EffectKind.WRITE_SYSCTL) {
            byte[] bytes = new byte[effects.payloadLength(at)];
            buffer.get(payload, bytes);
            requests.add(new Request(kind, effects.id(at), bytes));
        }
    }
}
