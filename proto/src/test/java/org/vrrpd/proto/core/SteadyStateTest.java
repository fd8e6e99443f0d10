package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.replay.EventProcessor;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/** The path of every advertisement, in and out, allocates nothing: the garbage collector has no part in a take-over. */
class SteadyStateTest {

    private static final int PAYLOADS = 512;
    private static final MessageAuthentication PASSWORD =
            MessageAuthentication.of(MessageAuthentication.TYPE_PASSWORD, "secret");

    private final Event event = new Event();
    private final ByteBuffer record = ByteBuffer.allocateDirect(Event.HEADER_BYTES + PAYLOADS);
    private long sequence = 1_000_000;
    private long now;
    private long applied;

    private static CoreFixture fixture(int instances, String... lines) {
        StringBuilder text = new StringBuilder("global_defs { vrrp_version 3 }\n");
        for (int i = 1; i <= instances; i++) {
            text.append(Configurations.instance("I" + i, "eth0", i, "192.0.2." + (100 + i) + "/24", lines));
        }
        return Configurations.running(text.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void receivingInBackup(int instances) {
        CoreFixture core = fixture(instances);
        now = core.now;
        byte[][] payloads = new byte[instances][];
        for (int i = 1; i <= instances; i++) {
            payloads[i - 1] = PeerRouter.of(3, i, "192.0.2.3", CoreFixture.SECOND, "192.0.2." + (100 + i))
                    .advertisement(200).payload(core.kernel.byName("eth0").index, 0, 0);
        }
        measure("received in BACKUP", instances, () -> {
            now += 100_000;
            for (byte[] payload : payloads) {
                apply(core.processor, EventKind.ADVERTISEMENT_RECEIVED, payload);
            }
        });
        assertEquals(RouterState.BACKUP, core.state("I1"));
        assertEquals(applied / instances, core.counter("I1", "advertisementsReceived"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void advertisingAsMaster(int instances) {
        CoreFixture core = fixture(instances, "advert_int 0.01");
        core.advance(60 * CoreFixture.SECOND);
        byte[] nothing = new byte[0];
        core.overrun(); // the next periodic reading of the kernel is a minute away: it is not on this path
        long before = core.counter("I1", "advertisementsSent");
        measure("sent as MASTER", instances, () -> {
            now = core.processor.core().routers().get(0).deadline();
            apply(core.processor, EventKind.DEADLINE_REACHED, nothing);
        });
        assertEquals(RouterState.MASTER, core.state("I1"));
        assertEquals(applied, core.counter("I1", "advertisementsSent") - before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void advertisingToThreePeers(int instances) {
        CoreFixture core = fixture(
                instances, "advert_int 0.01", "unicast_peer {\n192.0.2.3\n192.0.2.4\n192.0.2.5\n}");
        core.advance(60 * CoreFixture.SECOND);
        byte[] nothing = new byte[0];
        core.overrun();
        long before = core.counter("I1", "advertisementsSent");
        measure("sent to 3 peers", instances, () -> {
            now = core.processor.core().routers().get(0).deadline();
            apply(core.processor, EventKind.DEADLINE_REACHED, nothing);
        });
        assertEquals(applied, core.counter("I1", "advertisementsSent") - before);
    }

    @Test
    void receivingFromAPeer() {
        CoreFixture core = fixture(1, "unicast_peer {\n192.0.2.3 min_ttl 1\n192.0.2.4\n}");
        now = core.now;
        byte[] payload = PeerRouter.of(3, 1, "192.0.2.3", CoreFixture.SECOND, "192.0.2.101")
                .advertisementTo("192.0.2.2", 200).payload(core.kernel.byName("eth0").index, 0, 0);
        measure("received from a peer", 1, () -> {
            now += 100_000;
            apply(core.processor, EventKind.ADVERTISEMENT_RECEIVED, payload);
        });
        assertEquals(applied, core.counter("I1", "advertisementsReceived"));
    }

    @Test
    void withAPassword() {
        CoreFixture core = Configurations.running(Configurations.version2(
                "authentication {\nauth_type PASS\nauth_pass secret\n}"));
        now = core.now;
        byte[] payload = PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10")
                .advertisementTo("224.0.0.18", 200, PASSWORD, 0)
                .payload(core.kernel.byName("eth0").index, 0, 0);
        measure("received with a password", 1, () -> {
            now += 100_000;
            apply(core.processor, EventKind.ADVERTISEMENT_RECEIVED, payload);
        });
        assertEquals(applied, core.counter("V2", "advertisementsReceived"));
    }

    private void measure(String what, int instances, Runnable work) {
        long bytes = AllocationMeter.bytesAllocatedBy(work);
        long events = applied;
        long start = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            work.run();
        }
        System.out.println(what + ", " + instances + " instances: "
                + (System.nanoTime() - start) / (applied - events) + " ns an event");
        assertEquals(0, bytes, "bytes allocated");
    }

    private void apply(EventProcessor processor, EventKind kind, byte[] payload) {
        record.put(Event.HEADER_BYTES, payload);
        Event.writeHeader(record, 0, kind, payload.length, ++sequence, now, now, processor.digest());
        record.putLong(Event.HEADER_BYTES + 16, now);
        processor.process(event.wrap(record, 0));
        assertTrue(processor.core().nextDeadlineNanos() > 0);
        applied++;
    }
}
