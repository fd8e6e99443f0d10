package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.simulation.WirePacket;

/** RFC 9568 section 7.1: what must hold before an advertisement may change anything; each check alone. */
class Section7_1ReceivingTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final PeerRouter PEER6 = PeerRouter.of(3, 51, "fe80::3", CoreFixture.SECOND, "fe80::10");

    /** What is discarded changes no state, timer, interval or peer, in BACKUP and as MASTER. */
    private static void discarded(WirePacket packet, String counter) {
        String name = packet.family().number() == 4 ? "V4" : "V6";
        CoreFixture core = running(packet.family().number() == 4 ? ipv4() : ipv6());
        long started = core.now;
        core.advance(CoreFixture.SECOND).received(packet, core.kernel.byName("eth0"));
        assertEquals(counter.isEmpty() ? 0 : 1, counter.isEmpty() ? 0 : core.counter(name, counter), counter);
        assertEquals(0, core.counter(name, "advertisementsReceived"));
        assertEquals(null, core.instance(name).masterAddress());
        core.advanceTo(started + 3_609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state(name));
        core.advanceTo(started + 3_609_375_000L);
        assertEquals(RouterState.MASTER, core.state(name), "the timer ran on");

        long next = core.processor.core().nextDeadlineNanos();
        core.received(packet, core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state(name));
        assertEquals(next, core.processor.core().nextDeadlineNanos());
    }

    private static void accepted(WirePacket packet) {
        String name = packet.family().number() == 4 ? "V4" : "V6";
        CoreFixture core = master(packet.family().number() == 4 ? ipv4() : ipv6());
        core.received(packet, core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state(name));
    }

    /** 5.1.1.3, 5.1.2.3: another TTL or hop limit than 255. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 254})
    @Requirement({"9568-5.1.1.3-2", "9568-5.1.2.3-2", "9568-7.1-1"})
    void timeToLive(int limit) {
        discarded(PEER.advertisement(200).withTimeToLive(limit), "discardedTtl");
        discarded(PEER6.advertisement(200).withTimeToLive(limit), "discardedTtl");
    }

    /** 5.1.2.3: a hop limit that the kernel did not tell is not 255. */
    @Test
    @Requirement("9568-5.1.2.3-2")
    void unknownHopLimit() {
        WirePacket known = PEER6.advertisement(200);
        discarded(new WirePacket(known.family(), known.ip(), -1), "discardedTtl");
    }

    /** Version 2 on a version 3 router, and versions that do not exist. */
    @Test
    @Requirement("9568-7.1-2")
    void version() {
        discarded(PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                "discardedVersion");
        discarded(PEER.advertisement(200).with(0, 0x41).checksummed(), "discardedVersion");
        discarded(PEER6.advertisement(200).with(0, 0x21).checksummed(), "discardedVersion");
    }

    /** 5.2.2: another type than 1. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 15})
    @Requirement({"9568-5.2.2-2", "9568-7.1-3"})
    void type(int type) {
        discarded(PEER.advertisement(200).with(0, 0x30 | type).checksummed(), "discardedType");
        discarded(PEER6.advertisement(200).with(0, 0x30 | type).checksummed(), "discardedType");
    }

    /** The whole message must be there; padding behind it does not matter. */
    @Test
    @Requirement(value = "9568-7.1-4", counter = "9568-7.1-4")
    void length() {
        discarded(PEER.advertisement(200).cutTo(11).checksummed(), "discardedLength");
        discarded(PEER6.advertisement(200).cutTo(23).checksummed(), "discardedLength");
        discarded(PEER.advertisement(200).cutTo(7), "");
        accepted(PEER.advertisement(200).padded(14));
    }

    /** 5.2.8: a wrong checksum. */
    @Test
    @Requirement({"9568-5.2.8-4", "9568-7.1-5"})
    void checksum() {
        discarded(PEER.advertisement(200).with(7, 0x55), "discardedChecksum");
        discarded(PEER6.advertisement(200).with(7, 0x55), "discardedChecksum");
    }

    /** 5.2.8: both forms are right over IPv4, and the peer's habit is remembered and told. */
    @Test
    void bothFormsOfTheChecksum() {
        accepted(PEER.advertisement(200, true));
        accepted(PEER.advertisement(200, false));
        CoreFixture core = running(ipv4());
        core.received(PEER.advertisement(200, false), core.kernel.byName("eth0"));
        assertEquals("message only", core.instance("V4").peerChecksum());
        assertTrue(core.notes().contains(NoteKind.PEER_CHECKSUM));
    }

    /** Another VRID, or the same one on another interface, is not ours. */
    @Test
    @Requirement(value = "9568-7.1-6", counter = "9568-6.4-1")
    void virtualRouterIdentifier() {
        discarded(PeerRouter.of(3, 52, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200), "");
        CoreFixture core = running(ipv4());
        core.received(PEER.advertisement(200), core.kernel.linkReady("eth1"));
        assertEquals(0, core.counter("V4", "advertisementsReceived"));
    }

    /** Abstract, 6.4: the same VRID of the other family is another router. */
    @Test
    @Requirement("9568-6.4-1")
    void familiesAreApart() {
        CoreFixture core = master(ipv4() + ipv6());
        core.received(PEER6.advertisement(200), core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.BACKUP, core.state("V6"));
    }

    /** Erratum 8301: an interval of 0. */
    @Test
    @Requirement({"9568-7.1-9", "9568-E8301"})
    void interval() {
        discarded(PEER.advertisement(200).with(4, 0).with(5, 0).checksummed(), "discardedInterval");
        discarded(PEER6.advertisement(200).with(4, 0).with(5, 0).checksummed(), "discardedInterval");
    }

    /** Erratum 8299: no addresses. */
    @Test
    @Requirement({"9568-5.2.5-1", "9568-E8299"})
    void addressCount() {
        discarded(PEER.advertisement(200).with(3, 0).cutTo(8).checksummed(), "discardedCount");
        discarded(PEER6.advertisement(200).with(3, 0).cutTo(8).checksummed(), "discardedCount");
    }

    /** 5.2.6: the reserved bits are ignored. */
    @Test
    @Requirement("9568-5.2.6-2")
    void reservedBits() {
        accepted(PEER.advertisement(200).with(4, 0xF0).checksummed());
        CoreFixture core = running(ipv4());
        core.received(PEER.advertisement(200).with(4, 0xF0).checksummed(), core.kernel.byName("eth0"));
        assertEquals(CoreFixture.SECOND, core.instance("V4").masterIntervalNanos());
    }

    /** Another interval is told once and processed. */
    @Test
    @Requirement({"9568-7.1-13", "9568-7.1-14"})
    void otherInterval() {
        CoreFixture core = running(ipv4());
        for (int i = 0; i < 20; i++) {
            core.received(PEER.every(2 * CoreFixture.SECOND).advertisement(200), core.kernel.byName("eth0"));
        }
        assertEquals(2 * CoreFixture.SECOND, core.instance("V4").masterIntervalNanos());
        assertEquals(1, core.count(NoteKind.INTERVAL_DIFFERS));
        assertEquals(20, core.counter("V4", "intervalDiffers"));
    }

    /** Another list of addresses is told and accepted, also one without link-local. */
    @Test
    @Requirement(value = {"9568-7.1-15", "9568-7.1-16"}, differs = {"9568-5.2.9-3", "9568-E8300"})
    void otherAddresses() {
        accepted(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.99").advertisement(200));
        CoreFixture core = running(ipv6());
        core.received(PeerRouter.of(3, 51, "fe80::3", CoreFixture.SECOND, "2001:db8::1").advertisement(200),
                core.kernel.byName("eth0"));
        assertEquals(1, core.count(NoteKind.ADDRESSES_DIFFER));
        assertEquals(200, core.instance("V6").masterPriority());
    }

    /** Told, but never more than a note a minute. */
    @Test
    @Requirement(value = {"9568-7.1-10", "9568-7.1-11", "9568-7.1-12"}, counter = "9568-7.1-11")
    void aStormOfBadPacketsIsOneNoteAndSilencesNobody() {
        CoreFixture core = master(ipv4());
        for (int i = 0; i < 500; i++) {
            core.received(PEER.advertisement(200).with(7, 0x55), core.kernel.byName("eth0"));
            core.advance(20 * CoreFixture.MILLISECOND);
        }
        assertEquals(10, core.advertisements().size());
        assertEquals(1, core.count(NoteKind.PACKETS_DISCARDED));
        assertEquals(500, core.counter("V4", "discardedChecksum"));
    }

    /** Two masters that alternate are no reason to write more than a few notes. */
    @Test
    @Requirement(counter = {"9568-7.1-13", "9568-7.1-16"})
    void alternatingMastersDoNotFloodTheNotes() {
        CoreFixture core = running(ipv4());
        for (int i = 0; i < 500; i++) {
            core.received(PEER.from("192.0.2." + (3 + i % 2)).every((2 + i % 2) * CoreFixture.SECOND)
                    .advertisement(200, i % 2 == 0), core.kernel.byName("eth0"));
            core.advance(20 * CoreFixture.MILLISECOND);
        }
        assertTrue(core.notes().size() < 20, core.notes().size() + " notes in ten seconds");
    }

    /** The packets of the other tests without their fault: it is for the fault alone that they are discarded. */
    @Test
    @Requirement(counter = {"9568-5.1.1.3-2", "9568-5.1.2.3-2", "9568-5.2.2-2", "9568-5.2.5-1", "9568-5.2.8-4",
            "9568-5.2.9-3", "9568-7.1-1", "9568-7.1-2", "9568-7.1-3", "9568-7.1-5", "9568-7.1-6", "9568-7.1-9",
            "9568-7.1-10", "9568-E8299", "9568-E8301"})
    void withoutAFaultTheyAreObeyed() {
        accepted(PEER.advertisement(200));
        accepted(PEER6.advertisement(200));
    }

    /** Two faults at once are one packet discarded, whichever is found first. */
    @Test
    @Requirement("9568-7.1-17")
    void theOrderOfTheChecksDoesNotMatter() {
        List<UnaryOperator<WirePacket>> faults = List.of(
                packet -> packet.withTimeToLive(254), packet -> packet.with(0, 0x21), packet -> packet.with(0, 0x32),
                packet -> packet.with(3, 9), packet -> packet.with(7, 0x55), packet -> packet.with(5, 0));
        for (UnaryOperator<WirePacket> one : faults) {
            for (UnaryOperator<WirePacket> other : faults) {
                CoreFixture core = master(ipv4());
                core.received(other.apply(one.apply(PEER.advertisement(200))), core.kernel.byName("eth0"));
                assertEquals(RouterState.MASTER, core.state("V4"));
                assertEquals(List.of(NoteKind.PACKETS_DISCARDED), core.notes());
            }
        }
    }

    /** What agrees with the configuration is not told. */
    @Test
    @Requirement(counter = {"9568-7.1-13", "9568-7.1-15", "9568-7.1-16"})
    void whatAgreesIsNotTold() {
        CoreFixture core = running(ipv4());
        core.received(PEER.advertisement(200), core.kernel.byName("eth0"));
        assertEquals(0, core.counter("V4", "intervalDiffers") + core.counter("V4", "addressListDiffers"));
        assertEquals(0, core.count(NoteKind.INTERVAL_DIFFERS) + core.count(NoteKind.ADDRESSES_DIFFER));
    }
}
