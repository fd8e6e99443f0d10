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
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.simulation.WirePacket;

/** RFC 9568 section 6.4.3: what a MASTER does. */
class Section6_4_3MasterTest {

    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private final CoreFixture core = master(ipv4());

    private void hears(WirePacket packet) {
        core.received(packet, core.kernel.byName("eth0"));
    }

    /** The kernel holds the addresses, and so answers for them. */
    @Test
    void theKernelHoldsTheAddresses() {
        assertTrue(core.kernel.holds("192.0.2.10"));
        assertTrue(master(ipv6()).kernel.holds("fe80::10"));
    }

    /** At shutdown a last advertisement with priority 0; the addresses are gone. */
    @Test
    @Requirement("9568-6.4.3-8")
    void shutdown() {
        core.stopped();
        assertEquals(0, core.advertisements().get(0).priority());
        assertEquals("INIT", core.states("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    /** An advertisement each interval, on a grid: lateness does not add up, and nothing is made up for. */
    @Test
    @Requirement("9568-6.4.3-9")
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

    /** Priority 0 is answered at once and the timer begins anew. */
    @Test
    @Requirement("9568-6.4.3-10")
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

    /** A higher priority: BACKUP, with the interval and the timer of the other. */
    @Test
    @Requirement({"9568-5.2.4-3", "9568-6.4.3-11"})
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

    /** An equal priority yields to a greater source address, as unsigned integers. */
    @Test
    @Requirement(value = {"9568-6.4.3-11", "9568-6.4.3-12"}, counter = {"9568-6.4.3-11", "9568-6.4.3-12"})
    void equalPriorityAndGreaterAddress() {
        hears(PEER.from("192.0.2.1").advertisement(100));
        assertEquals(RouterState.MASTER, core.state("V4"));
        hears(PEER.from("10.0.0.1").advertisement(100));
        assertEquals(RouterState.MASTER, core.state("V4"), "10 is less than 192, though not as signed bytes");
        hears(PEER.from("192.0.2.200").advertisement(100));
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    /** Any other advertisement is discarded and answered at once; the periodic ones stay on their schedule. */
    @Test
    @Requirement(value = "9568-6.4.3-13", counter = "9568-6.4.3-10")
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

    /** After a stall: the answer to what waited is the advertisement that was due; one tells as much as two. */
    @Test
    @Requirement("9568-6.4.3-13")
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

    /** With lower_prio_no_advert after a stall: what was not answered has not been said. */
    @Test
    void silenceIsNotTheOneThatWasDue() {
        CoreFixture silent = master(ipv4("lower_prio_no_advert")).slept(5_300 * CoreFixture.MILLISECOND);
        silent.received(PEER.advertisement(50), silent.kernel.byName("eth0"));
        silent.apply(EventKind.DEADLINE_REACHED, new byte[0]);
        assertEquals(1, silent.advertisements().size());
    }

    /** With lower_prio_no_advert: silence. */
    @Test
    void losingAdvertisementIsNotAnsweredWhenToldSo() {
        CoreFixture silent = master(ipv4("lower_prio_no_advert"));
        silent.received(PEER.advertisement(50), silent.kernel.byName("eth0"));
        assertEquals(List.of(), silent.advertisements());
    }

    /** The same priority and the same address is a losing advertisement too; a storm is not answered. */
    @Test
    @Requirement(differs = "9568-6.4.3-13")
    void fullTie() {
        for (int i = 0; i < 50; i++) {
            hears(PEER.from("192.0.2.2").advertisement(100));
        }
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(1, core.advertisements().size());
        assertTrue(core.notes().contains(NoteKind.SAME_ADDRESS));
    }

    /** Preempt_Mode is not consulted. */
    @Test
    @Requirement("9568-6.4.3-14")
    void higherPriorityWithoutPreemption() {
        CoreFixture tame = master(ipv4("nopreempt"));
        tame.received(PEER.advertisement(200), tame.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, tame.state("V4"));
    }

    /** 7.1, erratum 8298: an owner processes what it hears, and says so; the greater address stays. */
    @Test
    @Requirement(value = {"9568-7.1-8", "9568-8.3.2-2", "9568-E8298"}, differs = "9568-7.1-7")
    void twoOwners() {
        CoreFixture owner = running(ipv4("priority 255"));
        owner.received(PEER.from("192.0.2.1").advertisement(255), owner.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, owner.state("V4"));
        assertTrue(owner.notes().contains(NoteKind.TWO_OWNERS));
        owner.received(PEER.advertisement(255), owner.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, owner.state("V4"));
    }

    /** 8.1.2: no gratuitous ARP before both the address and the VMAC are there. */
    @Test
    @Requirement(value = "9568-8.1.2-5", counter = "9568-8.1.2-5")
    void gratuitousArpWaitsForTheAddress() {
        CoreFixture late = running(ipv4("use_vmac"));
        late.kernel.refuse(20, 105);
        late.advance(4 * CoreFixture.SECOND);
        assertEquals(0, late.all(EffectKind.SEND_GRATUITOUS_ARP).size());
        late.kernel.refuseNothing();
        late.advance(CoreFixture.SECOND);
        assertEquals(5, late.all(EffectKind.SEND_GRATUITOUS_ARP).size());
    }

    /** Nothing but advertisements and announcements is sent: Router Advertisements are another program's. */
    @Test
    @Requirement(differs = "9568-6.4.3-4")
    void noRouterAdvertisements() {
        CoreFixture six = running(ipv6("use_vmac")).advance(60 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, six.state("V6"));
        assertEquals(List.of(), six.effects.stream().filter(each -> each.kind().isFrame())
                .map(Recorded::frame).filter(frame -> frame[20] != 112 && (frame[54] & 255) != 136).toList());
    }

    /** The sources are compared, not the virtual addresses; bytes are unsigned. */
    @Test
    @Requirement("9568-6.4.3-12")
    void comparesSourcesAsUnsignedIntegers() {
        hears(PEER.advertisement(100));
        assertEquals(RouterState.BACKUP, core.state("V4"), "less than the virtual address, but not than 192.0.2.2");
        CoreFixture six = master(ipv6());
        PeerRouter peer = PeerRouter.of(3, 51, "fe80::1", CoreFixture.SECOND, "fe80::10");
        six.received(peer.advertisement(100), six.kernel.byName("eth0"));
        assertEquals(RouterState.MASTER, six.state("V6"));
        six.received(peer.from("fe80::ff00:0:0:1").advertisement(100), six.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, six.state("V6"));
    }

    /** 2.5: backups that promote themselves and yield again are told, the first at once, then once a minute. */
    @Test
    @Requirement(value = "9568-2.5-1", counter = "9568-2.5-1")
    void flappingBackupsAreTold() {
        CoreFixture fast = master(ipv4("advert_int 0.01"));
        fast.advance(10 * CoreFixture.SECOND);
        assertEquals(0, fast.count(NoteKind.LOWER_PRIORITY), "nobody flaps");
        for (int i = 0; i < 300; i++) {
            fast.received(PEER.advertisement(50), fast.kernel.byName("eth0"));
            fast.advance(100 * CoreFixture.MILLISECOND);
        }
        assertEquals(RouterState.MASTER, fast.state("V4"));
        assertEquals(1, fast.count(NoteKind.LOWER_PRIORITY));
    }

    /** 8.3.2: another owner that goes on is told at a limited rate. */
    @Test
    @Requirement(counter = "9568-8.3.2-2")
    void twoOwnersDoNotFloodTheNotes() {
        CoreFixture owner = running(ipv4("priority 255")).forget();
        for (int i = 0; i < 500; i++) {
            owner.received(PEER.from("192.0.2.1").advertisement(255), owner.kernel.byName("eth0"));
            owner.advance(CoreFixture.MILLISECOND);
        }
        assertEquals(1, owner.count(NoteKind.TWO_OWNERS));
    }
}
