package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.rfc.Requirement;

/** RFC 9568 sections 5.2 and 6.1, RFC 3768 sections 5.3 and 6.1: what may be configured, and what is if nothing is. */
class Section6_1ParametersTest {

    private static LoadResult parse(String addresses, String... lines) {
        return ConfigurationParser.parse("vrrp_instance A {\ninterface eth0\nvirtual_ipaddress { " + addresses + " }\n"
                + String.join("\n", lines) + "\n}\n", "test.conf", "host");
    }

    private static InstanceConfiguration taken(String... lines) {
        return parse("192.0.2.10", lines).configuration().instances().get(0);
    }

    private static void refused(String... lines) {
        assertTrue(parse("192.0.2.10", lines).hasErrors(), List.of(lines)::toString);
    }

    /** 5.2.3: 1 to 255, and no default. */
    @Test
    @Requirement(value = "9568-5.2.3-1", counter = "9568-5.2.3-1")
    void virtualRouterIdentifier() {
        assertEquals(1, taken("virtual_router_id 1").vrid());
        assertEquals(255, taken("virtual_router_id 255").vrid());
        refused("virtual_router_id 0");
        refused("virtual_router_id 256");
        refused("version 3");
    }

    /** 5.2.4: 255 is the owner, 1 to 254 is everyone else, 0 is said by a MASTER that leaves and by nobody else. */
    @Test
    @Requirement(value = {"9568-5.2.4-1", "9568-5.2.4-2", "9568-5.2.4-3", "3768-5.3.4-1", "3768-5.3.4-2"}, counter =
            {"9568-5.2.4-2", "9568-5.2.4-4", "3768-5.3.4-2"})
    void priority() {
        for (String version : List.of("version 2", "version 3")) {
            assertEquals(100, taken("virtual_router_id 1", version).basePriority());
            assertEquals(1, taken("virtual_router_id 1", version, "priority 1").basePriority());
            assertTrue(!taken("virtual_router_id 1", version, "priority 254").isOwner());
            assertTrue(taken("virtual_router_id 1", version, "priority 255").isOwner());
            refused("virtual_router_id 1", version, "priority 0");
            refused("virtual_router_id 1", version, "priority 256");
        }
    }

    /** 6.1, erratum 8301: 1 to 4095 hundredths of a second, 100 if nothing is said. */
    @Test
    @Requirement(value = {"9568-5.2.7-1", "9568-6.1-2", "9568-E8301"}, counter = {"9568-5.2.7-1", "9568-6.1-2",
            "9568-E8301"})
    void intervalOfVersion3() {
        assertEquals(1_000_000_000L, taken("virtual_router_id 1", "version 3").advertisementIntervalNanos());
        assertEquals(10_000_000L,
                taken("virtual_router_id 1", "version 3", "advert_int 0.01").advertisementIntervalNanos());
        assertEquals(40_950_000_000L,
                taken("virtual_router_id 1", "version 3", "advert_int 40.95").advertisementIntervalNanos());
        refused("virtual_router_id 1", "version 3", "advert_int 0");
        refused("virtual_router_id 1", "version 3", "advert_int 40.96");
    }

    /** RFC 3768 section 5.3.7: 1 to 255 seconds, 1 if nothing is said. */
    @Test
    @Requirement(value = "3768-5.3.7-1", counter = "3768-5.3.7-1")
    void intervalOfVersion2() {
        assertEquals(1_000_000_000L, taken("virtual_router_id 1", "version 2").advertisementIntervalNanos());
        assertEquals(255_000_000_000L,
                taken("virtual_router_id 1", "version 2", "advert_int 255").advertisementIntervalNanos());
        refused("virtual_router_id 1", "version 2", "advert_int 0");
        refused("virtual_router_id 1", "version 2", "advert_int 256");
    }

    /** 6.1: Preempt_Mode is True; Accept_Mode is, too, as in keepalived, where the RFC has False. */
    @Test
    @Requirement(value = "3768-6.1-3", differs = "9568-6.1-1")
    void modes() {
        assertTrue(taken("virtual_router_id 1", "version 2").election().preempt());
        assertTrue(taken("virtual_router_id 1", "version 3").election().preempt());
        assertTrue(taken("virtual_router_id 1", "version 3").accept());
        assertTrue(!taken("virtual_router_id 1", "version 3", "no_accept").accept());
    }

    /** 5.2.5, 5.2.9: at least one address, all of one family. */
    @Test
    @Requirement(value = {"9568-5.2.5-1", "9568-5.2.9-1"}, counter = "9568-5.2.9-1")
    void addresses() {
        refused("virtual_router_id 1", "version 3", "virtual_ipaddress { }".replace("{ }", "{\n2001:db8::1\n}"));
        assertTrue(parse("", "virtual_router_id 1", "version 3").hasErrors());
        assertTrue(parse("fe80::10\n2001:db8::1", "virtual_router_id 1").problems().isEmpty());
        assertTrue(parse("fe80::10\n192.0.2.10", "virtual_router_id 1").hasErrors());
    }

    /** 5.2.9: a first IPv6 address that is not link-local is taken, with a warning. */
    @Test
    @Requirement(differs = "9568-5.2.9-2")
    void firstAddressOfIpv6() {
        LoadResult found = parse("2001:db8::1\nfe80::10", "virtual_router_id 1");
        assertTrue(!found.hasErrors());
        assertEquals(1, found.problems().size());
        assertTrue(found.problems().get(0).toString().contains("expects a link-local address"));
        assertTrue(parse("fe80::10\n2001:db8::1", "virtual_router_id 1").problems().isEmpty());
    }

    /** RFC 3768 section 1: version 2 carries IPv4 only. */
    @Test
    @Requirement(counter = "3768-1-1")
    void version2CarriesNoIpv6() {
        LoadResult found = parse("fe80::10", "virtual_router_id 1", "version 2");
        assertEquals(3, found.configuration().instances().get(0).version());
        assertTrue(found.problems().get(0).toString().contains("only version 3 carries IPv6"));
    }
}
