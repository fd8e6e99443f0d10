package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.running;
import static org.vrrpd.proto.core.CoreFixture.MILLISECOND;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.Recorded;

/** vrrp_garp_interval and vrrp_gna_interval hold for an interface, not for each router on it. */
class AnnouncementSpacingTest {

    private static final String EVERY_100_MS =
            "global_defs { vrrp_version 3\nvrrp_garp_interval 0.1\nvrrp_gna_interval 0.1 }\n";
    private static final String THREE = "virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24\n192.0.2.12/24 }";
    private static final String OTHER_THREE = "virtual_ipaddress { 192.0.2.20/24\n192.0.2.21/24\n192.0.2.22/24 }";

    private static String two(String... lines) {
        return EVERY_100_MS + instance("A", "eth0", 1, "", THREE, String.join("\n", lines))
                + instance("B", "eth0", 2, "", OTHER_THREE, String.join("\n", lines));
    }

    private static void assertSpaced(List<Recorded> announcements) {
        for (int i = 1; i < announcements.size(); i++) {
            assertEquals(100 * MILLISECOND, announcements.get(i).at() - announcements.get(i - 1).at(), "at " + i);
        }
    }

    private static Map<String, Integer> rounds(List<Recorded> announcements) {
        Map<String, Integer> rounds = new TreeMap<>();
        announcements.forEach(each -> rounds.merge(each.announced().toString(), 1, Integer::sum));
        return rounds;
    }

    @Test
    void routersOnAnInterfaceTakeTurnsAndEverythingIsSent() {
        CoreFixture core = running(two("garp_master_delay 0"));
        core.advance(60 * SECOND);

        List<Recorded> sent = core.all(EffectKind.SEND_GRATUITOUS_ARP);
        assertEquals(Map.of("192.0.2.10", 5, "192.0.2.11", 5, "192.0.2.12", 5,
                "192.0.2.20", 5, "192.0.2.21", 5, "192.0.2.22", 5), rounds(sent));
        assertSpaced(sent);
        for (int i = 1; i < sent.size(); i++) {
            assertFalse(sent.get(i).instance() == sent.get(i - 1).instance(), "twice the same router, at " + i);
        }
    }

    /** The second set is due before the first has gone: what is due does not pile up. */
    @Test
    void roundsThatAreStillDueCountForTheNextSet() {
        CoreFixture core = running(two("garp_master_delay 1"));
        core.advance(60 * SECOND);

        assertSpaced(core.announcements());
        assertEquals(40, core.announcements().size(), "30 at first, of which 10 are sent after a second");
    }

    @Test
    void aVmacSharesTheInterfaceBelowIt() {
        CoreFixture core = running(EVERY_100_MS
                + instance("A", "eth0", 1, "", THREE, "use_vmac\ngarp_master_delay 0")
                + instance("B", "eth0", 2, "", OTHER_THREE, "garp_master_delay 0"));
        core.advance(60 * SECOND);

        assertEquals(30, core.announcements().size());
        assertSpaced(core.announcements());
        assertEquals(2, core.announcements().stream().mapToInt(Recorded::interfaceIndex).distinct().count());
    }

    @Test
    void otherInterfacesAndTheOtherFamilyDoNotWait() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.linkReady("eth1");
        core.started().configured(EVERY_100_MS + instance("A", "eth0", 1, "", "garp_master_delay 0", THREE,
                "virtual_ipaddress_excluded { 198.51.100.1/24 dev eth1\n2001:db8::1/64 }"));
        core.advance(60 * SECOND);

        int eth1 = core.kernel.byName("eth1").index;
        assertEquals(20 + 5, core.announcements().size());
        assertSpaced(core.announcements().stream().filter(each -> each.interfaceIndex() == eth1).toList());
        assertSpaced(core.all(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT));
        assertSpaced(core.all(EffectKind.SEND_GRATUITOUS_ARP).stream()
                .filter(each -> each.interfaceIndex() != eth1).toList());
    }

    @Test
    void aRouterThatLeavesLosesItsTurnsAndTheOtherGoesOn() {
        CoreFixture core = running(two("garp_master_delay 0"));
        core.advance(4 * SECOND);
        core.received(PeerRouter.of(3, 1, "192.0.2.3", SECOND, "192.0.2.10", "192.0.2.11", "192.0.2.12")
                .advertisement(200), core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("A"));
        core.forget().advance(2900 * MILLISECOND);

        assertTrue(core.announcements().stream().allMatch(each -> each.announced().toString().contains(".2.2")));
        assertEquals(13, core.announcements().size(), "two of fifteen had gone");
        assertSpaced(core.announcements());
    }

    @Test
    void withoutRoutersThatWaitNoDeadlineIsLeft() {
        CoreFixture core = running(two("garp_master_delay 0\nadvert_int 30"));
        core.advance(200 * SECOND);
        assertTrue(core.processor.core().nextDeadlineNanos() > core.now + SECOND);
    }

    @Test
    void withoutTheIntervalAReloadSendsWhatWaits() {
        CoreFixture core = running(two("garp_master_delay 0"));
        core.advance(4 * SECOND);
        int before = core.announcements().size();
        core.configured(two("garp_master_delay 0").replace("interval 0.1", "interval 0"));

        assertEquals(30, core.announcements().size());
        assertTrue(before < 10, before + " had gone");
    }
}
