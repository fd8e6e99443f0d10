package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;

/** garp_extra_if: switches do not forget the MAC of an interface that holds addresses but sends no advertisements. */
class ExtraAnnouncementTest {

    private static final String ADDRESSES = "garp_master_delay 0\ngarp_master_repeat 1\n"
            + "virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 }\n"
            + "virtual_ipaddress_excluded { 2001:db8::10/64\n198.51.100.1/24 dev eth1\n198.51.100.2/24 dev eth1 }\n";

    private static CoreFixture running(String configuration) {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.kernel.linkReady("eth1");
        return core.started().configured(configuration);
    }

    private static CoreFixture master(String configuration) {
        return running(configuration).advance(4 * SECOND).forget();
    }

    /** Such as "vrrp.51 192.0.2.10 at 10", in seconds since {@code start}. */
    private static List<String> announced(CoreFixture core, long start) {
        return core.announcements().stream().map(each -> core.kernel.links.get(each.interfaceIndex()).name
                + " " + each.announced() + " at " + (each.at() - start) / SECOND).toList();
    }

    private static List<String> extras(String lines) {
        CoreFixture core = running(ipv4(ADDRESSES, lines));
        long start = core.now + 3_609_375_000L;
        core.advance(4 * SECOND);
        assertEquals(5, core.announcements().size(), "the set on becoming MASTER");
        core.forget().advance(20 * SECOND);
        return announced(core, start);
    }

    @Test
    void aVmacThatSendsNoAdvertisementsIsAnnounced() {
        assertEquals(List.of("vrrp.51 192.0.2.10 at 10", "vrrp.51 192.0.2.10 at 20"),
                extras("garp_extra_if 10\nuse_vmac\nvmac_xmit_base"));
    }

    @Test
    void aVmacThatSendsThemIsNot() {
        assertEquals(List.of(), extras("garp_extra_if 10\nuse_vmac"));
    }

    @Test
    void withoutAVmacThereIsNothingToAnnounce() {
        assertEquals(List.of(), extras("garp_extra_if 10"));
    }

    @Test
    void allMeansOtherInterfacesToo() {
        assertEquals(List.of("eth1 198.51.100.1 at 20"), extras("garp_extra_if all 20"));
        assertEquals(List.of("vrrp.51 192.0.2.10 at 20", "eth1 198.51.100.1 at 20"),
                extras("garp_extra_if all 20\nuse_vmac\nvmac_xmit_base"),
                "eth0 sends the advertisements, so its 2001:db8::10 needs none");
    }

    /** Advertisements leave on eth0 but with the MAC of the VMAC: that of eth0 may be forgotten. */
    @Test
    void allMeansTheInterfaceBelowAVmacThatAdvertises() {
        assertEquals(List.of("eth0 2001:db8::10 at 20", "eth1 198.51.100.1 at 20"),
                extras("garp_extra_if all 20\nuse_vmac"));
    }

    @Test
    void ipv6IsAnnouncedByNeighbourAdvertisements() {
        CoreFixture core = master(ipv6("garp_extra_if 10\ngarp_master_delay 0\nuse_vmac\nvmac_xmit_base"));
        core.advance(10 * SECOND);
        assertEquals(List.of("vrrp.51 fe80::10 at 10"), announced(core, core.now - 10 * SECOND - SECOND / 2));
    }

    @Test
    void theFirstComesAPeriodAfterTheSecondSet() {
        CoreFixture core = running(ipv4("garp_extra_if 10\ngarp_master_repeat 1\nuse_vmac\nvmac_xmit_base"));
        long start = core.now + 3_609_375_000L;
        core.advance(20 * SECOND);
        assertEquals(List.of("vrrp.51 192.0.2.10 at 0", "vrrp.51 192.0.2.10 at 5", "vrrp.51 192.0.2.10 at 15"),
                announced(core, start));
    }

    @Test
    void onlyAMasterSendsThemAndAgainOnlyOne() {
        CoreFixture core = master(ipv4(ADDRESSES, "garp_extra_if 10\nuse_vmac\nvmac_xmit_base"));
        PeerRouter peer = PeerRouter.of(3, 51, "192.0.2.3", SECOND, "192.0.2.10", "192.0.2.11");
        for (int i = 0; i < 30; i++) {
            core.received(peer.advertisement(200), core.kernel.byName("eth0")).advance(SECOND);
        }
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(List.of(), core.announcements());

        core.advance(4 * SECOND).received(peer.advertisement(200), core.kernel.byName("eth0")).advance(4 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.forget().advance(100 * SECOND);
        assertEquals(10, core.announcements().size(), "one timer, however often it became MASTER");
    }

    @Test
    void aReloadSwitchesThemOnAndOff() {
        CoreFixture core = master(ipv4(ADDRESSES, "use_vmac\nvmac_xmit_base"));
        long start = core.now;
        core.configured(ipv4(ADDRESSES, "garp_extra_if 10\nuse_vmac\nvmac_xmit_base")).advance(25 * SECOND);
        assertEquals(List.of("vrrp.51 192.0.2.10 at 10", "vrrp.51 192.0.2.10 at 20"), announced(core, start));

        core.configured(ipv4(ADDRESSES, "use_vmac\nvmac_xmit_base")).forget().advance(60 * SECOND);
        assertEquals(List.of(), core.announcements());
    }

    @Test
    void theyKeepTheSpacingToo() {
        String lines = "garp_extra_if 10\ngarp_master_delay 0\nuse_vmac\nvmac_xmit_base";
        CoreFixture core = master("global_defs { vrrp_version 3\nvrrp_garp_interval 0.1 }\n"
                + instance("A", "eth0", 1, "192.0.2.10/24", lines) + instance("B", "eth0", 2, "192.0.2.20/24", lines));
        core.advance(2 * SECOND).forget().advance(20 * SECOND);

        assertEquals(4, core.announcements().size(), "two of each VMAC");
        for (int i = 1; i < 4; i++) {
            long spacing = core.announcements().get(i).at() - core.announcements().get(i - 1).at();
            assertTrue(spacing >= SECOND / 10, spacing + " ns");
        }
    }
}
