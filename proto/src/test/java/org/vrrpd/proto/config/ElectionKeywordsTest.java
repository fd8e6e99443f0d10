package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.only;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How an instance elects and yields, beside what it is: the later options. */
class ElectionKeywordsTest {

    private static InstanceConfiguration global(String line, String own) {
        return only(instance(own) + "global_defs {\n" + line + "\n}");
    }

    @Test
    void falseMeansFalse() {
        assertTrue(onlyWith("skip_check_adv_addr").transport().skipAddressListCheck());
        assertFalse(onlyWith("skip_check_adv_addr false").transport().skipAddressListCheck());
        assertTrue(global("vrrp_skip_check_adv_addr", "").transport().skipAddressListCheck());
        assertFalse(global("vrrp_skip_check_adv_addr", "skip_check_adv_addr no").transport().skipAddressListCheck());
        assertFalse(global("v3_checksum_as_v2 false", "").transport().checksumWithoutPseudoHeader());
        assertTrue(global("v3_checksum_as_v2 false", "v3_checksum_as_v2").transport().checksumWithoutPseudoHeader());
    }

    @Test
    void aMasterMaySendOneMoreAdvertisement() {
        assertFalse(onlyWith("").election().higherPrioritySendAdvert());
        assertTrue(onlyWith("higher_prio_send_advert").election().higherPrioritySendAdvert());
        assertTrue(global("vrrp_higher_prio_send_advert on", "").election().higherPrioritySendAdvert());
        assertFalse(global("vrrp_higher_prio_send_advert", "higher_prio_send_advert off")
                .election().higherPrioritySendAdvert());
    }

    @Test
    void ownersMayIgnoreAdvertisementsOrNot() {
        assertTrue(onlyWith("priority 255\nowner_ignore_adverts").election().ownerIgnoresAdvertisements());
        assertFalse(onlyWith("priority 255\nowner_ignore_adverts false").election().ownerIgnoresAdvertisements());
        assertFalse(onlyWith("priority 255").election().ownerIgnoresAdvertisements());
        assertTrue(global("vrrp_owner_ignore_adverts", "priority 255").election().ownerIgnoresAdvertisements());
        assertFalse(global("vrrp_owner_ignore_adverts", "priority 255\nowner_ignore_adverts off")
                .election().ownerIgnoresAdvertisements());
        assertFalse(global("vrrp_owner_ignore_adverts", "").election().ownerIgnoresAdvertisements());
        assertFalse(warned(instance("owner_ignore_adverts"), "c:5:1: warning: owner_ignore_adverts in vrrp_instance A"
                + " is ignored: it is for priority 255").election().ownerIgnoresAdvertisements());
    }

    @Test
    void latenessIsJudgedWithAPriority() {
        assertEquals(0, onlyWith("nopreempt").election().timerExpiredPriority());
        assertEquals(254, onlyWith("nopreempt\ntimer_expired_backup").election().timerExpiredPriority());
        assertEquals(3, onlyWith("thread_timer_expired 3\nnopreempt").election().timerExpiredPriority());
        assertEquals(0, warned(instance("timer_expired_backup 3"), "c:5:1: warning: timer_expired_backup in"
                + " vrrp_instance A is ignored: expected nopreempt beside it").election().timerExpiredPriority());
        refused(instance("nopreempt\ntimer_expired_backup 255"),
                "c:6:22: error: timer_expired_backup 255 in vrrp_instance A: expected 1 to 254");
    }

    @Test
    void theAddressesMayBeLeftOutIfItSaysSo() {
        String none = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nversion 3\nno_virtual_ipaddress\n}";
        assertEquals(List.of(), only(none).virtualAddresses());
        warned(instance("no_virtual_ipaddress"),
                "c:5:1: warning: no_virtual_ipaddress in vrrp_instance A is ignored: there is an address");
    }

    @Test
    void withAhAMasterStartsAsBackup() {
        String ah = "authentication {\nauth_type AH\nauth_pass x\n}\n";
        InstanceConfiguration instance = warned(instance(ah + "state MASTER\npriority 7\nnopreempt"),
                "c:9:7: warning: state MASTER in vrrp_instance A counts as BACKUP: with auth_type AH it has to hear"
                        + " the sequence number first");
        assertFalse(instance.election().preempt());
    }

    @Test
    void vmacsAreNamedAfterThePrefix() {
        assertNull(global("vmac_prefix vrrp", "use_vmac").vmac().name());
        assertEquals("vip.1", global("vmac_prefix vip", "use_vmac").vmac().name());
        assertEquals("own", global("vmac_prefix vip", "use_vmac own").vmac().name());
        assertEquals("abcdefghijklm.1", global("vmac_prefix abcdefghijklmno", "use_vmac").vmac().name());
        String two = "global_defs { vmac_prefix v }\n" + instance("use_vmac")
                + instance("use_vmac").replace("ce A", "ce B").replace("10.0.0.1", "fe80::1")
                + instance("use_vmac").replace("ce A", "ce C").replace("eth0", "eth1")
                + instance("use_vmac v1.1").replace("ce A", "ce D").replace("eth0", "eth2");
        assertEquals(List.of("v.1", "v6.1", "v2.1", "v1.1"),
                parse(two).configuration().instances().stream().map(one -> one.vmac().name()).toList());
    }

    @Test
    void interfacesMayHaveASpacingOfTheirOwn() {
        String text = instance("") + instance("").replace("ce A", "ce B").replace("eth0", "eth1")
                + "global_defs {\nvrrp_garp_interval 1\nvrrp_gna_interval 2\n}\n"
                + "garp_group {\ngarp_interval .5\ninterface eth1\n}";
        assertEquals(List.of(), problems(text));
        List<InstanceConfiguration> instances = parse(text).configuration().instances();
        assertEquals(1_000_000_000L, instances.get(0).garp().garpIntervalNanos());
        assertEquals(500_000_000L, instances.get(1).garp().garpIntervalNanos());
        assertEquals(2_000_000_000L, instances.get(1).garp().naIntervalNanos());
        assertEquals(List.of("c:1:1: warning: garp_group of 2 interfaces: the spacing holds on each of them, not"
                + " between them"), problems("garp_group { gna_interval 1\ninterfaces {\nx y } }"));
        refused("garp_group {\ngarp_interval 61\ninterface a/b\nnonsense\n}",
                "c:2:15: error: garp_interval 61 in garp_group: expected 0 to 60 seconds",
                "c:3:11: error: interface a/b in garp_group: expected the name of an interface, at most 15 characters",
                "c:4:1: warning: nonsense is not a keyword in garp_group: skipped");
    }

    @Test
    void instancesOnOneInterfaceCannotDifferInSpacing() {
        List<InstanceConfiguration> one = parse(instance("")).configuration().instances();
        List<InstanceConfiguration> two = parse("global_defs { vrrp_garp_interval 1 }"
                + instance("").replace("ce A", "ce B")).configuration().instances();
        Configuration both = new Configuration("", GlobalConfiguration.DEFAULT, List.of(), List.of(), List.of(),
                List.of(), List.of(one.get(0), two.get(0)), List.of());
        assertThrows(IllegalArgumentException.class, () -> ConfigurationPrinter.print(both));
    }
}
