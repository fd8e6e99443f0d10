package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.Lan;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.simulation.WirePacket;

/** RFC 9568 section 6.4.2: what a BACKUP does. */
class Section6_4_2BackupTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final long SKEW = 609_375_000L;
    private static final long DOWN = 3 * CoreFixture.SECOND + SKEW;

    private final CoreFixture core = running(ipv4());

    private void hears(WirePacket packet) {
        core.received(packet, core.kernel.byName("eth0"));
    }

    private void takesOverAfter(long nanos) {
        long from = core.now;
        core.advanceTo(from + nanos - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"), "just before");
        core.advanceTo(from + nanos);
        assertEquals(RouterState.MASTER, core.state("V4"), "on time");
    }

    /** The virtual addresses are on no interface, and none takes frames for the virtual MAC. */
    @Test
    @Requirement("9568-6.4.2-5")
    void nothingAnswersForTheVirtualAddresses() {
        CoreFixture vmacs = running(dualStack("use_vmac"));
        assertFalse(vmacs.kernel.holds("192.0.2.10") || vmacs.kernel.holds("fe80::10"));
        assertTrue(vmacs.kernel.links.values().stream().noneMatch(link -> link.parent != 0 && link.up));
    }

    /** At shutdown it goes to INIT and sends nothing. */
    @Test
    @Requirement(value = "9568-6.4.2-6", counter = {"9568-6.4.2-6", "9568-6.4.3-8"})
    void shutdown() {
        core.stopped();
        assertEquals("BACKUP INIT", core.states("V4"));
        assertEquals(List.of(), core.advertisements());
    }

    /** When the timer fires: advertisement, then gratuitous ARP for each address, then AI. */
    @Test
    @Requirement({"9568-2.4-1", "9568-6.2-1", "9568-6.4.2-7"})
    void masterDownTimerFires() {
        takesOverAfter(DOWN);
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind).toList();
        assertTrue(kinds.indexOf(EffectKind.SEND_ADVERTISEMENT) < kinds.indexOf(EffectKind.SEND_GRATUITOUS_ARP));
        core.advance(CoreFixture.SECOND - 1);
        assertEquals(1, core.advertisements().size());
        core.advance(1);
        assertEquals(2, core.advertisements().size());
    }

    /** Priority 0 sets the timer to Skew_Time; the interval in it is not adopted. */
    @Test
    @Requirement(value = {"9568-5.2.4-4", "9568-6.4.2-8"}, counter = "9568-6.4.2-8")
    void priorityZero() {
        hears(PEER.advertisement(200));
        hears(PEER.every(10 * CoreFixture.SECOND).advertisement(0));
        takesOverAfter(SKEW);
    }

    /** Whatever Preempt_Mode. */
    @Test
    @Requirement("9568-6.4.2-8")
    void priorityZeroWithoutPreemption() {
        core.configured(ipv4("nopreempt"));
        hears(PEER.advertisement(0));
        takesOverAfter(SKEW);
    }

    /** An accepted advertisement sets the interval, Skew_Time and the timer from what the master says. */
    @Test
    @Requirement(value = {"9568-6.1-3", "9568-6.4.2-9"}, counter = "9568-6.2-1")
    void acceptedAdvertisement() {
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.every(2 * CoreFixture.SECOND).advertisement(200));
        takesOverAfter(2 * DOWN);
    }

    /** Preempt_Mode False accepts a lower priority. */
    @Test
    @Requirement(value = "9568-6.4.2-9", counter = {"9568-6.1-6", "9568-6.4.2-11"})
    void lowerPriorityWithoutPreemption() {
        core.configured(ipv4("nopreempt"));
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.advertisement(50));
        takesOverAfter(DOWN);
    }

    /** An equal priority is accepted, whatever the address. */
    @Test
    @Requirement("9568-6.4.2-10")
    void equalPriority() {
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.from("192.0.2.1").advertisement(100));
        takesOverAfter(DOWN);
    }

    /** A lower priority is discarded; the timer runs on and the interval is not adopted. */
    @Test
    @Requirement(value = {"9568-6.1-6", "9568-6.4.2-11"}, counter = {"9568-6.1-3", "9568-6.4.2-9"})
    void lowerPriority() {
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.every(10 * CoreFixture.SECOND).advertisement(99));
        takesOverAfter(SKEW);
    }

    /** 6.1: the owner preempts though told not to. */
    @Test
    @Requirement("9568-6.1-6")
    void ownerPreemptsAlways() {
        CoreFixture group = running(org.vrrpd.proto.core.Configurations.group("V4", "W4")
                + ipv4("priority 255", "nopreempt").replace("global_defs", "\nglobal_defs")
                + org.vrrpd.proto.core.Configurations.instance("W4", "eth0", 52, "192.0.2.20/24"));
        assertEquals(RouterState.BACKUP, group.state("V4"));
        for (int i = 0; i < 5; i++) {
            group.received(PEER.advertisement(100), group.kernel.byName("eth0")).advance(CoreFixture.SECOND);
        }
        assertEquals(RouterState.MASTER, group.state("V4"));
    }

    /** While preempt_delay lasts, a lower priority is accepted; afterwards it is discarded. */
    @Test
    void preemptDelay() {
        core.configured(ipv4("preempt_delay 10"));
        long first = core.now;
        for (int i = 0; i < 20 && core.state("V4") == RouterState.BACKUP; i++) {
            hears(PEER.advertisement(50));
            core.advance(CoreFixture.SECOND);
        }
        long took = core.all(EffectKind.SEND_ADVERTISEMENT).get(0).at() - first;
        assertEquals(9 * CoreFixture.SECOND + DOWN, took);
    }

    /** 2.4, 6.4.2: while its master speaks nothing at all is sent. */
    @Test
    @Requirement(value = "9568-6.4.2-3", counter = "9568-2.4-1")
    void aBackupIsSilent() {
        CoreFixture both = running(dualStack("use_vmac"));
        PeerRouter peer6 = PeerRouter.of(3, 51, "fe80::3", CoreFixture.SECOND, "fe80::10");
        for (int i = 0; i < 60; i++) {
            both.received(PEER.advertisement(200), both.kernel.byName("eth0"));
            both.received(peer6.advertisement(200), both.kernel.byName("eth0")).advance(CoreFixture.SECOND);
        }
        assertEquals(RouterState.BACKUP, both.state("V6"));
        assertEquals(List.of(), both.effects.stream().filter(each -> each.kind().isFrame()).toList());
    }

    /** The announcement, byte for byte: keepalived's form, whose target hardware address is the broadcast one. */
    @Test
    @Requirement(value = {"9568-6.4.1-3", "9568-6.4.1-4", "9568-6.4.2-7"}, differs = "9568-E7949")
    void announcesWithTheVirtualMac() {
        CoreFixture both = running(dualStack("use_vmac")).advance(4 * CoreFixture.SECOND);
        assertEquals("ffffffffffff00005e00013308060001080006040001" + "00005e000133c000020affffffffffffc000020a",
                HexFormat.of().formatHex(both.all(EffectKind.SEND_GRATUITOUS_ARP).get(0).frame()));
        String ipv6 = HexFormat.of().formatHex(both.all(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT).get(0).frame());
        assertEquals("33330000000100005e00023386dd", ipv6.substring(0, 28));
        assertEquals("a0000000" + "fe800000000000000000000000000010" + "0201" + "00005e000233", ipv6.substring(116));
    }

    /** 5.2.7: the faster backup takes over from a slower master that is better, and yields when it hears that. */
    @Test
    @Requirement("9568-5.2.7-2")
    void aSlowMasterThatIsBetterStays() {
        Lan lan = new Lan(2);
        for (int i = 0; i < 2; i++) {
            lan.cores.get(i).kernel.linkReady("eth0", "192.0.2." + (2 + i) + "/24");
            lan.cores.get(i).started().configured(ipv4(i == 0 ? "priority 200" : "priority 100",
                    i == 0 ? "advert_int 3" : "advert_int 0.5"));
        }
        lan.advance(10 * CoreFixture.SECOND);
        assertEquals("BACKUP MASTER BACKUP", lan.cores.get(1).states("V4"), "it was MASTER before the other spoke");
        lan.advance(60 * CoreFixture.SECOND);
        assertEquals("BACKUP MASTER", lan.cores.get(0).states("V4"));
        assertEquals("BACKUP MASTER BACKUP", lan.cores.get(1).states("V4"));
    }
}
