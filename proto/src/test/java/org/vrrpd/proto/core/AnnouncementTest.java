package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;
import static org.vrrpd.proto.core.CoreFixture.MILLISECOND;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;

/** When a MASTER tells the link where its addresses are, and how often. */
class AnnouncementTest {

    /** Of a router that becomes MASTER after 3.609375 s. */
    private static final long MASTER_AT = 3_609_375_000L;
    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.1", SECOND, "192.0.2.10");

    private static List<String> announced(CoreFixture core) {
        return core.announcements().stream().map(each -> each.announced().toString()).toList();
    }

    /** Seconds since {@code start}, one for each round of the only address. */
    private static List<Long> seconds(CoreFixture core, long start) {
        return core.announcements().stream().map(each -> (each.at() - start) / SECOND).toList();
    }

    private static void yields(CoreFixture core) {
        core.received(PEER.advertisement(200), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void aSetAtOnceAndASecondAfterTheDelay() {
        CoreFixture core = running(ipv4("garp_master_repeat 3\ngarp_master_delay 7"));
        long start = core.now + MASTER_AT;
        core.advance(60 * SECOND);

        assertEquals(List.of(0L, 0L, 0L, 7L, 7L, 7L), seconds(core, start));
    }

    @Test
    void withoutADelayThereIsNoSecondSet() {
        CoreFixture core = running(ipv4("garp_master_delay 0"));
        long start = core.now + MASTER_AT;
        core.advance(60 * SECOND);

        assertEquals(List.of(0L, 0L, 0L, 0L, 0L), seconds(core, start));
    }

    @Test
    void roundsGoOverAllAddressesAlsoThoseNotAdvertised() {
        CoreFixture core = running(ipv4("garp_master_repeat 2\ngarp_master_delay 0",
                "virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 }",
                "virtual_ipaddress_excluded { 192.0.2.12/24\n2001:db8::12/64 }"));
        core.advance(4 * SECOND);

        List<String> round = List.of("192.0.2.10", "192.0.2.11", "192.0.2.12", "2001:db8::12");
        assertEquals(2 * round.size(), announced(core).size());
        assertEquals(round, announced(core).subList(0, 4));
        assertEquals(round, announced(core).subList(4, 8));
    }

    @Test
    void anAddressOfAnotherInterfaceIsAnnouncedThereWithItsMac() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        ModelKernel.Link eth1 = core.kernel.linkReady("eth1");
        core.started().configured(ipv4("virtual_ipaddress_excluded { 198.51.100.1/24 dev eth1 }"));
        core.advance(4 * SECOND);

        List<Recorded> there = core.announcements().stream()
                .filter(each -> each.interfaceIndex() == eth1.index).toList();
        assertEquals(Collections.nCopies(5, "198.51.100.1"),
                there.stream().map(each -> each.announced().toString()).toList());
        assertTrue(there.stream().allMatch(each -> each.buffer().getLong(4 + 4) << 16 >>> 16 == eth1.mac));
        assertEquals(10, core.announcements().size(), "and five on eth0");
    }

    @Test
    void nobodyIsToldWhereNobodyAsksUntilSomebodyDoes() {
        CoreFixture core = running(ipv4("garp_master_refresh 10"));
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        core.kernel.setNoArp(eth0, true);
        core.advance(100 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(), announced(core));

        core.kernel.setNoArp(eth0, false);
        core.pump();
        assertEquals(Collections.nCopies(5, "192.0.2.10"), announced(core));
    }

    @Test
    void theRefreshComesAgainAndAgainWithItsOwnRounds() {
        CoreFixture core = running(ipv4("garp_master_refresh 10\ngarp_master_refresh_repeat 2\ngarp_master_repeat 1"));
        long start = core.now + MASTER_AT;
        core.advance(45 * SECOND);

        assertEquals(List.of(0L, 5L, 15L, 15L, 25L, 25L, 35L, 35L), seconds(core, start));
    }

    /** keepalived adds one more perpetual timer each time it becomes MASTER. */
    @Test
    void theRefreshDoesNotMultiplyWhenMasterAgain() {
        CoreFixture core = master(ipv4("garp_master_refresh 10\ngarp_master_delay 0"));
        for (int i = 0; i < 5; i++) {
            yields(core);
            core.advance(4 * SECOND);
            assertEquals(RouterState.MASTER, core.state("V4"));
        }
        core.forget().advance(100 * SECOND);

        assertEquals(10, core.announcements().size());
    }

    @Test
    void nothingIsAnnouncedAfterLeavingMaster() {
        CoreFixture core = master(ipv4("garp_master_refresh 1"));
        yields(core);
        core.forget();
        for (int i = 0; i < 20; i++) {
            core.advance(SECOND).received(PEER.advertisement(200), core.kernel.byName("eth0"));
        }

        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(List.of(), announced(core));
    }

    @Test
    void anAdvertisementOfLowerPriorityBringsTwoSets() {
        CoreFixture core = master(ipv4("garp_master_delay 0\ngarp_lower_prio_repeat 2\ngarp_lower_prio_delay 3"));
        long start = core.now;
        core.received(PEER.advertisement(50), core.kernel.byName("eth0")).advance(60 * SECOND);

        assertEquals(List.of(0L, 0L, 3L, 3L), seconds(core, start));
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void theSetsAfterALowerPriorityCanBeSwitchedOff() {
        CoreFixture none = master(ipv4("garp_master_delay 0\ngarp_lower_prio_repeat 0\ngarp_lower_prio_delay 3"));
        none.received(PEER.advertisement(50), none.kernel.byName("eth0")).advance(60 * SECOND);
        assertEquals(List.of(), announced(none));

        CoreFixture one = master(ipv4("garp_master_delay 0\ngarp_lower_prio_repeat 2\ngarp_lower_prio_delay 0"));
        one.received(PEER.advertisement(50), one.kernel.byName("eth0")).advance(60 * SECOND);
        assertEquals(2, one.all(EffectKind.SEND_GRATUITOUS_ARP).size());
    }

    @Test
    void aRefreshThatAReloadBringsBeginsWithIt() {
        CoreFixture core = master(ipv4("garp_master_delay 0"));
        long start = core.now;
        core.configured(ipv4("garp_master_delay 0\ngarp_master_refresh 10")).advance(25 * SECOND);
        assertEquals(List.of(10L, 20L), seconds(core, start));

        core.configured(ipv4("garp_master_delay 0\ngarp_master_refresh 10\nnopreempt")).advance(10 * SECOND);
        assertEquals(List.of(10L, 20L, 30L), seconds(core, start), "another change leaves it alone");

        core.configured(ipv4("garp_master_delay 0")).forget().advance(100 * SECOND + MILLISECOND);
        assertEquals(List.of(), announced(core));
    }
}
