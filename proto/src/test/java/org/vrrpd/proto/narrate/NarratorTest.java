package org.vrrpd.proto.narrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.arp.GratuitousArp;

class NarratorTest {

    private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
    private final Narrator narrator = new Narrator(index -> index == 3 ? "eth0" : "");

    private Event event(EventKind kind, int length) {
        Event.writeHeader(bytes, 0, kind, length, 7, 8, 9, 10);
        return new Event().wrap(bytes, 0);
    }

    private static final Transition TRANSITION = new Transition(
            "XN_VI_ipv4", RouterState.MASTER, RouterState.FAULT, 88_213, Cause.CARRIER_LOST, "eno1", "");

    @Test
    void aTransitionNamesItsCause() {
        assertEquals("XN_VI_ipv4: MASTER -> FAULT, because of #88213 link eno1 lost carrier",
                narrator.event(event(EventKind.TRANSITION, TRANSITION.write(bytes, Event.HEADER_BYTES))));
    }

    @Test
    void theLogKeepsTheLinesThatScrapersLookFor() {
        assertEquals(List.of(
                "(XN_VI_ipv4) MASTER -> FAULT, because of #88213 link eno1 lost carrier",
                "(XN_VI_ipv4) Entering FAULT STATE"),
                LogLines.of(TRANSITION, 88_213).stream().map(LogEntry::message).toList());
        assertEquals("(VI) Entering BACKUP STATE (init)", LogLines.of(new Transition(
                "VI", RouterState.INIT, RouterState.BACKUP, 1, Cause.STARTED, "", ""), 1).get(1).message());
        Fault fault = new Fault("VI", false, FaultReason.NO_CARRIER, "eno1", "", 2, 1_000_000_000L,
                9, Cause.CARRIER_FOUND, "eno1", "");
        assertEquals("(VI) fault cleared after 1.9 s: no carrier on eno1; cleared by #9 link eno1 running",
                LogLines.of(fault, 9, 2_900_000_000L).message());
    }

    @Test
    void requestsAndStartsAreTold() {
        int length = Payloads.writeControlRequested(bytes, Event.HEADER_BYTES, 5, 1000, 42, "reload", "");
        assertEquals("request 5: reload by uid 1000, pid 42",
                narrator.event(event(EventKind.CONTROL_REQUESTED, length)));
        length = Payloads.writeControlRefused(bytes, Event.HEADER_BYTES, -2, 42, 0, "reload", "it needs root");
        assertEquals("refused reload to uid 4294967294, pid 42: it needs root",
                narrator.event(event(EventKind.CONTROL_REFUSED, length)));
        length = Payloads.writeControlRefused(bytes, Event.HEADER_BYTES, 1000, 42, 9, "check", "it needs root");
        assertEquals("refused check to uid 1000, pid 42: it needs root (9 refusals before it were not recorded)",
                narrator.event(event(EventKind.CONTROL_REFUSED, length)));
        length = Payloads.writeStarted(bytes, Event.HEADER_BYTES, "0.1.0", "b1", 42);
        assertEquals("daemon started: build 0.1.0, pid 42, boot b1", narrator.event(event(EventKind.STARTED, length)));
        length = Payloads.writeEffectFailed(bytes, Event.HEADER_BYTES, 17, 1, "socket");
        assertEquals("effect 17 failed: socket: operation not permitted (EPERM)",
                narrator.event(event(EventKind.EFFECT_FAILED, length)));
    }

    @Test
    void deadlinesAreRoutineAndOverrunsAreNot() {
        assertTrue(narrator.narrate(event(EventKind.DEADLINE_REACHED, 0)).routine());
        assertFalse(narrator.narrate(event(EventKind.NETLINK_OVERRUN, 0)).routine());
    }

    @Test
    void aPacketThatIsNoAdvertisementIsNamed() {
        AdvertisementReceived.writeHead(bytes, Event.HEADER_BYTES, Family.IPV4, -1, 3, 1, 0);
        assertEquals("packet of 4 bytes on eth0 is no advertisement: shorter than its fixed header",
                narrator.event(event(EventKind.ADVERTISEMENT_RECEIVED, AdvertisementReceived.PACKET + 4)));
    }

    @Test
    void effectsAreTerse() {
        Effects effects = new Effects();
        int at = effects.begin(EffectKind.SEND_GRATUITOUS_ARP, 0, 1);
        effects.buffer().putInt(at, 3);
        effects.commit(4 + GratuitousArp.encode(
                effects.buffer(), at + 4, 0x0000_5E00_0133L, IpAddress.parse("192.0.2.10")));
        assertEquals("send-gratuitous-arp 192.0.2.10 mac=00:00:5e:00:01:33 dev=eth0", narrator.effect(effects, 0));
        effects.clear();
        at = effects.begin(EffectKind.WRITE_SYSCTL, 0, 1);
        effects.commit(Payloads.writeText(effects.buffer(),
                Payloads.writeText(effects.buffer(), at, "net/ipv4/conf/eth0/arp_ignore"), "1") - at);
        assertEquals("write-sysctl net/ipv4/conf/eth0/arp_ignore=1", narrator.effect(effects, 0));
        effects.clear();
        effects.begin(EffectKind.END, Effects.NO_INSTANCE, 1);
        effects.commit(0);
        assertEquals("end", narrator.effect(effects, 0));
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void noPayloadCanMakeItThrow(EventKind kind) {
        Random random = new Random(kind.number());
        byte[] payload = new byte[300];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(payload);
            bytes.put(Event.HEADER_BYTES, payload);
            String text = narrator.event(event(kind, random.nextInt(payload.length)));
            assertFalse(text.isEmpty());
            assertFalse(text.contains("\n"), text);
        }
    }
}
