package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.core.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;

/** RFC 9568 section 6.4.2: what a BACKUP does. */
class Section6_4_2BackupTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final long SKEW = 609_375_000L;
    private static final long DOWN = 3 * CoreFixture.SECOND + SKEW;

    private final CoreFixture core = running(ipv4());

    private void hears(PeerRouter.Packet packet) {
        core.received(packet, core.kernel.byName("eth0"));
    }

    private void takesOverAfter(long nanos) {
        long from = core.now;
        core.advanceTo(from + nanos - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"), "just before");
        core.advanceTo(from + nanos);
        assertEquals(RouterState.MASTER, core.state("V4"), "on time");
    }

    /** A083, A084: the virtual addresses are on no interface, and none takes frames for the virtual MAC. */
    @Test
    void nothingAnswersForTheVirtualAddresses() {
        CoreFixture vmacs = running(dualStack("use_vmac"));
        assertFalse(vmacs.kernel.holds("192.0.2.10") || vmacs.kernel.holds("fe80::10"));
        assertTrue(vmacs.kernel.links.values().stream().noneMatch(link -> link.parent != 0 && link.up));
    }

    /** A085: at shutdown it goes to INIT and sends nothing. */
    @Test
    void shutdown() {
        core.stopped();
        assertEquals("BACKUP INIT", core.states("V4"));
        assertEquals(List.of(), core.advertisements());
    }

    /** A086 (erratum 7949): when the timer fires: advertisement, then gratuitous ARP for each address, then AI. */
    @Test
    void masterDownTimerFires() {
        takesOverAfter(DOWN);
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind).toList();
        assertTrue(kinds.indexOf(EffectKind.SEND_ADVERTISEMENT) < kinds.indexOf(EffectKind.SEND_GRATUITOUS_ARP));
        core.advance(CoreFixture.SECOND - 1);
        assertEquals(1, core.advertisements().size());
        core.advance(1);
        assertEquals(2, core.advertisements().size());
    }

    /** A087: priority 0 sets the timer to Skew_Time; the interval in it is not adopted. */
    @Test
    void priorityZero() {
        hears(PEER.advertisement(200));
        hears(PEER.every(10 * CoreFixture.SECOND).advertisement(0));
        takesOverAfter(SKEW);
    }

    /** A087: whatever Preempt_Mode. */
    @Test
    void priorityZeroWithoutPreemption() {
        core.configured(ipv4("nopreempt"));
        hears(PEER.advertisement(0));
        takesOverAfter(SKEW);
    }

    /** A088: an accepted advertisement sets the interval, Skew_Time and the timer from what the master says. */
    @Test
    void acceptedAdvertisement() {
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.every(2 * CoreFixture.SECOND).advertisement(200));
        takesOverAfter(2 * DOWN);
    }

    /** A088: Preempt_Mode False accepts a lower priority. */
    @Test
    void lowerPriorityWithoutPreemption() {
        core.configured(ipv4("nopreempt"));
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.advertisement(50));
        takesOverAfter(DOWN);
    }

    /** A089: an equal priority is accepted, whatever the address. */
    @Test
    void equalPriority() {
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.from("192.0.2.1").advertisement(100));
        takesOverAfter(DOWN);
    }

    /** A090: a lower priority is discarded; the timer runs on and the interval is not adopted. */
    @Test
    void lowerPriority() {
        core.advance(3 * CoreFixture.SECOND);
        hears(PEER.every(10 * CoreFixture.SECOND).advertisement(99));
        takesOverAfter(SKEW);
    }

    /** 6.1 (A065): the owner preempts though told not to. */
    @Test
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

    /** E15: while preempt_delay lasts, a lower priority is accepted; afterwards it is discarded. */
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
}
