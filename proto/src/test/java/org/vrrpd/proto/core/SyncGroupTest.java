package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.Recorded;

/** Routers of a sync group change state together. */
class SyncGroupTest {

    private static final PeerRouter PEER4 = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final PeerRouter PEER6 = PeerRouter.of(3, 51, "fe80::3", CoreFixture.SECOND, "fe80::10");

    @Test
    void coincidingDeadlinesTakeOverTogether() {
        CoreFixture core = running(dualStack());
        long due = core.now + 3_609_375_000L;
        core.advanceTo(due);

        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.MASTER, core.state("V6"));
        assertEquals(List.of(due, due), core.advertisements().stream().map(Recorded::at).toList());
    }

    @Test
    void deadlinesApartTakeOverWithTheLater() {
        CoreFixture core = running(dualStack());
        long started = core.now;
        core.advance(CoreFixture.SECOND).received(PEER6.advertisement(150), core.kernel.byName("eth0"));
        core.advanceTo(started + 4_609_375_000L - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"), "its own timer fired a second ago");

        core.advanceTo(started + 4_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.MASTER, core.state("V6"));
    }

    @Test
    void oneWhoseMasterLivesHoldsTheOthers() {
        CoreFixture core = running(dualStack());
        for (int i = 0; i < 20; i++) {
            core.advance(CoreFixture.SECOND).received(PEER6.advertisement(150), core.kernel.byName("eth0"));
        }
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(RouterState.BACKUP, core.state("V6"));
        core.advance(3_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void oneThatYieldsTakesTheOthersAlongWithoutPriorityZero() {
        CoreFixture core = master(dualStack());
        core.received(PEER4.advertisement(200), core.kernel.byName("eth0"));

        assertEquals("BACKUP", core.states("V4"));
        assertEquals("BACKUP", core.states("V6"));
        assertEquals(List.of(), core.advertisements());
        assertEquals("sync group G follows V4", core.instance("V6").cause());
    }

    /** Else two groups whose addresses are ordered otherwise in one member than in the other do so for ever. */
    @Test
    void whoGaveWayToAnEqualWaitsLongerAndNotAsLongInAnotherMember() {
        CoreFixture first = master(dualStack());
        first.received(PEER4.advertisement(100), first.kernel.byName("eth0"));
        takesOverAfter(first, 3_609_375_000L + CoreFixture.SECOND);
        CoreFixture second = master(dualStack());
        second.received(PEER6.advertisement(100), second.kernel.byName("eth0"));
        takesOverAfter(second, 3_609_375_000L + 2 * CoreFixture.SECOND);
        CoreFixture weaker = master(dualStack());
        weaker.received(PEER6.advertisement(101), weaker.kernel.byName("eth0"));
        takesOverAfter(weaker, 3_609_375_000L);
    }

    private static void takesOverAfter(CoreFixture core, long nanos) {
        assertEquals("BACKUP", core.states("V4"));
        core.advance(nanos - 1);
        assertEquals("BACKUP", core.states("V4") + core.states("V6").replace("BACKUP", ""));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.MASTER, core.state("V6"));
    }

    @Test
    void oneInFaultTakesTheOthersAlongAndEachSaysGoodbyeOnce() {
        CoreFixture core = master(dualStack("track_interface { eth1 }")
                .replaceFirst("track_interface \\{ eth1 }", ""));
        assertEquals(RouterState.FAULT, core.state("V4"), "eth1 is missing: the group waits");
        core.kernel.linkReady("eth1");
        core.advance(4 * CoreFixture.SECOND).forget();

        core.kernel.setCarrier(core.kernel.byName("eth1"), false);
        core.pump();
        assertEquals("FAULT", core.states("V4"));
        assertEquals("FAULT", core.states("V6"));
        assertEquals(List.of(0, 0), core.advertisements().stream().map(Recorded::priority).toList());
        assertEquals(List.of(FaultReason.SYNC_GROUP), core.faults("V4"));
        assertEquals("link eth1 lost carrier", core.instance("V4").cause());

        core.kernel.setCarrier(core.kernel.byName("eth1"), true);
        core.advance(3_609_375_000L);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.MASTER, core.state("V6"));
    }

    @Test
    void ownersStartAtOnceOnlyWhenAllAre() {
        CoreFixture all = running(dualStack("priority 255"));
        assertEquals(RouterState.MASTER, all.state("V4"));
        assertEquals(RouterState.MASTER, all.state("V6"));

        CoreFixture mixed = running("global_defs { vrrp_version 3 }\n" + Configurations.group("V4", "W4")
                + instance("V4", "eth0", 51, "192.0.2.10/24", "priority 255")
                + instance("W4", "eth0", 52, "192.0.2.20/24"));
        assertEquals(RouterState.BACKUP, mixed.state("V4"));
        mixed.advance(3_609_375_000L);
        assertEquals(RouterState.MASTER, mixed.state("V4"));
        assertEquals(RouterState.MASTER, mixed.state("W4"));
    }
}
