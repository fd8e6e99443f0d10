package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.only;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import org.junit.jupiter.api.Test;

/** strict_mode: what follows from it is in the records, and what it takes back is said. Compared with 2.2.7. */
class StrictModeTest {

    private static final String NO_PINGS = "c:1:15: warning: vrrp_instance A accepts no packets to its virtual"
            + " addresses, pings neither: strict_mode ";

    @Test
    void itFillsInWhatTheRfcWants() {
        InstanceConfiguration three = onlyWith("strict_mode\nversion 3\naccept");
        assertEquals(new ElectionConfiguration(true, 0, 3, true, false, false, 0, true), three.election());
        assertTrue(three.accept());
        assertEquals(0, three.garp().lowerPriorityRepeat());
        assertEquals(0, three.garp().lowerPriorityDelayNanos());
        InstanceConfiguration owner = onlyWith("strict_mode on\npriority 255");
        assertTrue(owner.election().ownerIgnoresAdvertisements() && owner.accept());
        assertFalse(onlyWith("strict_mode off").election().strict());
        assertFalse(only(instance("strict_mode no") + "global_defs { vrrp_strict }").election().strict());
        assertTrue(only(instance("priority 255") + "global_defs { vrrp_strict }").election().strict());
    }

    @Test
    void itMeansNoAcceptUnlessOwner() {
        assertFalse(warned(instance("strict_mode"), NO_PINGS + "and version 2 allow that to the owner only").accept());
        assertFalse(warned(instance("strict_mode\nversion 3"), NO_PINGS + "without accept means no_accept").accept());
        assertFalse(onlyWith("strict_mode\nno_accept").accept());
        assertFalse(warned(instance("strict_mode\naccept"), "c:6:1: warning: accept in vrrp_instance A is ignored: with"
                + " strict_mode only an owner of version 2 accepts packets to the virtual addresses").accept());
    }

    @Test
    void whatItTakesBackIsSaid() {
        String a = " in vrrp_instance A is ignored: with strict_mode it is ";
        InstanceConfiguration instance = warned(
                instance("strict_mode\nno_accept\nstate MASTER\npriority 90\nnopreempt\npreempt_delay 3\n"
                        + "down_timer_adverts 9\nlower_prio_no_advert off\nhigher_prio_send_advert\n"
                        + "garp_lower_prio_repeat 2\ngarp_lower_prio_delay 2\nuse_vmac 02:00:00:00:00:07\n"
                        + "vmac_xmit_base\nauthentication {\nauth_type PASS\nauth_pass x\n}\nno_virtual_ipaddress"),
                "c:7:7: warning: state MASTER in vrrp_instance A counts as BACKUP: with strict_mode only priority 255"
                        + " starts as MASTER",
                "c:10:1: warning: preempt_delay in vrrp_instance A is ignored: it does not go with nopreempt",
                "c:11:1: warning: down_timer_adverts" + a + "3",
                "c:12:1: warning: lower_prio_no_advert" + a + "on",
                "c:13:1: warning: higher_prio_send_advert" + a + "off",
                "c:14:1: warning: garp_lower_prio_repeat" + a + "0",
                "c:15:1: warning: garp_lower_prio_delay" + a + "0",
                "c:16:10: warning: 02:00:00:00:00:07 of use_vmac in vrrp_instance A is ignored: with strict_mode it is"
                        + " the MAC of RFC 9568 section 7.3",
                "c:17:1: warning: vmac_xmit_base in vrrp_instance A is ignored: with strict_mode advertisements come"
                        + " from the virtual MAC",
                "c:18:1: warning: authentication in vrrp_instance A is ignored: strict_mode forbids it (RFC 3768 has"
                        + " none)",
                "c:22:1: warning: no_virtual_ipaddress in vrrp_instance A is ignored: there is an address");
        assertEquals(new ElectionConfiguration(false, 0, 3, true, false, false, 0, true), instance.election());
        assertEquals(new VmacConfiguration(null, VmacConfiguration.STANDARD_MAC, false), instance.vmac());
        assertEquals(0, warned(instance("strict_mode\naccept\nversion 3\npreempt_delay 3"),
                "c:8:1: warning: preempt_delay in vrrp_instance A is ignored: it does not go with strict_mode")
                        .election().preemptDelayNanos());
    }

    @Test
    void unicastAndNoAddressAreRefused() {
        refused(instance("strict_mode\nno_accept\nunicast_peer {\n10.0.0.9\n}"), "c:8:1: error: unicast in"
                + " vrrp_instance A: expected none with strict_mode, since the RFC knows only multicast");
        refused("vrrp_instance A {\ninterface e\nvirtual_router_id 1\nstrict_mode\nno_virtual_ipaddress\nno_accept\n}",
                "c:1:15: error: no address in virtual_ipaddress of vrrp_instance A: expected at least one, since it has"
                        + " strict_mode",
                "c:5:1: warning: no_virtual_ipaddress in vrrp_instance A is ignored: strict_mode expects an address");
    }
}
