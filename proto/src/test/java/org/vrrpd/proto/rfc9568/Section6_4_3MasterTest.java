package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.core.PeerRouter;
import org.vrrpd.proto.core.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.EventKind;

/** RFC 9568 section 6.4.3: what a MASTER does. */
class Section6_4_3MasterTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private final CoreFixture core = master(ipv4());

    private void hears(PeerRouter.Packet packet) {
        core.received(packet, core.kernel.byName("eth0"));
    }

    /** A100, A101: the kernel holds the addresses, and so answers for them. */
    @Test
    void theKernelHoldsTheAddresses() {
        assertTrue(core.kernel.holds("192.0.2.10"));
        assertTrue(master(ipv6()).kernel.holds("fe80::10"));
    }

    /** A107: at shutdown a last advertisement with priority 0; the addresses are gone. */
    @Test
    void shutdown() {
        core.stopped();
        assertEquals(0, core.advertisements().get(0).priority());
        assertEquals("INIT", core.states("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    /** A108: an advertisement each interval, on a grid: lateness does not add up, and nothing is made up for. */
    @Test
    void advertisementTimer() {
        core.advance(10 * CoreFixture.SECOND);
        List<Long> times = core.advertisements().stream().map(Recorded::at).toList();
        assertEquals(10, times.size());
        assertEquals(9 * CoreFixture.SECOND, times.get(9) - times.get(0));

        core.forget().slept(2_500 * CoreFixture.MILLISECOND);
        core.apply(EventKind.DEADLINE_REACHED, new byte[0]);
        assertEquals(1, core.advertisements().size());
        core.advance(2 * CoreFixture.SECOND);
        assertEquals(0, (core.advertisements().get(1).at() - times.get(0)) % CoreFixture.SECOND);
    }

    /** A109: priority 0 is answered at once and the timer begins anew. */
    @Test
    void priorityZero() {
        core.advance(300 * CoreFixture.MILLISECOND);
        core.forget();
        hears(PEER.advertisement(0));
        long answered = core.now;
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(answered, answered + CoreFixture.SECOND),
                core.advertisements().stream().map(Recorded::at).toList());
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    /** A110: a higher priority: BACKUP, with the interval and the timer of the other. */
    @Test
    void higherPriority() {
        hears(PEER.every(2 * CoreFixture.SECOND).advertisement(101));
        assertEquals("BACKUP", core.states("V4"));
        assertEquals(List.of(), core.advertisements());
        assertFalse(core.kernel.holds("192.0.2.10"));
        core.advance(2 * 3_609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    /** A110, A111: an equal priority yields to a greater source address, as unsigned integers. */
    @Test
    void equalPriorityAndGreaterAddress() {
        hears(PEER.from("192.0.2.1").advertisement(100));
        assertEquals(RouterState.MASTER, core.state("V4"));
        hears(PEER.from("10.0.0.1").advertisement(100));
        assertEquals(RouterState.MASTER, core.state("V4"), "10 is less than 192, though not as signed bytes");
        hears(PEER.from("192.0.2.200").advertisement(100));
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    /** A112: any other advertisement is discarded and answered at once; the periodic ones stay on their schedule. */
    @Test
    void losingAdvertisement() {
        long last = core.now / CoreFixture.SECOND;
        core.advance(300 * CoreFixture.MILLISECOND);
        core.forget();
        hears(PEER.advertisement(50));
        long answered = core.now;
        core.advance(CoreFixture.SECOND);
        List<Long> times = core.advertisements().stream().map(Recorded::at).toList();
        assertEquals(answered, times.get(0));
        assertTrue(times.get(1) < answered + CoreFixture.SECOND, "the next one is not put off, " + last);
        assertEquals(2, times.size());
    }

    /** A112 after a stall: the answer to what waited is the advertisement that was due; one tells as much as two. */
    @Test
    void answerThatIsLateIsTheOneThatWasDue() {
        core.slept(5_300 * CoreFixture.MILLISECOND);
        hears(PEER.advertisement(50));
        core.apply(EventKind.DEADLINE_REACHED, new byte[0]);
        long woken = core.now;
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(woken, woken + CoreFixture.SECOND),
                core.advertisements().stream().map(Recorded::at).toList());
        assertTrue(core.notes().contains(NoteKind.STALLED));
    }

    /** A112 with lower_prio_no_advert after a stall: what was not answered has not been said. */
    @Test
    void silenceIsNotTheOneThatWasDue() {
        CoreFixture silent = master(ipv4("lower_prio_no_advert")).slept(5_300 * CoreFixture.MILLISECOND);
        silent.received(PEER.advertisement(50), silent.kernel.byName("eth0"));
        silent.apply(EventKind.DEADLINE_REACHED, new byte[0]);
        assertEquals(1, silent.advertisements().size());
    }

    /** A112 with lower_prio_no_advert: silence. */
    @Test
    void losingAdvertisementIsNotAnsweredWhenToldSo() {
        CoreFixture silent = master(ipv4("lower_prio_no_advert"));
        silent.received(PEER.advertisement(50), silent.kernel.byName("eth0"));
        assertEquals(List.of(), silent.advertisements());
    }

    /** A112 and E11: the same priority and the same address is a losing advertisement too; a storm is not answered. */
    @Test
    void fullTie() {
        for (int i = 0; i < 50; i++) {
            hears(PEER.from("192.0.2.2").advertisement(100));
        }
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(1, core.advertisements().size());
        assertTrue(core.notes().contains(NoteKind.SAME_ADDRESS));
    }

    /** A113: Preempt_Mode is not consulted. */
    @Test
    void higherPriorityWithoutPreemption() {
        CoreFixture tame = master(ipv4("nopreempt"));
        tame.received(PEER.advertisement(200), tame.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, tame.state("V4"));
    }

    /** 7.1, erratum 8298 (A127) and E2: an owner processes what it hears, and says so; the greater address stays. */
    @Test
    void twoOwners() {
        CoreFixture owner = running(ipv4("priority 255"));
        owner.received(PEER.from("192.0.2.1").advertisement(255), owner.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, owner.state("V4"));
        assertTrue(owner.notes().contains(NoteKind.TWO_OWNERS));
        owner.received(PEER.advertisement(255), owner.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, owner.state("V4"));
    }

    /** 8.1.2 (A157): no gratuitous ARP before both the address and the VMAC are there. */
    @Test
    void gratuitousArpWaitsForTheAddress() {
        CoreFixture late = running(ipv4("use_vmac"));
        late.kernel.refuse(20, 105);
        late.advance(4 * CoreFixture.SECOND);
        assertEquals(0, late.all(EffectKind.SEND_GRATUITOUS_ARP).size());
        late.kernel.refuseNothing();
        late.advance(CoreFixture.SECOND);
        assertEquals(5, late.all(EffectKind.SEND_GRATUITOUS_ARP).size());
    }
}
