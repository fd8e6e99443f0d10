package org.vrrpd.proto.rfc3768;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;
import static org.vrrpd.proto.core.Configurations.version2;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.simulation.WirePacket;
import org.vrrpd.proto.vrrp.ChecksumForm;

/** RFC 3768, where it differs from RFC 9568. */
class Version2Test {

    private static final PeerRouter PEER = PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private static void discarded(WirePacket packet, String counter) {
        CoreFixture core = master(version2());
        core.received(packet, core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V2"));
        assertEquals(1, core.counter("V2", counter));
    }

    /** 5.3: the message, with eight bytes of zero authentication data under the checksum. */
    @Test
    @Requirement({"3768-5.2.3-1", "3768-5.3.1-1", "3768-5.3.6-1", "3768-5.3.7-1", "3768-5.3.8-1", "3768-5.3.10-1"})
    void message() {
        Recorded sent = running(version2()).advance(4 * CoreFixture.SECOND).advertisements().get(0);
        byte[] frame = sent.frame();
        assertEquals("213364010001b8bfc000020a0000000000000000", HexFormat.of().formatHex(frame, 34, frame.length));
        assertEquals(255, frame[22] & 255);
    }

    /** 6.1: Skew_Time is in seconds, whatever the interval. */
    @Test
    @Requirement({"3768-6.1-1", "3768-6.1-2"})
    void masterDownInterval() {
        CoreFixture core = running(version2("advert_int 10"));
        long started = core.now;
        core.advanceTo(started + 30_609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V2"));
        core.advanceTo(started + 30_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    /** 6.4.2: priority 0 leaves Skew_Time. */
    @Test
    @Requirement("3768-6.4.2-2")
    void priorityZero() {
        CoreFixture core = running(version2());
        core.received(PEER.advertisement(0), core.kernel.byName("eth0")).advance(609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V2"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    /** 6.4.3: a higher priority or address is yielded to. */
    @Test
    @Requirement(value = "3768-6.4.3-3", counter = "3768-6.4.3-3")
    void higherPriorityOrAddress() {
        CoreFixture core = master(version2());
        core.received(PEER.from("192.0.2.1").advertisement(100), core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V2"));
        core.received(PEER.advertisement(100), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
    }

    /** 6.4.3: a losing advertisement is answered, as keepalived does. */
    @Test
    @Requirement(differs = "3768-6.4.3-4")
    void losingAdvertisement() {
        CoreFixture core = master(version2());
        core.received(PEER.advertisement(50), core.kernel.byName("eth0"));
        assertEquals(1, core.advertisements().size());
    }

    /** 7.1: each check alone. */
    @Test
    @Requirement({"3768-5.2.3-2", "3768-5.3.2-1", "3768-5.3.5-1", "3768-7.1-2", "3768-7.1-3"})
    void invalidPackets() {
        discarded(PEER.advertisement(200).withTimeToLive(254), "discardedTtl");
        discarded(PEER.advertisement(200).with(0, 0x22).checksummed(), "discardedType");
        discarded(PEER.advertisement(200).cutTo(12).checksummed(), "discardedLength");
        discarded(PEER.advertisement(200).with(7, 0x55), "discardedChecksum");
        discarded(PEER.advertisement(200).with(3, 0).checksummed(), "discardedCount");
        discarded(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                "discardedVersion");
    }

    /** 5.3.6, 7.1: another authentication type. */
    @Test
    @Requirement("3768-5.3.6-2")
    void authenticationType() {
        discarded(PEER.advertisement(200).with(4, 1).checksummed(), "discardedAuthenticationMismatch");
        discarded(PEER.advertisement(200).with(4, 3).checksummed(), "discardedAuthenticationType");
    }

    /** 5.3.10: the authentication data is not looked at. */
    @Test
    @Requirement("3768-5.3.10-2")
    void authenticationData() {
        CoreFixture core = master(version2());
        core.received(PEER.advertisement(200).with(12, 0x55).checksummed(), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
    }

    /** 7.1: an owner discards; no erratum softens it. */
    @Test
    @Requirement(value = {"3768-5.3.4-1", "3768-7.1-4"}, counter = {"9568-7.1-8", "9568-E8298"})
    void owner() {
        CoreFixture core = running(version2("priority 255"));
        core.received(PEER.from("192.0.2.200").advertisement(255), core.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, core.state("V2"));
        assertEquals(1, core.counter("V2", "discardedOwner"));
    }

    /** 7.1: another interval is discarded and told. */
    @Test
    @Requirement({"3768-1-1", "3768-7.1-5", "3768-7.1-6", "3768-7.1-7"})
    void otherInterval() {
        discarded(PEER.every(2 * CoreFixture.SECOND).advertisement(200), "discardedInterval");
        CoreFixture core = master(version2());
        core.received(PEER.every(2 * CoreFixture.SECOND).advertisement(200), core.kernel.byName("eth0"));
        assertEquals(List.of(NoteKind.PACKETS_DISCARDED), core.notes());
    }

    /** 7.1: another list of addresses is counted and told, never dropped. */
    @Test
    @Requirement(value = {"3768-7.1-8", "3768-7.1-10"}, differs = "3768-7.1-9")
    void otherAddresses() {
        CoreFixture core = master(version2());
        core.received(PeerRouter.of(2, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.99").advertisement(200),
                core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
        assertTrue(core.notes().contains(NoteKind.ADDRESSES_DIFFER));
    }

    /** The packets of the other tests without their fault: it is for the fault alone that they are discarded. */
    @Test
    @Requirement(counter = {"3768-5.2.3-2", "3768-5.3.1-1", "3768-5.3.2-1", "3768-5.3.5-1", "3768-5.3.6-2",
            "3768-7.1-2", "3768-7.1-3", "3768-7.1-4", "3768-7.1-5", "3768-7.1-6", "3768-7.1-10"})
    void withoutAFaultTheyAreObeyed() {
        CoreFixture core = master(version2());
        core.received(PEER.advertisement(200), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V2"));
        assertEquals(List.of(NoteKind.FOREIGN_MASTER), core.notes());
    }

    /** 5.3.8: the authentication data is under the checksum, and there is no pseudo-header. */
    @Test
    @Requirement(value = "3768-5.3.8-1", counter = "3768-5.3.8-1")
    void checksum() {
        discarded(PEER.advertisement(200).with(12, 0x55), "discardedChecksum");
        assertEquals(ChecksumForm.MESSAGE_ONLY, PEER.advertisement(200).read().checksum());
        WirePacket sent = PEER.advertisement(200);
        int pseudo = sum(sent.ip(), 12, 20) + 112 + sent.ip().length - 20;
        int field = (sent.vrrpByte(6) << 8 | sent.vrrpByte(7)) - pseudo % 0xFFFF;
        field = (field + 0xFFFF) % 0xFFFF;
        discarded(sent.with(6, field >> 8).with(7, field & 255), "discardedChecksum");
    }

    private static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += (bytes[i] & 255) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    /** 5.3.6, 7.1: type 0 when nothing is configured; it says nothing and nothing is checked. */
    @Test
    @Requirement({"3768-5.3.6-1", "3768-7.1-11"})
    void unknownTypesAreToldAndTypeNoneIsTheUsualOne() {
        CoreFixture core = master(version2());
        core.received(PEER.advertisement(200).with(4, 3).checksummed(), core.kernel.byName("eth0"));
        assertEquals(List.of(NoteKind.PACKETS_DISCARDED), core.notes());
        core.advance(CoreFixture.SECOND);
        assertEquals(0, core.advertisements().get(0).vrrpByte(4));
    }

    /** 6.4.1: the owner is MASTER at once, announced with the virtual MAC. */
    @Test
    @Requirement({"3768-6.4.1-1", "3768-8.2-1"})
    void ownerStarts() {
        CoreFixture core = running(version2("priority 255", "use_vmac"));
        assertEquals("MASTER", core.states("V2"));
        announcedWithTheVirtualMac(core);
        core.advance(CoreFixture.SECOND);
        assertEquals(2, core.advertisements().size());
    }

    /** 6.4.1, 6.4.2: everyone else waits, and then says so before it announces. */
    @Test
    @Requirement(value = {"3768-6.4.1-2", "3768-6.4.2-1"}, counter = "3768-6.4.1-2")
    void othersWait() {
        CoreFixture core = running(version2("use_vmac"));
        core.advance(3_609_375_000L - 1);
        assertEquals(0, core.advertisements().size());
        core.advance(1);
        assertEquals("BACKUP MASTER", core.states("V2"));
        announcedWithTheVirtualMac(core);
        core.advance(CoreFixture.SECOND);
        assertEquals(2, core.advertisements().size());
    }

    private static void announcedWithTheVirtualMac(CoreFixture core) {
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind).toList();
        assertTrue(kinds.indexOf(EffectKind.SEND_ADVERTISEMENT) < kinds.indexOf(EffectKind.SEND_GRATUITOUS_ARP));
        byte[] arp = core.all(EffectKind.SEND_GRATUITOUS_ARP).get(0).frame();
        assertEquals("ffffffffffff00005e00013308060001080006040001" + "00005e000133c000020a",
                HexFormat.of().formatHex(arp, 0, 32));
    }

    /** 8.2: no gratuitous ARP before the address and the virtual MAC are there. */
    @Test
    @Requirement(counter = "3768-8.2-1")
    void gratuitousArpWaits() {
        CoreFixture late = running(version2("use_vmac"));
        late.kernel.refuse(20, 105);
        late.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, late.state("V2"));
        assertEquals(0, late.announcements().size());
    }

    /** 6.4.2: what is accepted sets the timer from the own interval; a lower priority is not accepted. */
    @Test
    @Requirement(value = {"3768-6.4.2-3", "3768-6.4.2-4"}, counter = {"3768-6.4.2-2", "3768-6.4.2-3"})
    void acceptedAdvertisements() {
        CoreFixture core = running(version2());
        core.advance(3 * CoreFixture.SECOND).received(PEER.advertisement(100), core.kernel.byName("eth0"));
        core.advance(3 * CoreFixture.SECOND).received(PEER.advertisement(99), core.kernel.byName("eth0"));
        core.advance(609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V2"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    /** 6.4.2: with Preempt_Mode False a lower priority is accepted. */
    @Test
    @Requirement(counter = {"3768-6.1-3", "3768-6.4.2-4"})
    void lowerPriorityWithoutPreemption() {
        CoreFixture core = running(version2("nopreempt"));
        for (int i = 0; i < 10; i++) {
            core.advance(CoreFixture.SECOND).received(PEER.advertisement(50), core.kernel.byName("eth0"));
        }
        assertEquals("BACKUP", core.states("V2"));
    }

    /** 6.4.3: with lower_prio_no_advert it is as the RFC has it: silence. */
    @Test
    @Requirement("3768-6.4.3-4")
    void losingAdvertisementIsDiscardedInSilenceWhenToldSo() {
        CoreFixture core = master(version2("lower_prio_no_advert"));
        core.received(PEER.advertisement(50), core.kernel.byName("eth0"));
        assertEquals(List.of(), core.advertisements());
        assertEquals(RouterState.MASTER, core.state("V2"));
    }

    /** 7.1: another VRID, or the same one on another interface, is not ours. */
    @Test
    @Requirement("3768-7.1-4")
    void virtualRouterIdentifier() {
        CoreFixture core = master(version2());
        core.received(PeerRouter.of(2, 52, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                core.kernel.byName("eth0"));
        core.received(PEER.advertisement(200), core.kernel.linkReady("eth1"));
        assertEquals(RouterState.MASTER, core.state("V2"));
    }
}
