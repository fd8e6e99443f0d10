package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.only;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.refused;

import org.junit.jupiter.api.Test;
import org.vrrpd.proto.inet.IpAddress;

/** Each keyword of global_defs, as instances inherit it. */
class GlobalKeywordsTest {

    private static final long SECOND = 1_000_000_000L;

    private static InstanceConfiguration with(String globals, String own) {
        return only(instance(own) + "global_defs {\n" + globals + "\n}");
    }

    private static void bad(String line, int column, String message) {
        refused("global_defs {\n" + line + "\n}", "c:2:" + column + ": error: " + message);
    }

    @Test
    void theRouterIdIsTheConfigIdUnlessGiven() {
        assertEquals("gw1", parse("").configuration().routerId());
        assertEquals("edge", parse("global_defs { router_id edge }").configuration().routerId());
        bad("router_id", 1, "router_id without a value in global_defs: expected a name");
    }

    @Test
    void versionAndGroupsAreInherited() {
        assertEquals(3, with("vrrp_version 3", "").version());
        assertEquals(2, with("vrrp_version 3", "version 2").version());
        assertEquals(IpAddress.parse("224.0.0.77"),
                with("vrrp_mcast_group4 224.0.0.77", "").transport().multicastGroup());
        assertEquals(IpAddress.parse("224.0.0.7"),
                with("vrrp_mcast_group4 224.0.0.77", "mcast_dst_ip 224.0.0.7").transport().multicastGroup());
        assertEquals(IpAddress.parse("ff02::77"),
                only((instance("") + "global_defs { vrrp_mcast_group6 ff02::77 }").replace("10.0.0.1", "fe80::1"))
                        .transport().multicastGroup());
        bad("vrrp_version 1", 14, "vrrp_version 1 in global_defs: expected 2 or 3");
        bad("vrrp_mcast_group4 ff02::1", 19,
                "vrrp_mcast_group4 ff02::1 in global_defs: expected an IPv4 multicast address");
        bad("vrrp_mcast_group6 fe80::1", 19, "vrrp_mcast_group6 fe80::1 in global_defs: expected a link-local IPv6"
                + " multicast address, such as ff02::12");
    }

    @Test
    void garpSettingsAreInherited() {
        String all = "vrrp_garp_master_delay 1\nvrrp_garp_master_repeat 2\nvrrp_garp_master_refresh 3\n"
                + "vrrp_garp_master_refresh_repeat 4\nvrrp_garp_lower_prio_delay 5\nvrrp_garp_lower_prio_repeat 6\n"
                + "vrrp_garp_interval 0.001\nvrrp_gna_interval 0.000002";
        assertEquals(new GarpConfiguration(SECOND, 2, 3 * SECOND, 4, 5 * SECOND, 6, 1_000_000, 2_000),
                with(all, "").garp());
        assertEquals(new GarpConfiguration(9 * SECOND, 2, 3 * SECOND, 4, 5 * SECOND, 8, 1_000_000, 2_000),
                with(all, "garp_master_delay 9\ngarp_lower_prio_repeat 8").garp());
        bad("vrrp_garp_interval 61", 20, "vrrp_garp_interval 61 in global_defs: expected 0 to 60 seconds");
        bad("vrrp_garp_master_delay", 1,
                "vrrp_garp_master_delay without a value in global_defs: expected 0 to 86400");
    }

    @Test
    void minimalGarpChangesOnlyWhatIsNotGiven() {
        assertEquals(new GarpConfiguration(0, 1, 0, 1, 0, 1, 0, 0), with("vrrp_min_garp", "").garp());
        assertEquals(new GarpConfiguration(5 * SECOND, 5, 0, 1, 5 * SECOND, 5, 0, 0),
                with("vrrp_min_garp off", "").garp());
        assertEquals(new GarpConfiguration(2 * SECOND, 1, 0, 1, 2 * SECOND, 3, 0, 0),
                with("vrrp_min_garp\nvrrp_garp_master_delay 2", "garp_lower_prio_repeat 3").garp());
    }

    @Test
    void extraAnnouncementsAreInheritedWhole() {
        assertEquals(extra(10 * SECOND, false), with("vrrp_garp_extra_if 10", "").garp());
        assertEquals(extra(10 * SECOND, true), with("vrrp_garp_extra_if all 10", "").garp());
        assertEquals(extra(86_400 * SECOND, true), with("vrrp_vmac_garp_intvl all 86400", "").garp());
        assertEquals(extra(20 * SECOND, false), with("vrrp_garp_extra_if all 10", "garp_extra_if 20").garp());
        assertEquals(extra(20 * SECOND, true), with("vrrp_garp_extra_if 10", "vmac_garp_intvl all 20").garp());
        assertEquals(extra(0, false), with("vrrp_garp_extra_if all 10", "garp_extra_if 0").garp());
        assertEquals(extra(0, false), with("vrrp_garp_extra_if all 0", "").garp());
        bad("vrrp_garp_extra_if all", 1,
                "vrrp_garp_extra_if without a value in global_defs: expected 0 to 86400");
        bad("vrrp_garp_extra_if every", 20, "vrrp_garp_extra_if every in global_defs: expected 0 to 86400");
        bad("vrrp_vmac_garp_intvl all 86401", 26,
                "vrrp_vmac_garp_intvl 86401 in global_defs: expected 0 to 86400");
    }

    private static GarpConfiguration extra(long nanos, boolean everywhere) {
        return new GarpConfiguration(5 * SECOND, 5, 0, 1, 5 * SECOND, 5, 0, 0, nanos, everywhere);
    }

    @Test
    void otherDefaultsAreInherited() {
        InstanceConfiguration instance = with("dynamic_interfaces allow_if_changes\nvrrp_lower_prio_no_advert\n"
                + "vrrp_down_timer_adverts 7\nv3_checksum_as_v2", "");
        assertTrue(instance.election().lowerPriorityNoAdvert() && instance.transport().checksumWithoutPseudoHeader());
        assertEquals(7, instance.election().downTimerAdverts());
        instance = with("dynamic_interfaces\nvrrp_lower_prio_no_advert on\nvrrp_down_timer_adverts 7\n"
                + "v3_checksum_as_v2 true", "lower_prio_no_advert off\nv3_checksum_as_v2 no\ndown_timer_adverts 2");
        assertFalse(instance.election().lowerPriorityNoAdvert() || instance.transport().checksumWithoutPseudoHeader());
        assertEquals(2, instance.election().downTimerAdverts());
        bad("vrrp_down_timer_adverts 101", 25, "vrrp_down_timer_adverts 101 in global_defs: expected 1 to 100");
        bad("vrrp_min_garp 2", 15, "vrrp_min_garp 2 in global_defs: expected on, true, yes, off, false or no");
    }
}
