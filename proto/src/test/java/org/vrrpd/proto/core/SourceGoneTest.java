package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.ModelKernel;

/** A MASTER whose source address is taken away waits for it, in silence and shorter than its peers wait for it. */
class SourceGoneTest {

    private static final long MS = CoreFixture.MILLISECOND;
    private static final String OWN = "192.0.2.2";
    private static final String VIP = "192.0.2.10";
    /** The grid of {@link #master}: BACKUP to MASTER at 3.609375 s, the test begins at 4 s. */
    private static final long FIRST_DUE = 609_375_000L;

    private static CoreFixture gone(CoreFixture core, String... addresses) {
        for (String address : addresses) {
            core.kernel.addressRemoved(core.kernel.byName("eth0"), address);
        }
        return core.pump();
    }

    private static CoreFixture back(CoreFixture core, String address) {
        core.kernel.addressAdded(core.kernel.byName("eth0"), address);
        return core.pump();
    }

    private static List<Long> sentAt(CoreFixture core, long from) {
        return core.advertisements().stream().map(sent -> sent.at() - from).toList();
    }

    @Test
    void anAddressThatIsBackSoonEnoughChangesNothing() {
        CoreFixture core = master(ipv4());
        long from = core.now;
        gone(core, OWN).advance(17 * MS);
        assertTrue(core.kernel.holds(VIP));
        back(core, OWN + "/24").advance(2 * CoreFixture.SECOND);

        assertEquals("", core.states("V4") + core.faultReports("V4"));
        assertEquals(List.of(NoteKind.SOURCE_GONE), core.notes());
        assertEquals(List.of(FIRST_DUE, FIRST_DUE + CoreFixture.SECOND), sentAt(core, from));
        assertEquals(0, core.all(EffectKind.REMOVE_ADDRESS).size() + core.all(EffectKind.ADD_ADDRESS).size());
    }

    /** Before it, the virtual address would become the primary one, and take the other along when it is released. */
    @Test
    void aVirtualAddressTakenAlongIsBackDirectlyBehindIt() {
        CoreFixture core = master(ipv4("virtual_ipaddress { 192.0.2.10/24\n198.51.100.1/24 }"));
        gone(core, OWN, VIP, "198.51.100.1").advance(17 * MS);
        assertTrue(core.kernel.holds("198.51.100.1"), "of another subnet");
        assertFalse(core.kernel.holds(VIP));

        back(core, OWN + "/24");
        assertTrue(core.kernel.holds(VIP));
        assertEquals(List.of(OWN, VIP), core.kernel.byName("eth0").addresses.stream()
                .map(each -> each.address.toString()).filter(text -> text.startsWith("192.")).toList());
        assertEquals("", core.states("V4"));
    }

    @Test
    void anAddressThatStaysAwayIsAFaultAtTheEndOfTheGrace() {
        CoreFixture core = master(ipv4());
        gone(core, OWN).advance(300 * MS - 1);
        assertEquals(List.of(), core.faults("V4"));
        assertTrue(core.kernel.holds(VIP));

        core.advance(1);
        assertEquals(List.of(FaultReason.NO_SOURCE_ADDRESS), core.faults("V4"));
        assertEquals("FAULT", core.states("V4"));
        assertEquals("address 192.0.2.2 was removed from eth0", core.instance("V4").cause());
        assertFalse(core.kernel.holds(VIP));
        assertEquals(List.of(), core.advertisements());
        core.advance(10 * CoreFixture.SECOND);
        assertEquals("FAULT", core.states("V4"));
    }

    @Test
    void theGraceIsNoLongerThanAnInterval() {
        CoreFixture core = master(ipv4("advert_int 0.1"));
        gone(core, OWN).advance(100 * MS - 1);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.advance(1);
        assertEquals(RouterState.FAULT, core.state("V4"));
    }

    /** A peer that waits for one advertisement only may take over before a grace is over. */
    @Test
    void peersWithoutPatienceLeaveNoGrace() {
        CoreFixture core = master(ipv4("down_timer_adverts 1"));
        gone(core, OWN);
        assertEquals(RouterState.FAULT, core.state("V4"));
    }

    @Test
    void anAdvertisementThatCameDueIsSentWhenTheSourceIsBackAndTheGridStays() {
        CoreFixture core = master(ipv4());
        long from = core.now;
        core.advance(FIRST_DUE - 100 * MS);
        gone(core, OWN).advance(250 * MS);
        assertEquals(List.of(), core.advertisements());

        back(core, OWN + "/24").advance(CoreFixture.SECOND);
        assertEquals(List.of(FIRST_DUE + 150 * MS, FIRST_DUE + CoreFixture.SECOND), sentAt(core, from));
        assertEquals("", core.states("V4"));
    }

    @Test
    void anotherUsableAddressEndsTheGraceToo() {
        CoreFixture core = master(ipv4());
        gone(core, OWN).advance(100 * MS);
        back(core, "192.0.2.7/24").advance(CoreFixture.SECOND);

        assertEquals("", core.states("V4"));
        assertEquals(List.of(NoteKind.SOURCE_GONE, NoteKind.SOURCE_CHANGED), core.notes());
        assertEquals("192.0.2.7", core.instance("V4").masterAddress().toString());
    }

    @Test
    void whatIsHeardMeanwhileIsComparedWithTheAddressThatIsAwaited() {
        for (String peer : List.of("192.0.2.1", "192.0.2.3")) {
            CoreFixture core = master(ipv4());
            gone(core, OWN).advance(10 * MS);
            core.received(PeerRouter.of(3, 51, peer, CoreFixture.SECOND, VIP).advertisement(100),
                    core.kernel.byName("eth0"));
            assertEquals(List.of(), core.advertisements());
            assertEquals(peer.equals("192.0.2.3") ? "BACKUP FAULT" : "", core.states("V4"));
            back(core, OWN + "/24");
            assertEquals(peer.equals("192.0.2.3") ? 0 : 1, core.advertisements().size(), "the answer");
        }
    }

    @Test
    void whoGivesWayMeanwhileKnowsWhyItIsInFault() {
        CoreFixture core = master(ipv4());
        gone(core, OWN).advance(10 * MS);
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, VIP).advertisement(100),
                core.kernel.byName("eth0"));
        assertEquals("BACKUP FAULT", core.states("V4"));
        assertEquals("address 192.0.2.2 was removed from eth0", core.instance("V4").cause());
    }

    @Test
    void aLinkThatGoesDownMeanwhileIsAFaultAtOnce() {
        for (String line : List.of("", "dont_track_primary")) {
            CoreFixture core = master(ipv4(line));
            gone(core, OWN).advance(10 * MS);
            core.kernel.setCarrier(core.kernel.byName("eth0"), false);
            core.pump();
            assertEquals("FAULT", core.states("V4"));
            assertTrue(core.faults("V4").contains(FaultReason.NO_SOURCE_ADDRESS));
        }
    }

    @Test
    void aReloadMeanwhileEndsNothingAndWhatItWouldTellIsToldAfterwards() {
        CoreFixture core = master(ipv4());
        gone(core, OWN).advance(100 * MS);
        core.configured(ipv4("priority 150"));
        assertEquals(List.of(), core.advertisements());
        core.advance(100 * MS);
        back(core, OWN + "/24");
        assertEquals(150, core.advertisements().get(0).priority());
        assertEquals("", core.states("V4"));

        gone(core, OWN).advance(100 * MS);
        core.configured(ipv4("advert_int 0.1"));
        assertEquals(RouterState.FAULT, core.state("V4"));
    }

    /** The address is there: it has not gone, it is no longer wanted. */
    @Test
    void aReloadThatNamesASourceThatIsMissingIsAFaultAtOnce() {
        CoreFixture core = master(ipv4());
        core.configured(ipv4("mcast_src_ip 192.0.2.77"));
        assertEquals(List.of(FaultReason.CONFIGURED_SOURCE_ABSENT), core.faults("V4"));
    }

    @Test
    void aBackupHasAFaultAtOnce() {
        CoreFixture core = running(ipv4());
        gone(core.forget(), OWN);
        assertEquals("FAULT", core.states("V4"));
        assertEquals(List.of(), core.notes());
    }

    @Test
    void anOwnerNeverTakesItsOwnAddressForAVirtualOne() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.10/24");
        core.started().configured(ipv4("priority 255")).advance(CoreFixture.SECOND).forget();
        gone(core, VIP);
        assertEquals("FAULT", core.states("V4"));
        back(core, VIP + "/24").advance(CoreFixture.SECOND);
        assertEquals("FAULT MASTER", core.states("V4"));
        core.stopped();
        assertTrue(core.kernel.holds(VIP));
    }

    @Test
    void aGroupMovesWhenTheGraceIsOverAndNotBefore() {
        CoreFixture core = master(dualStack());
        gone(core, OWN).advance(300 * MS - 1);
        assertEquals("", core.states("V4") + core.states("V6"));
        core.advance(1);
        assertEquals("FAULT", core.states("V4"));
        assertEquals("FAULT", core.states("V6"));
    }

    @Test
    void anIpv6SourceThatIsDetectedInTimeIsAwaitedAndOneThatIsADuplicateIsNot() {
        CoreFixture core = master(ipv6());
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        gone(core, "fe80::2").advance(10 * MS);
        core.kernel.addressAdded(eth0, "fe80::2/64", 0xC0);
        core.advance(100 * MS);
        assertEquals("", core.states("V6") + core.faultReports("V6"));
        core.kernel.dadCompleted(eth0);
        core.advance(CoreFixture.SECOND);
        assertEquals("", core.states("V6"));

        gone(core, "fe80::2").advance(10 * MS);
        core.kernel.addressAdded(eth0, "fe80::2/64", 0xC0);
        core.kernel.dadFailed(eth0);
        core.pump();
        assertEquals(List.of(FaultReason.SOURCE_DUPLICATE), core.faults("V6"));
    }

    @Test
    void unicastIsHeardOnTheAddressThatIsAwaited() {
        CoreFixture core = master(ipv4("unicast_peer {\n192.0.2.9\n}"));
        List<String> before = core.sockets();
        gone(core, OWN).advance(17 * MS);
        assertEquals(before, core.sockets());
        back(core, OWN + "/24").advance(CoreFixture.SECOND);
        assertEquals(before, core.sockets());
        assertEquals(0, core.all(EffectKind.OPEN_SOCKET).size() + core.all(EffectKind.CLOSE_SOCKET).size());
        assertEquals(1, core.unicasts().size());
    }
}
