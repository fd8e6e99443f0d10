package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.Recorded;

/** Sync groups over several interfaces, both families and reloads: V4 and V6 on eth0, W4 on eth1. */
class SyncGroupMembersTest {

    private static final long MASTER_DOWN = 3_609_375_000L;
    private static final PeerRouter PEER_V4 = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final PeerRouter PEER_W4 =
            PeerRouter.of(3, 52, "198.51.100.3", CoreFixture.SECOND, "198.51.100.10");

    private static String three(String group, String... lines) {
        return "global_defs { vrrp_version 3 }\n" + group
                + Configurations.instance("V4", "eth0", 51, "192.0.2.10/24", lines)
                + Configurations.instance("V6", "eth0", 51, "fe80::10", lines)
                + Configurations.instance("W4", "eth1", 52, "198.51.100.10/24", lines);
    }

    private static final String ALL = Configurations.group("V4", "V6", "W4");

    private static CoreFixture running(String configuration) {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.kernel.linkReady("eth1", "198.51.100.2/24");
        return core.started().configured(configuration);
    }

    private static CoreFixture master(String configuration) {
        return running(configuration).advance(4 * CoreFixture.SECOND).forget();
    }

    private static String states(CoreFixture core) {
        return core.state("V4") + " " + core.state("V6") + " " + core.state("W4");
    }

    private static void heard(CoreFixture core, PeerRouter peer, String device, int priority) {
        core.received(peer.advertisement(priority), core.kernel.byName(device));
    }

    @Test
    void becomesMasterTogetherAndEachAdvertisesBeforeItHasItsAddress() {
        CoreFixture core = running(three(ALL)).forget();
        core.advance(MASTER_DOWN);
        assertEquals("MASTER MASTER MASTER", states(core));
        assertEquals(3, core.advertisements().size());
        assertEquals(1, core.advertisements().stream().map(Recorded::at).distinct().count());
    }

    @Test
    void aMemberWhoseTimerFiresWhileAnotherHasAMasterWaitsAWholeIntervalAgain() {
        CoreFixture core = running(three(ALL));
        long start = core.now;
        core.advance(CoreFixture.SECOND);
        heard(core, PEER_W4, "eth1", 150);
        // V4 and V6 fire at 3.6 s and are held; W4 fires at 4.6 s, and by then they want to
        core.advanceTo(start + CoreFixture.SECOND + MASTER_DOWN - 1);
        assertEquals("BACKUP BACKUP BACKUP", states(core));
        core.advance(1);
        assertEquals("MASTER MASTER MASTER", states(core));
    }

    /** It waits a whole Master_Down_Interval again, and a reload shifts that, not a Skew_Time that is over. */
    @Test
    void aMemberThatWaitsAgainAfterPriorityZeroIsShiftedByAReloadAsAnyOther() {
        CoreFixture core = running(three(ALL));
        long start = core.now;
        heard(core, PEER_V4, "eth0", 150);
        heard(core, PEER_V4, "eth0", 0);
        // V4 fires after its Skew_Time and is held; V6 and W4 have heard nobody
        core.advance(CoreFixture.SECOND);
        long again = start + 609_375_000L + MASTER_DOWN;
        assertEquals(again, core.instance("V4").detail().dueNanos());
        core.configured(three(ALL, "down_timer_adverts 5"));
        assertEquals(again + 2 * CoreFixture.SECOND, core.instance("V4").detail().dueNanos());
    }

    @Test
    void anAcceptedAdvertisementTakesTheWishBack() {
        CoreFixture core = running(three(ALL));
        long start = core.now;
        for (int second = 1; second <= 4; second++) {
            core.advanceTo(start + second * CoreFixture.SECOND);
            heard(core, PEER_W4, "eth1", 150);
        }
        // V4 has wanted to since 3.6 s, hears a master at 4 s, and no longer wants to when W4's timer fires at 7.6 s
        for (int second = 4; second <= 7; second++) {
            core.advanceTo(start + second * CoreFixture.SECOND);
            heard(core, PEER_V4, "eth0", 150);
        }
        core.advanceTo(start + 4 * CoreFixture.SECOND + MASTER_DOWN);
        assertEquals("BACKUP BACKUP BACKUP", states(core));
        core.advanceTo(start + 7 * CoreFixture.SECOND + MASTER_DOWN);
        assertEquals("MASTER MASTER MASTER", states(core));
    }

    @Test
    void theGroupIsMasterWithTheSlowestTimerOfItsPriorities() {
        String slow = three(ALL).replaceFirst("(?s)(.*)priority 100", "$1priority 1");
        CoreFixture core = running(slow);
        long slowest = 3 * CoreFixture.SECOND + CoreFixture.SECOND * 255 / 256;
        core.advance(slowest - 1);
        assertEquals("BACKUP BACKUP BACKUP", states(core));
        core.advance(1);
        assertEquals("MASTER MASTER MASTER", states(core));
    }

    @Test
    void yieldsTogetherOverAllInterfacesWithoutPriorityZero() {
        CoreFixture core = master(three(ALL));
        heard(core, PEER_W4, "eth1", 150);
        assertEquals("BACKUP BACKUP BACKUP", states(core));
        assertEquals(List.of(), core.advertisements());
        assertFalse(core.kernel.holds("192.0.2.10") || core.kernel.holds("fe80::10"));
    }

    @Test
    void failsTogetherAndPartnersSayGoodbye() {
        CoreFixture core = master(three(ALL));
        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        core.pump();
        assertEquals("FAULT FAULT FAULT", states(core));
        assertEquals(List.of(0, 0), core.advertisements().stream().map(Recorded::priority).toList(),
                "once on each link that works");
        assertEquals(List.of(FaultReason.SYNC_GROUP), core.faults("V6"));
    }

    @Test
    void leavesFaultTogetherAndOnlyWhenNobodyIsFaulty() {
        CoreFixture core = master(three(ALL));
        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        core.kernel.setCarrier(core.kernel.byName("eth0"), false);
        core.kernel.setCarrier(core.kernel.byName("eth1"), true);
        core.pump();
        assertEquals("FAULT FAULT FAULT", states(core));
        core.kernel.setCarrier(core.kernel.byName("eth0"), true);
        core.pump();
        assertEquals("BACKUP BACKUP BACKUP", states(core));
        core.advance(MASTER_DOWN);
        assertEquals("MASTER MASTER MASTER", states(core));
    }

    @Test
    void aLowerPriorityMakesAllMembersAnnounceNowAndAgain() {
        CoreFixture core = master(three(ALL)).advance(10 * CoreFixture.SECOND).forget();
        heard(core, PEER_W4, "eth1", 50);
        assertEquals(15, core.announcements().size(), "five rounds each");
        assertEquals(1, core.advertisements().size(), "but only the one that heard it answers");
        core.forget().advance(5 * CoreFixture.SECOND);
        assertEquals(15, core.announcements().size());
    }

    @Test
    void aGroupOfOneIsLikeNone() {
        CoreFixture core = running(three(Configurations.group("V4")));
        core.advance(MASTER_DOWN);
        assertEquals("MASTER MASTER MASTER", states(core));
        heard(core, PEER_V4, "eth0", 150);
        assertEquals("BACKUP MASTER MASTER", states(core));
    }

    // reload

    @Test
    void oneThatJoinsAMasterGroupBecomesMasterWhenNobodyElseIs() {
        CoreFixture core = master(three(Configurations.group("V4", "V6")).replaceFirst("(?s)vrrp_instance W4.*", ""));
        core.configured(three(ALL));
        assertEquals("MASTER MASTER BACKUP", states(core), "those that serve go on");
        core.advance(MASTER_DOWN);
        assertEquals("MASTER MASTER MASTER", states(core));
    }

    @Test
    void oneThatJoinsAMasterGroupAndHearsABetterRouterTakesTheGroupAlong() {
        CoreFixture core = master(three(Configurations.group("V4", "V6")).replaceFirst("(?s)vrrp_instance W4.*", ""));
        core.configured(three(ALL)).forget();
        heard(core, PEER_W4, "eth1", 150);
        assertEquals("BACKUP BACKUP BACKUP", states(core));
        assertEquals(List.of(), core.advertisements(), "without priority 0");
    }

    @Test
    void twoThatAreGroupedWhileOneIsBackupAgreeWithTheNextAdvertisement() {
        CoreFixture core = master(three(""));
        heard(core, PEER_W4, "eth1", 150);
        assertEquals("MASTER MASTER BACKUP", states(core));
        core.configured(three(ALL));
        heard(core, PEER_W4, "eth1", 150);
        assertEquals("BACKUP BACKUP BACKUP", states(core));
    }

    @Test
    void oneThatLeavesIsHeldNoLonger() {
        CoreFixture core = master(three(ALL));
        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        core.pump().configured(three(Configurations.group("V4", "V6")));
        assertEquals("BACKUP BACKUP FAULT", states(core));
        core.advance(MASTER_DOWN);
        assertEquals("MASTER MASTER FAULT", states(core));
    }

    @Test
    void oneThatJoinsInFaultStopsTheOthers() {
        CoreFixture core = master(three(Configurations.group("V4", "V6")));
        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        core.pump();
        assertEquals("MASTER MASTER FAULT", states(core));
        core.configured(three(ALL));
        assertEquals("FAULT FAULT FAULT", states(core));
        assertEquals(RouterState.FAULT, core.processor.core().view().groups().get(0).state());
    }
}
