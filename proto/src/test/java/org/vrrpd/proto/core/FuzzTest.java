package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.replay.EventProcessor;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.SimulatedHost;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/** Nothing that can arrive makes the core throw: not truncated, not random, not damaged payloads of any kind. */
class FuzzTest {

    private static final int EVENTS = 100_000;
    private static final MessageAuthentication SIGNED =
            MessageAuthentication.of(MessageAuthentication.TYPE_HEADER, "secret");

    private final Event event = new Event();
    private long sequence = 1_000_000;
    private long now = 10_000 * CoreFixture.SECOND;

    @Test
    void randomPayloads() {
        long seed = Long.getLong("fuzz.seed", 42);
        Random random = new Random(seed);
        EventProcessor processor = running();
        for (int i = 0; i < EVENTS; i++) {
            byte[] payload = new byte[random.nextInt(random.nextInt(20) == 0 ? 200 : 40)];
            random.nextBytes(payload);
            if (random.nextBoolean()) {
                makePlausible(payload, random);
            }
            EventKind kind = EventKind.values()[random.nextInt(EventKind.values().length)];
            if (kind == EventKind.STOP_REQUESTED && random.nextInt(200) != 0) {
                continue;
            }
            apply(processor, kind, payload, seed);
            if (kind == EventKind.STOP_REQUESTED) {
                processor = running();
            }
        }
    }

    /** Small numbers in front reach further than random ones. */
    private static void makePlausible(byte[] payload, Random random) {
        for (int i = 0; i < Math.min(payload.length, 16); i++) {
            payload[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(32) : 0);
        }
    }

    @Test
    void realPayloadsCutAndDamaged() {
        long seed = Long.getLong("fuzz.seed", 43);
        Random random = new Random(seed);
        java.util.List<Object[]> corpus = corpus();
        EventProcessor processor = running();
        for (int i = 0; i < EVENTS; i++) {
            Object[] real = corpus.get(random.nextInt(corpus.size()));
            byte[] payload = ((byte[]) real[1]).clone();
            for (int n = random.nextInt(4); n > 0 && payload.length > 0; n--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            payload = random.nextInt(3) == 0 ? Arrays.copyOf(payload, random.nextInt(payload.length + 1)) : payload;
            apply(processor, (EventKind) real[0], payload, seed);
            if (i % 10_000 == 0) {
                VrrpCore.restore(processor.core().snapshot());
            }
        }
    }

    /** Events of a run in which much happens; not STOP_REQUESTED. */
    private static java.util.List<Object[]> corpus() {
        java.util.List<Object[]> corpus = new java.util.ArrayList<>();
        CoreFixture core = new CoreFixture();
        core.watch(new SimulatedHost.Watcher() {
            @Override
            public void onEvent(Event each) {
                byte[] payload = new byte[each.payloadLength()];
                each.buffer().get(each.payloadOffset(), payload);
                corpus.add(new Object[] {each.kind(), payload});
            }

            @Override
            public void onEffect(org.vrrpd.proto.effect.Effects effects, int at) { }
        });
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.started().configured(Configurations.dualStack("use_vmac", "track_interface { eth1 weight 5 }")
                + unicastAndSigned());
        core.advance(4 * CoreFixture.SECOND);
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(50), eth0);
        core.received(PeerRouter.of(3, 51, "fe80::3", CoreFixture.SECOND, "fe80::10").advertisement(200), eth0);
        core.received(PeerRouter.of(3, 52, "192.0.2.3", CoreFixture.SECOND, "192.0.2.20")
                .advertisementTo("192.0.2.2", 50), eth0);
        core.received(PeerRouter.of(2, 53, "192.0.2.3", CoreFixture.SECOND, "192.0.2.30")
                .advertisementTo("224.0.0.18", 50, SIGNED, 100), eth0);
        core.kernel.setCarrier(eth0, false);
        core.kernel.setCarrier(eth0, true);
        core.kernel.linkRemoved(eth0);
        core.pump().overrun().refused("no").asked(7, "reload").clientRefused(1000, 42, 3, "reload", "no");
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.advance(CoreFixture.SECOND);
        return corpus;
    }

    private static EventProcessor running() {
        return Configurations.running(Configurations.dualStack("use_vmac") + unicastAndSigned()).processor;
    }

    private static String unicastAndSigned() {
        return Configurations.instance("U", "eth0", 52, "192.0.2.20/24", "unicast_peer {\n192.0.2.3 max_ttl 255\n}")
                + Configurations.instance("S", "eth0", 53, "192.0.2.30/24", "version 2",
                        "authentication {\nauth_type AH\nauth_pass secret\n}");
    }

    /** The payload ends where the buffer ends, so that one byte too many throws. */
    private void apply(EventProcessor processor, EventKind kind, byte[] payload, long seed) {
        ByteBuffer buffer = ByteBuffer.allocate(Event.HEADER_BYTES + payload.length);
        buffer.put(Event.HEADER_BYTES, payload);
        now += 1_000;
        Event.writeHeader(buffer, 0, kind, payload.length, ++sequence, now, now, processor.digest());
        try {
            processor.process(event.wrap(buffer, 0));
        } catch (RuntimeException e) {
            fail("Expected no exception, but found one for seed " + seed + ", " + kind + " "
                    + java.util.HexFormat.of().formatHex(payload), e);
        }
    }
}
