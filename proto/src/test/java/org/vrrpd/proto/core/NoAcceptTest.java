package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;

@DisplayName("RFC 9568 section 6.1, Accept_Mode: no_accept")
class NoAcceptTest {

    private static final int EPERM = 1;
    private static final String REMOVAL = "add table inet vrrpd\ndelete table inet vrrpd\n";

    @Test
    @DisplayName("with accept, which is the default, no packet filter is touched")
    @Requirement(value = "9568-6.4.3-6", differs = {"9568-6.1-1", "3768-6.4.3-1"})
    void acceptNeedsNoRules() {
        CoreFixture core = Configurations.running(Configurations.ipv4());
        core.advance(5 * SECOND).stopped();
        assertEquals(List.of(), core.all(EffectKind.SET_FIREWALL));
    }

    @Test
    @DisplayName("the owner accepts, whatever is configured")
    @Requirement(value = {"9568-6.4.3-6", "3768-6.4.3-2"}, counter = "9568-6.4.3-7")
    void ownerNeedsNoRules() {
        CoreFixture core = Configurations.running(Configurations.ipv4("priority 255", "no_accept"));
        assertEquals(List.of(), core.all(EffectKind.SET_FIREWALL));
    }

    @Test
    @DisplayName("the rules are in force before the router can be MASTER, and drop all virtual addresses")
    @Requirement(value = {"9568-6.1-7", "9568-6.1-8", "9568-6.4.3-7"}, counter = "9568-6.4.3-6")
    void rulesComeFirst() {
        CoreFixture core = Configurations.running(Configurations.ipv4(
                "no_accept", "virtual_ipaddress_excluded { 192.0.2.20\n2001:db8::10\nfe80::77 dev eth7\nfe80::78 }"));
        assertEquals(RouterState.FAULT, core.state("V4"), "an address's interface is missing");
        assertTrue(core.firewall.startsWith(REMOVAL));
        assertTrue(core.firewall.contains("add element inet vrrpd vip4 { 192.0.2.10, 192.0.2.20 }\n"));
        assertTrue(core.firewall.contains("add element inet vrrpd vip6 { 2001:db8::10 }\n"));
        assertTrue(core.firewall.contains(
                "add element inet vrrpd vip_link_local { \"eth0\" . fe80::78, \"eth7\" . fe80::77 }\n"));
        int accepted = core.firewall.indexOf("input icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept");
        int dropped = core.firewall.indexOf("input ip6 daddr @vip6 drop");
        assertTrue(accepted > 0 && accepted < dropped, "neighbour discovery must not be dropped");
    }

    @Test
    @DisplayName("the rules do not depend on who is MASTER, and go when the daemon stops")
    void rulesStay() {
        CoreFixture core = Configurations.master(Configurations.ipv4("no_accept"));
        assertEquals(List.of(), core.all(EffectKind.SET_FIREWALL));
        core.forget().stopped();
        assertEquals(1, core.all(EffectKind.SET_FIREWALL).size());
        assertEquals(REMOVAL, core.firewall);
    }

    @Test
    @DisplayName("a reload to accept takes them away, one back to no_accept puts them there again")
    @Requirement(counter = "9568-6.1-7")
    void reload() {
        CoreFixture core = Configurations.running(Configurations.ipv4("no_accept"));
        core.configured(Configurations.ipv4("accept"));
        assertEquals(REMOVAL, core.firewall);
        core.configured(Configurations.ipv4("no_accept"));
        assertTrue(core.firewall.contains("192.0.2.10"));
    }

    @Test
    @DisplayName("rules that nft refuses are a named fault that does not lead to FAULT, and are tried again")
    void refused() {
        CoreFixture core = new CoreFixture();
        core.firewallErrno = EPERM;
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.started().configured(Configurations.ipv4("no_accept")).advance(4 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(FaultReason.ACCEPT_NOT_REFUSED), core.faults("V4"));
        core.firewallErrno = 0;
        core.advance(15 * SECOND);
        assertEquals(List.of(), core.faults("V4"));
        assertFalse(core.firewall.isEmpty());
    }
}
