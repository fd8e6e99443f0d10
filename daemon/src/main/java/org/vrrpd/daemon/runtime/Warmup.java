package org.vrrpd.daemon.runtime;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vrrpd.daemon.input.Signals;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.output.LogWriter;
import org.vrrpd.daemon.output.StreamOutput;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;

/**
 * Rehearses take-overs and stops on a core of its own, against a pretended kernel and peer, so that the first real one
 * does not load classes or run interpreted code. Nothing of it leaves the process: see {@link RehearsalStage}.
 */
public final class Warmup {

    private static final long SECOND = 1_000_000_000L;
    private static final long LIMIT_NANOS = 500_000_000L;
    private static final long PATIENCE_MILLIS = 2000;
    private static final int TAKEOVERS = 200;
    /** Between two stops. */
    private static final int TAKEOVERS_EACH = 20;
    private static final int ADVERTISEMENTS = 8;
    private static final int DEADLINES = 50;
    private static final int VRID = 51;
    private static final String INTERFACE = "warm0";
    private static final IpAddress OWN_IPV4 = IpAddress.parse("192.0.2.2");
    private static final IpAddress PEER_IPV4 = IpAddress.parse("192.0.2.3");
    private static final IpAddress GROUP_IPV4 = IpAddress.parse("224.0.0.18");
    private static final IpAddress OWN_IPV6 = IpAddress.parse("fe80::2");
    private static final IpAddress[] ADDRESSES = {IpAddress.parse("192.0.2.1")};
    /** Not by a format, which loads the locales of the world before the configuration is read. */
    private static final String CONFIGURATION = """
            vrrp_instance four {
                interface warm0
                virtual_router_id 51
                version 3
                priority 100
                virtual_ipaddress { 192.0.2.1/24 }
            }
            vrrp_instance six {
                interface warm0
                virtual_router_id 51
                version 3
                priority 100
                virtual_ipaddress { fe80::1/64 }
            }
            vrrp_instance peers {
                interface warm0
                virtual_router_id 1
                version 3
                priority 100
                unicast_peer { 192.0.2.3 }
                virtual_ipaddress { 192.0.2.4/24 }
            }
            """;

    private final ByteBuffer record = ByteBuffer.allocateDirect(Event.HEADER_BYTES + Effects.MAX_PAYLOAD_BYTES);
    private final PretendedKernel kernel = new PretendedKernel(INTERFACE, OWN_IPV4, OWN_IPV6, record);
    private final LogWriter log = new LogWriter(
            new StreamOutput(new PrintStream(OutputStream.nullOutputStream()), false), LogLevel.INFO);
    private final RehearsalStage stage;
    private long now = SECOND;

    /** How often what was rehearsed. */
    public record Rehearsed(int takeOvers, int gratuitousArps, int stops, int wakeUps) {}

    private Warmup() throws NativeCallException {
        stage = new RehearsalStage(log);
    }

    /**
     * A warm-up on a thread of its own.
     *
     * @param initialized completes when the classes of a take-over are initialized: two threads that do so at the same
     *     time could wait for each other
     * @param proceed completed by the daemon when its first states are known; the rest waits for that, since it would
     *     take the processor from them, and then goes on beside the protocol thread
     */
    public record Running(CompletableFuture<Void> initialized, CompletableFuture<Void> proceed) {

        private void rehearse(Runnable before) {
            try {
                before.run();
                run(this::firstDone);
            } finally {
                initialized.complete(null); // a warm-up that fails is told, but is no reason not to start
            }
        }

        private void firstDone() {
            initialized.complete(null);
            try {
                proceed.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                return; // a rehearsal beside a start that is late is better than none
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @param before loads what has to be loaded before it can be used */
    public static Running start(Runnable before) {
        Running running = new Running(new CompletableFuture<>(), new CompletableFuture<>());
        Thread thread = new Thread(() -> running.rehearse(before), "warm-up");
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    /**
     * Ends half a second after the first take-over and stop at the latest. Without the permissions that the daemon
     * needs nothing is rehearsed: it will say so itself.
     */
    public static Rehearsed run(Runnable afterFirst) {
        try {
            return new Warmup().rehearse(afterFirst);
        } catch (NativeCallException e) {
            return new Rehearsed(0, 0, 0, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Rehearsed(0, 0, 0, 0);
        }
    }

    private Rehearsed rehearse(Runnable afterFirst) throws NativeCallException, InterruptedException {
        try {
            begin();
            int takeOvers = takeOvers(System.nanoTime());
            stop();
            int stops = 1;
            afterFirst.run();
            long until = System.nanoTime() + LIMIT_NANOS;
            int wakeUps = stage.wakeUps(TAKEOVERS, until);
            Signals.rehearse();
            while (takeOvers < TAKEOVERS && System.nanoTime() < until) {
                begin();
                takeOvers += takeOvers(until);
                stop();
                stops++;
            }
            return new Rehearsed(takeOvers, stage.gratuitousArps(), stops, wakeUps);
        } finally {
            stage.close();
            log.finish();
        }
    }

    /** A new core, with the configuration. */
    private void begin() {
        stage.begin();
        apply(EventKind.STARTED, Payloads.writeStarted(record, Event.HEADER_BYTES, "", "", 0));
        byte[] text = CONFIGURATION.getBytes(StandardCharsets.UTF_8);
        apply(EventKind.CONFIGURATION_LOADED, Payloads.writePart(record, Event.HEADER_BYTES, text, 0, text.length));
    }

    private void stop() {
        awaitMaster();
        apply(EventKind.STOP_REQUESTED, 0);
    }

    /** At least one, and others until the time has come. */
    private int takeOvers(long until) {
        int takeOvers = 0;
        do {
            if (!awaitMaster()) {
                break;
            }
            takeOvers++;
            for (int i = 0; i < ADVERTISEMENTS; i++) {
                now += SECOND;
                advertisement(200); // which takes the mastership away again
            }
        } while (takeOvers < TAKEOVERS_EACH && System.nanoTime() < until);
        return takeOvers;
    }

    private boolean awaitMaster() {
        int before = stage.masters();
        for (int i = 0; i < DEADLINES && stage.masters() == before; i++) {
            long deadline = stage.nextDeadlineNanos();
            if (deadline == Long.MAX_VALUE) {
                return false;
            }
            now = Math.max(now, deadline);
            apply(EventKind.DEADLINE_REACHED, 0);
        }
        return stage.masters() > before;
    }

    private void advertisement(int priority) {
        int frame = Event.HEADER_BYTES + AdvertisementReceived.PACKET - EthernetHeader.LENGTH;
        int length = AdvertisementEncoder.encodeIpv4(record, frame, 0, PEER_IPV4, GROUP_IPV4, 0, 3, VRID, priority,
                SECOND, ADDRESSES, true) - EthernetHeader.LENGTH;
        AdvertisementReceived.writeHead(
                record, Event.HEADER_BYTES, Family.IPV4, -1, PretendedKernel.INTERFACE, stage.socketIpv4(), now);
        apply(EventKind.ADVERTISEMENT_RECEIVED, AdvertisementReceived.PACKET + length);
    }

    /** Applies an event, and then those that its effects lead to. */
    private void apply(EventKind kind, int payloadLength) {
        stage.accept(kind, record, payloadLength, now);
        for (RehearsalStage.Request next = stage.poll(); next != null; next = stage.poll()) {
            if (next.kind().isNetlinkRequest()) {
                int length = kernel.answer(next.kind(), next.effectId(), next.payload());
                stage.accept(EventKind.NETLINK_RECEIVED, record, length, now);
            } else {
                int length = Payloads.writeEffectSucceeded(record, Event.HEADER_BYTES, next.effectId(), "0");
                stage.accept(EventKind.EFFECT_SUCCEEDED, record, length, now);
            }
        }
    }
}
