package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.only;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rfc.Requirement;

/** Each keyword of vrrp_instance: what it sets, and what is said when it is wrong. */
class InstanceKeywordsTest {

    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final String IPV6 = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n"
            + "virtual_ipaddress { fe80::1 }\n";

    /** A line that is wrong, as the fifth. */
    private static void bad(String line, int column, String message) {
        refused(instance(line), "c:5:" + column + ": error: " + message);
    }

    private static InstanceConfiguration warns(String lines, String... warnings) {
        String[] texts = new String[warnings.length];
        for (int i = 0; i < warnings.length; i++) {
            texts[i] = "c:" + warnings[i].replaceFirst(": ", ": warning: ");
        }
        return warned(instance(lines), texts);
    }

    @Test
    void numbersOutOfRangeAreErrors() {
        bad("  priority 300", 12, "priority 300 in vrrp_instance A: expected 1 to 255");
        bad("priority", 1, "priority without a value in vrrp_instance A: expected 1 to 255");
        bad("priority 99999999999", 10, "priority 99999999999 in vrrp_instance A: expected 1 to 255");
        bad("version 4", 9, "version 4 in vrrp_instance A: expected 2 or 3");
        bad("advert_int 256", 12, "advert_int 256 in vrrp_instance A: expected 0.01 to 255 seconds");
        bad("advert_int 0.001", 12, "advert_int 0.001 in vrrp_instance A: expected 0.01 to 255 seconds");
        bad("preempt_delay 1000.1", 15, "preempt_delay 1000.1 in vrrp_instance A: expected 0 to 1000 seconds");
        bad("down_timer_adverts 0", 20, "down_timer_adverts 0 in vrrp_instance A: expected 1 to 100");
        bad("garp_master_delay -1", 19, "garp_master_delay -1 in vrrp_instance A: expected 0 to 86400");
        bad("garp_master_repeat x", 20, "garp_master_repeat x in vrrp_instance A: expected 0 to 65535");
        bad("garp_master_refresh 1.5", 21, "garp_master_refresh 1.5 in vrrp_instance A: expected 0 to 86400");
        bad("garp_lower_prio_repeat -2", 24, "garp_lower_prio_repeat -2 in vrrp_instance A: expected 0 to 65535");
        bad("garp_extra_if -1", 15, "garp_extra_if -1 in vrrp_instance A: expected 0 to 86400");
        bad("vmac_garp_intvl all x", 21, "vmac_garp_intvl x in vrrp_instance A: expected 0 to 86400");
        bad("v3_checksum_as_v2 maybe", 19,
                "v3_checksum_as_v2 maybe in vrrp_instance A: expected on, true, yes, off, false or no");
        refused("vrrp_instance A {\ninterface eth0\nvirtual_router_id 256\nvirtual_ipaddress { 10.0.0.1 }\n}",
                "c:3:19: error: virtual_router_id 256 in vrrp_instance A: expected 1 to 255");
    }

    @Test
    @Requirement("9568-5.2.3-1")
    void whatHasNoDefaultMustBeThere() {
        refused("vrrp_instance A {\n virtual_ipaddress { 10.0.0.1 }\n}",
                "c:1:15: error: no virtual_router_id in vrrp_instance A: expected 1 to 255",
                "c:1:15: error: no interface in vrrp_instance A: expected the name of an interface");
        refused("vrrp_instance {\n}",
                "c:1:1: error: vrrp_instance without a value in the file: expected a name");
        refused("vrrp_instance A",
                "c:1:1: error: vrrp_instance without a block in the file: expected {",
                "c:1:15: error: no virtual_router_id in vrrp_instance A: expected 1 to 255",
                "c:1:15: error: no interface in vrrp_instance A: expected the name of an interface",
                "c:1:15: warning: no address in virtual_ipaddress of vrrp_instance A: it advertises none");
    }

    @Test
    void interfacesHaveShortNamesAndAreNotTheLoopback() {
        String name = ": expected the name of an interface, at most 15 characters";
        refused("vrrp_instance A {\ninterface lo\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1 }\n}",
                "c:2:11: error: interface lo in vrrp_instance A: expected an interface that is not the loopback"
                        + " interface");
        refused("vrrp_instance A {\ninterface abcdefghijklmnop\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1 }\n}",
                "c:2:11: error: interface abcdefghijklmnop in vrrp_instance A" + name);
        refused("vrrp_instance A {\ninterface a/b\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1 }\n}",
                "c:2:11: error: interface a/b in vrrp_instance A" + name);
    }

    @Test
    @Requirement({"9568-5.2.4-3", "3768-5.3.4-2"})
    void stateMasterWithoutPriorityMeansOwner() {
        assertEquals(255, warns("state MASTER", "5:7: state MASTER without a priority in vrrp_instance A means"
                + " priority 255: this router takes itself for the owner of the addresses, becomes MASTER at once and"
                + " yields to nobody; write priority 1 to 254 if that is not meant").basePriority());
        assertEquals(90, onlyWith("state MASTER\npriority 90").basePriority());
        assertEquals(100, onlyWith("state BACKUP").basePriority());
        assertEquals(100, onlyWith("").basePriority());
        assertTrue(onlyWith("state MASTER\npriority 255").isOwner());
        assertTrue(warns("state BACKUP\npriority 255", "5:7: state BACKUP in vrrp_instance A is ignored: priority 255"
                + " is the owner of the addresses, which becomes MASTER at once").isOwner());
        refused(instance("state MASTER\npriority x"),
                "c:6:10: error: priority x in vrrp_instance A: expected 1 to 255");
    }

    @Test
    void stateIsMasterOrBackup() {
        warns("state EQUAL", "5:7: state EQUAL in vrrp_instance A: expected MASTER or BACKUP; BACKUP is taken");
        warns("priority 9\nstate MASTER\nstate BACKUP", "7:7: state BACKUP in vrrp_instance A is ignored: line 6 says"
                + " MASTER already");
        bad("state", 1, "state without a value in vrrp_instance A: expected MASTER or BACKUP");
    }

    @Test
    @Requirement(value = {"9568-5.2.7-1", "9568-6.1-2", "9568-E8301", "3768-5.3.7-1"}, counter = {"9568-5.2.7-1",
            "9568-6.1-2"})
    void advertisementIntervalsAreRoundedAsTheVersionCounts() {
        assertEquals(SECOND, onlyWith("").advertisementIntervalNanos());
        assertEquals(255 * SECOND, onlyWith("advert_int 255").advertisementIntervalNanos());
        assertEquals(10 * MILLISECOND, onlyWith("version 3\nadvert_int .01").advertisementIntervalNanos());
        assertEquals(40_950 * MILLISECOND, onlyWith("version 3\nadvert_int 40.95").advertisementIntervalNanos());
        assertEquals(2 * SECOND, warns("advert_int 1.5",
                "5:12: advert_int 1.5 in vrrp_instance A is rounded to 2 s: version 2 counts whole seconds")
                .advertisementIntervalNanos());
        assertEquals(SECOND, warns("advert_int 0.1",
                "5:12: advert_int 0.1 in vrrp_instance A is rounded to 1 s: version 2 counts whole seconds")
                .advertisementIntervalNanos());
        assertEquals(130 * MILLISECOND, warns("advert_int 0.125\nversion 3",
                "5:12: advert_int 0.125 in vrrp_instance A is rounded to 0.13 s: version 3 counts hundredths of a"
                        + " second")
                .advertisementIntervalNanos());
        refused(instance("version 3\nadvert_int 41"), "c:6:12: error: advert_int 41 in vrrp_instance A: expected 0.01"
                + " to 40.95 seconds, which is what version 3 can say");
    }

    @Test
    @Requirement(value = "9568-5.2.9-1", counter = {"9568-5.2.9-1", "3768-1-1"}, differs = "9568-5.2.9-2")
    void theAddressesDecideFamilyAndVersion() {
        assertEquals(2, onlyWith("").version());
        assertEquals(3, onlyWith("version 3").version());
        InstanceConfiguration ipv6 = only(IPV6 + "}");
        assertEquals(Family.IPV6, ipv6.family());
        assertEquals(3, ipv6.version());
        assertEquals(IpAddress.parse("ff02::12"), ipv6.transport().multicastGroup());
        assertEquals(ipv6, only(IPV6 + "native_ipv6\n}"));
        assertEquals(3, warned(IPV6 + "version 2\n}",
                "c:5:9: warning: version 2 in vrrp_instance A is ignored: only version 3 carries IPv6").version());
        refused(instance("native_ipv6"), "c:4:21: error: 10.0.0.1 in virtual_ipaddress of vrrp_instance A: expected an"
                + " IPv6 address, since it has native_ipv6; others may stand in virtual_ipaddress_excluded",
                "c:4:21: warning: 10.0.0.1 is the first address of vrrp_instance A: RFC 9568 section 5.2.9 expects a"
                        + " link-local address there");
        refused(instance("virtual_ipaddress { fe80::1 }"),
                "c:5:21: error: fe80::1 in virtual_ipaddress of vrrp_instance A: expected an IPv4 address, since its"
                        + " first address has that family; others may stand in virtual_ipaddress_excluded");
    }

    @Test
    void versionThreeNeedsAnAddress() {
        String none = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n";
        refused(none + "version 3\n}", "c:1:15: error: no address in virtual_ipaddress of vrrp_instance A: expected at"
                + " least one, since version 3 cannot advertise none; or no_virtual_ipaddress");
        refused(none + "version 3\nvirtual_ipaddress { }\n}", "c:5:1: error: no address in virtual_ipaddress of"
                + " vrrp_instance A: expected at least one, since version 3 cannot advertise none; or"
                + " no_virtual_ipaddress");
        InstanceConfiguration two = warned(none + "virtual_ipaddress_excluded { 10.0.0.7 }\n}",
                "c:1:15: warning: no address in virtual_ipaddress of vrrp_instance A: it advertises none");
        assertEquals(List.of(), two.virtualAddresses());
        assertEquals(1, two.excludedAddresses().size());
    }

    @Test
    @Requirement(value = {"9568-6.1-6", "3768-6.1-3"}, counter = "3768-6.1-3")
    void preemptionGoesWithTheState() {
        assertTrue(onlyWith("").election().preempt());
        assertFalse(onlyWith("nopreempt").election().preempt());
        assertTrue(onlyWith("nopreempt\npreempt").election().preempt());
        assertEquals(2500 * MILLISECOND, onlyWith("preempt_delay 2.5").election().preemptDelayNanos());
        String ignored = " in vrrp_instance A is ignored: it does not go with ";
        assertTrue(warns("priority 255\nnopreempt", "6:1: nopreempt" + ignored + "priority 255").election().preempt());
        assertTrue(warns("priority 9\nstate MASTER\nnopreempt", "7:1: nopreempt" + ignored + "state MASTER")
                .election().preempt());
        assertEquals(0, warns("nopreempt\npreempt_delay 3", "6:1: preempt_delay" + ignored + "nopreempt")
                .election().preemptDelayNanos());
        assertEquals(0, warns("priority 9\nstate MASTER\npreempt_delay 3",
                "7:1: preempt_delay" + ignored + "state MASTER").election().preemptDelayNanos());
        assertEquals(0, warns("priority 255\npreempt_delay 3", "6:1: preempt_delay" + ignored + "priority 255")
                .election().preemptDelayNanos());
    }

    @Test
    void flagsAreFlags() {
        InstanceConfiguration off = onlyWith("");
        assertTrue(off.accept() && off.tracking().trackPrimary());
        assertFalse(off.promoteSecondaries() || off.transport().checksumWithoutPseudoHeader()
                || off.election().lowerPriorityNoAdvert());
        assertNull(off.vmac());
        InstanceConfiguration on = onlyWith("accept\ndont_track_primary\npromote_secondaries\nv3_checksum_as_v2\n"
                + "lower_prio_no_advert yes");
        assertTrue(on.accept() && on.promoteSecondaries() && on.transport().checksumWithoutPseudoHeader()
                && on.election().lowerPriorityNoAdvert());
        assertFalse(on.tracking().trackPrimary());
        assertFalse(onlyWith("no_accept").accept());
    }

    @Test
    void trackedInterfacesHaveWeights() {
        assertEquals(
                List.of(new Tracked("eth1", 0, false), new Tracked("eth2", -50, true)),
                onlyWith("track_interface {\neth1\neth2 weight -50 reverse\n}").tracking().interfaces());
        assertEquals(253, warns("track_interface {\neth1 weight 254\neth1\n}",
                "6:13: weight 254 in track_interface of vrrp_instance A means 253",
                "7:1: eth1 in track_interface of vrrp_instance A again: ignored")
                        .tracking().interfaces().get(0).weight());
        refused(instance("track_interface {\neth1 weight 255\neth2 3\neth3 weight\n}"),
                "c:6:13: error: eth1 255 in track_interface of vrrp_instance A: expected -253 to 253",
                "c:7:6: error: eth2 3 in track_interface of vrrp_instance A: expected weight NUMBER, reverse or"
                        + " noreverse",
                "c:7:6: warning: 3 behind eth2 in track_interface of vrrp_instance A: expected the end of the line;"
                        + " the rest is ignored",
                "c:8:1: error: eth3 without a value in track_interface of vrrp_instance A: expected -253 to 253");
    }

    @Test
    void vmacsHaveNamesAndAddresses() {
        long standard = VmacConfiguration.STANDARD_MAC;
        assertEquals(new VmacConfiguration(null, standard, false), onlyWith("use_vmac").vmac());
        assertEquals(new VmacConfiguration("v1", standard, true), onlyWith("use_vmac v1\nvmac_xmit_base").vmac());
        assertEquals(new VmacConfiguration("v1", 0x02_00_00_00_00_07L, false),
                onlyWith("use_vmac name v1 02:00:00:00:00:07").vmac());
        assertEquals(new VmacConfiguration(null, 0x02_00_00_00_09_01L, false),
                onlyWith("use_vmac 02:00:00:00:09").vmac());
        String mac = "a unicast MAC of six octets, or of five to which the VRID is added,"
                + " outside 00:00:5e:00:01 and 00:00:5e:00:02";
        bad("use_vmac 01:00:00:00:00:07", 10, "use_vmac 01:00:00:00:00:07 in vrrp_instance A: expected " + mac);
        bad("use_vmac 00:00:5e:00:01:07", 10, "use_vmac 00:00:5e:00:01:07 in vrrp_instance A: expected " + mac);
        bad("use_vmac 2:3", 10, "use_vmac 2:3 in vrrp_instance A: expected " + mac);
        bad("use_vmac eth0", 10,
                "use_vmac eth0 in vrrp_instance A: expected a name that is not that of its interface");
        warns("vmac_xmit_base", "5:1: vmac_xmit_base in vrrp_instance A is ignored: expected use_vmac beside it");
    }

    @Test
    void sourceAndGroupAreOfTheFamily() {
        InstanceConfiguration set = onlyWith("mcast_src_ip 10.0.0.7\ntrack_src_ip\nmcast_dst_ip 224.0.0.99");
        assertEquals(IpAddress.parse("10.0.0.7"), set.transport().sourceAddress());
        assertTrue(set.transport().trackSourceAddress());
        assertEquals(IpAddress.parse("224.0.0.99"), set.transport().multicastGroup());
        assertFalse(warns("track_src_ip",
                "5:1: track_src_ip in vrrp_instance A is ignored: expected mcast_src_ip or unicast_src_ip beside it")
                .transport().trackSourceAddress());
        bad("mcast_src_ip fe80::1", 14,
                "mcast_src_ip fe80::1 in vrrp_instance A: expected an IPv4 address, as the virtual addresses are");
        bad("mcast_src_ip host", 14, "mcast_src_ip host in vrrp_instance A: expected an IPv4 or IPv6 unicast address");
        bad("mcast_dst_ip 10.0.0.7", 14, "mcast_dst_ip 10.0.0.7 in vrrp_instance A: expected a multicast address");
        bad("mcast_dst_ip ff0e::7", 14, "mcast_dst_ip ff0e::7 in vrrp_instance A: expected a link-local IPv6 multicast"
                + " address, such as ff02::12");
        warned(IPV6 + "mcast_src_ip 2001:db8::1\n}", "c:5:14: warning: mcast_src_ip 2001:db8::1 in vrrp_instance A:"
                + " RFC 9568 section 5.1.2.1 expects a link-local address");
    }

    @Test
    void garpSettingsOfLowerPriorityFollowTheGlobalOnes() {
        GarpConfiguration garp = onlyWith("garp_master_delay 2\ngarp_master_repeat 3\ngarp_master_refresh 60\n"
                + "garp_master_refresh_repeat 4").garp();
        assertEquals(new GarpConfiguration(2 * SECOND, 3, 60 * SECOND, 4, 5 * SECOND, 5, 0, 0), garp);
        garp = onlyWith("garp_lower_prio_delay 0\ngarp_lower_prio_repeat 0").garp();
        assertEquals(new GarpConfiguration(5 * SECOND, 5, 0, 1, 0, 0, 0, 0), garp);
        garp = warns("garp_extra_if 3 all",
                "5:17: all behind garp_extra_if in vrrp_instance A: expected the end of the line; the rest is ignored")
                .garp();
        assertEquals(new GarpConfiguration(5 * SECOND, 5, 0, 1, 5 * SECOND, 5, 0, 0, 3 * SECOND, false), garp);
        assertEquals(1, warns("garp_master_repeat 0", "5:20: garp_master_repeat 0 means 1").garp().masterRepeat());
    }

    @Test
    void namesAndVirtualRoutersAreUnique() {
        String b = instance("").replace("ce A", "ce B").replace("10.0.0.1", "10.0.0.2");
        refused(instance("") + instance(""),
                "c:7:15: error: vrrp_instance A again: expected another name than that of line 1");
        refused(instance("") + b, "c:9:19: error: virtual_router_id 1 in vrrp_instance B: expected another one, since"
                + " vrrp_instance A has it for IPv4 on eth0 already");
        assertEquals(List.of(), Parsing.problems(instance("") + b.replace("10.0.0.2", "fe80::1")));
        assertEquals(List.of(), Parsing.problems(instance("") + b.replace("eth0", "eth1")));
        refused(instance("use_vmac v") + b.replace("_id 1", "_id 2").replace("\n\n", "\nuse_vmac v\n"),
                "c:11:10: error: use_vmac v in vrrp_instance B: expected another name, since vrrp_instance A has it"
                        + " already");
    }
}
