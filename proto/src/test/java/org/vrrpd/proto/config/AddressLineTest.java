package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.inet.IpAddress;

/** The address lines of virtual_ipaddress and virtual_ipaddress_excluded. */
class AddressLineTest {

    private static final String WHERE = " in virtual_ipaddress_excluded of vrrp_instance A";

    private static VirtualAddress address(String line) {
        return onlyWith("virtual_ipaddress_excluded {\n" + line + "\n}").excludedAddresses().get(0);
    }

    private static VirtualAddress warns(String line, int column, String warning) {
        String text = instance("virtual_ipaddress_excluded {\n" + line + "\n}");
        return warned(text, "c:6:" + column + ": warning: " + warning).excludedAddresses().get(0);
    }

    private static void bad(String line, int column, String message) {
        refused(instance("virtual_ipaddress_excluded {\n" + line + "\n}"), "c:6:" + column + ": error: " + message);
    }

    private static VirtualAddress plain(String address, int prefixLength, long lifetime) {
        return new VirtualAddress(IpAddress.parse(address), prefixLength, null, null, 0, null, null, false, false,
                false, false, false, false, false, lifetime);
    }

    @Test
    void defaultsDependOnTheFamily() {
        assertEquals(plain("10.0.0.9", 32, VirtualAddress.FOREVER), address("10.0.0.9"));
        assertEquals(plain("10.0.0.9", 24, VirtualAddress.FOREVER), address("10.0.0.9/24"));
        assertEquals(plain("fe80::9", 128, 0), address("fe80::9"));
        assertEquals(plain("fe80::9", 64, VirtualAddress.FOREVER), address("fe80::9/64"));
        assertEquals(plain("fe80::9", 128, VirtualAddress.FOREVER), address("fe80::9 preferred_lft forever"));
        assertEquals(plain("fe80::9", 64, 77), address("fe80::9/64 preferred_lft 77"));
        assertEquals(plain("fe80::9", 64, VirtualAddress.FOREVER), address("fe80::9/64 preferred_lft 4294967295"));
    }

    @Test
    void optionsStandInAnyOrder() {
        VirtualAddress expected = new VirtualAddress(IpAddress.parse("10.0.0.9"), 24, "eth0",
                IpAddress.parse("10.0.0.255"), 253, "eth1:9", null, false, false, false, true, true, true, true,
                VirtualAddress.FOREVER);
        assertEquals(expected, address("10.0.0.9/24 brd + dev eth0 scope link label eth1:9 noprefixroute autojoin"
                + " no_track use_vmac"));
        assertEquals(expected, address("10.0.0.9/24 use_vmac no_track autojoin noprefixroute label eth1:9 scope 253"
                + " dev eth0 broadcast 10.0.0.255"));
        assertEquals("eth1", warns("10.0.0.9 dev eth1 use_vmac", 1, "use_vmac behind 10.0.0.9 in vrrp_instance A is"
                + " ignored: there is no virtual MAC on eth1, only on its own interface").device());
        VirtualAddress ipv6 = address("fe80::9/64 home -nodad mngtmpaddr");
        assertTrue(ipv6.home() && ipv6.duplicateAddressDetection() && ipv6.manageTemporary());
    }

    @Test
    void broadcastAddressesAreComputed() {
        assertEquals(IpAddress.parse("10.0.0.0"), address("10.0.0.9/24 brd -").broadcast());
        assertEquals(IpAddress.parse("255.255.255.255"), address("10.0.0.9/0 brd +").broadcast());
        bad("10.0.0.9 brd +", 14, "10.0.0.9 +" + WHERE + ": expected an address with a length of /30 or shorter");
        bad("fe80::9 brd +", 13, "fe80::9 +" + WHERE + ": expected no broadcast address for IPv6");
        bad("10.0.0.9 brd x", 14, "10.0.0.9 x" + WHERE + ": expected an IPv4 address, + or -");
        warns("10.0.0.9 peer 10.0.0.8 brd 10.0.0.255", 28,
                "the broadcast address of 10.0.0.9" + WHERE + " is ignored: it has a peer");
    }

    @Test
    void aPeerBringsItsOwnLength() {
        VirtualAddress peer = address("10.0.0.9 peer 10.1.0.0/16");
        assertEquals(IpAddress.parse("10.1.0.0"), peer.peer());
        assertEquals(16, peer.prefixLength());
        assertEquals(32, warns("10.0.0.9/24 peer 10.1.0.1", 1, "the length of 10.0.0.9/24" + WHERE
                + " is ignored: that of its peer counts").prefixLength());
        bad("10.0.0.9 peer fe80::1", 15,
                "10.0.0.9 fe80::1" + WHERE + ": expected an IPv4 address, with or without /LENGTH");
    }

    @Test
    void wrongLinesAreErrors() {
        String unicast = ": expected an IPv4 or IPv6 unicast address, with or without /LENGTH";
        bad("10.0.0.300", 1, "10.0.0.300" + WHERE + unicast);
        bad("host", 1, "host" + WHERE + unicast);
        bad(".:", 1, ".:" + WHERE + unicast);
        bad("224.0.0.1", 1, "224.0.0.1" + WHERE + unicast);
        bad("0.0.0.0", 1, "0.0.0.0" + WHERE + unicast);
        bad("10.0.0.9/33", 1, "10.0.0.9/33" + WHERE + ": expected a prefix length of 0 to 32");
        bad("10.0.0.9 dev", 10, "dev without a value behind 10.0.0.9" + WHERE);
        bad("10.0.0.9 dev abcdefghijklmnop", 14, "10.0.0.9 abcdefghijklmnop" + WHERE
                + ": expected the name of an interface, at most 15 characters");
        bad("10.0.0.9 scope far", 16,
                "10.0.0.9 far" + WHERE + ": expected global, site, link, host, nowhere or 0 to 255");
        bad("10.0.0.9 label abcdefghijklmnop", 16,
                "10.0.0.9 abcdefghijklmnop" + WHERE + ": expected a label of at most 15 characters");
        bad("fe80::9 label x", 9, "label for fe80::9" + WHERE + ": expected an IPv4 address");
        bad("fe80::9 preferred_lft soon", 23,
                "fe80::9 soon" + WHERE + ": expected forever or 0 to 4294967294 seconds");
    }

    @Test
    void whatDoesNotApplyIsIgnoredWithAWarning() {
        warns("fe80::9 scope link", 9, "scope behind fe80::9" + WHERE + " is ignored: it is for IPv4");
        warns("10.0.0.9 -nodad", 10, "-nodad behind 10.0.0.9" + WHERE + " is ignored: it is for IPv6");
        warns("10.0.0.9 notrack", 10, "notrack behind 10.0.0.9" + WHERE
                + " is not an option of an address (did you mean no_track?): ignored");
        warns("10.0.0.9 track_group G", 10, "track_group" + WHERE + " is for static addresses: ignored");
    }

    @Test
    void addressesGivenTwiceCountOnce() {
        InstanceConfiguration instance = warned(
                instance("virtual_ipaddress {\n10.0.0.2\n10.0.0.1/24\n}\nvirtual_ipaddress_excluded { 10.0.0.2 }"),
                "c:7:1: warning: 10.0.0.1 in virtual_ipaddress of vrrp_instance A again: ignored",
                "c:9:30: warning: 10.0.0.2 in virtual_ipaddress_excluded of vrrp_instance A again: ignored");
        assertEquals(2, instance.virtualAddresses().size());
        assertEquals(List.of(), instance.excludedAddresses());
    }

    @Test
    void onePacketCarriesOnlySoMany() {
        StringBuilder lines = new StringBuilder("virtual_ipaddress {\n");
        for (int i = 0; i < 255; i++) {
            lines.append("10.1.0.").append(i).append('\n');
        }
        refused(instance(lines + "}"), "c:260:1: error: 256 addresses in virtual_ipaddress of vrrp_instance A: expected"
                + " at most 255; move the others to virtual_ipaddress_excluded");
        String many = instance(lines + "}").replace("10.0.0.", "fe80::").replace("10.1.0.", "fe80::1:");
        assertEquals(
                "c:95:1: warning: 91 addresses in virtual_ipaddress of vrrp_instance A need an MTU of more than 1500:"
                        + " that carries at most 90",
                problems(many.replaceAll("(?m)^fe80::1:(9\\d|\\d{3})\n", "")).get(0));
    }

    @Test
    void theFirstIpv6AddressShouldBeLinkLocal() {
        String text = instance("").replace("10.0.0.1", "2001:db8::1");
        warned(text, "c:4:21: warning: 2001:db8::1 is the first address of vrrp_instance A: RFC 9568 section 5.2.9"
                + " expects a link-local address there");
    }
}
