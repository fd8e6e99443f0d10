package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.ipv4;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** interface_up_down_delays: a link counts as up or down when it has been for long enough. */
class LinkSettlingTest {

    private static final long SECOND = CoreFixture.SECOND;

    private static String delays(String... lines) {
        return "interface_up_down_delays {\n" + String.join("\n", lines) + "\n}\n";
    }

    private static CoreFixture master(String configuration) {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.linkReady("eth1", "198.51.100.2/24");
        return core.started().configured(configuration).advance(4 * SECOND).forget();
    }

    private static void carrier(CoreFixture core, String name, boolean on) {
        core.kernel.setCarrier(core.kernel.byName(name), on);
        core.pump();
    }

    @Test
    void whatIsDownForLessThanItsDelayDoesNotCount() {
        CoreFixture core = master(delays("eth0 1.5 0") + ipv4());
        carrier(core, "eth0", false);
        core.advance(1_500_000_000L - 1);
        carrier(core, "eth0", true);
        core.advance(10 * SECOND);
        assertEquals("", core.states("V4"));
        assertEquals("", core.faultReports("V4"));
    }

    @Test
    void whatIsDownForItsDelayCounts() {
        CoreFixture core = master(delays("eth0 1.5 0") + ipv4());
        carrier(core, "eth0", false);
        core.advance(1_500_000_000L - 1);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.advance(1);
        assertEquals(List.of(FaultReason.NO_CARRIER), core.faults("V4"));
        assertEquals("link eth0 has been down for 1.5 s", core.instance("V4").cause());
        carrier(core, "eth0", true);
        assertEquals(RouterState.BACKUP, core.state("V4"), "the delay of coming up is 0");
    }

    @Test
    void whatIsUpCountsAfterItsDelayAndTheFaultSaysSo() {
        CoreFixture core = master(delays("eth0 0 3") + ipv4());
        carrier(core, "eth0", false);
        assertEquals(RouterState.FAULT, core.state("V4"));
        carrier(core, "eth0", true);
        assertEquals(List.of(FaultReason.LINK_SETTLING), core.faults("V4"));
        assertEquals("interface eth0 is up, but not for 3 s yet (interface_up_down_delays)",
                core.instance("V4").faults().get(0).reasonText());
        core.advance(2 * SECOND);
        carrier(core, "eth0", false);
        carrier(core, "eth0", true);
        core.advance(3 * SECOND - 1);
        assertEquals(RouterState.FAULT, core.state("V4"), "it must be up without a break");
        core.advance(1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void beforeItWasUpOnceNothingIsDelayed() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.setCarrier(core.kernel.byName("eth0"), false);
        core.started().configured(delays("eth0 5 5") + ipv4());
        assertEquals(RouterState.FAULT, core.state("V4"));
        carrier(core, "eth0", true);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    /** Defect 17 and section 1.7, 12: in keepalived the timer goes on and concerns what comes next. */
    @Test
    void aDeletedInterfaceCountsAtOnceAndTakesItsTimerAlong() {
        CoreFixture core = master(delays("eth0 1.5 60") + ipv4());
        carrier(core, "eth0", false);
        core.advance(SECOND);
        core.kernel.linkRemoved(core.kernel.byName("eth0"));
        core.pump();
        assertEquals(List.of(FaultReason.INTERFACE_ABSENT), core.faults("V4"));
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"), "another one, that was never down");
        core.forget().advance(3 * SECOND);
        assertEquals("", core.states("V4"), "the timer of the former has no effect");
    }

    @Test
    void trackedInterfacesAndThoseOfAddressesAreDelayedToo() {
        CoreFixture core = master(delays("eth1 1 2") + "global_defs { vrrp_version 3 }\n"
                + instance("V4", "eth0", 51, "192.0.2.10/24", "track_interface { eth1 weight 20 }")
                + instance("W4", "eth0", 52, "192.0.2.20/24", "track_interface { eth1 }")
                + instance("X4", "eth0", 53, "192.0.2.30/24 dev eth1"));
        carrier(core, "eth1", false);
        core.advance(SECOND - 1);
        assertEquals(120, core.instance("V4").effectivePriority());
        assertEquals(List.of(), core.faults("W4"));
        assertEquals(List.of(), core.faults("X4"));
        core.advance(1);
        assertEquals(100, core.instance("V4").effectivePriority());
        assertEquals(List.of(FaultReason.TRACKED_DOWN), core.faults("W4"));
        assertEquals(List.of(FaultReason.ADDRESS_INTERFACE_DOWN), core.faults("X4"));
        carrier(core, "eth1", true);
        core.advance(2 * SECOND - 1);
        assertEquals(List.of(FaultReason.LINK_SETTLING), core.faults("W4"));
        core.advance(1);
        assertEquals(120, core.instance("V4").effectivePriority());
        assertEquals(List.of(), core.faults("W4"));
        assertEquals(List.of(), core.faults("X4"));
    }

    @Test
    void itIsKnownBeforeTheOthersWouldTakeOver() {
        CoreFixture core = master(delays("eth0 60 0") + ipv4());
        carrier(core, "eth0", false);
        core.advance(2 * SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"), "down_timer_adverts less one times advert_int");
    }

    @Test
    void aReloadKeepsATimerThatDidNotChangeAndBeginsOneThatDid() {
        CoreFixture core = master(delays("eth0 2 0") + ipv4());
        carrier(core, "eth0", false);
        core.advance(SECOND).configured(delays("eth0 2 0") + ipv4("preempt_delay 5"));
        core.advance(SECOND - 1);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.advance(1);
        assertEquals(RouterState.FAULT, core.state("V4"));

        core = master(delays("eth0 2 0") + ipv4());
        carrier(core, "eth0", false);
        core.advance(SECOND).configured(ipv4());
        assertEquals(RouterState.FAULT, core.state("V4"), "without a delay it counts as it is");
    }

    /** Section 1.7, 10: one bit for all interfaces lets keepalived leave FAULT when the first comes back. */
    @Test
    void oneOfTwoTrackedInterfacesThatComesBackIsNotEnough() {
        CoreFixture core = master("global_defs { vrrp_version 3 }\n"
                + instance("V4", "eth0", 51, "192.0.2.10/24", "track_interface {\neth1\neth2\n}"));
        core.kernel.linkReady("eth2");
        core.advance(4 * SECOND);
        carrier(core, "eth1", false);
        carrier(core, "eth2", false);
        carrier(core, "eth1", true);
        core.advance(10 * SECOND);
        assertEquals(List.of(FaultReason.TRACKED_DOWN), core.faults("V4"));
        carrier(core, "eth2", true);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    /** Defect 4: keepalived adds a negative weight again when the interface is deleted. */
    @Test
    void aDeletedInterfaceIsWorthWhatOneThatIsDownIs() {
        for (String weight : List.of("20", "-20", "20 reverse", "-20 reverse")) {
            CoreFixture core = master("global_defs { vrrp_version 3 }\n" + instance(
                    "V4", "eth0", 51, "192.0.2.10/24", "track_interface { eth1 weight " + weight + " }"));
            int up = core.instance("V4").effectivePriority();
            carrier(core, "eth1", false);
            int down = core.instance("V4").effectivePriority();
            core.kernel.linkRemoved(core.kernel.byName("eth1"));
            assertEquals(down, core.pump().instance("V4").effectivePriority(), weight);
            core.kernel.linkReady("eth1");
            assertEquals(up, core.pump().instance("V4").effectivePriority(), weight);
            assertEquals(20, Math.abs(up - down), weight);
        }
    }
}
