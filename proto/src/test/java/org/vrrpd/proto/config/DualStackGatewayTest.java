package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** The configuration behind the outage that vrrpd is to end. */
class DualStackGatewayTest {

    static final String TEXT = """
            global_defs { router_id gw1
                vrrp_version 3 }
            vrrp_sync_group XN { group { XN_VI_ipv4
                XN_VI_ipv6 } }
            vrrp_instance XN_VI_ipv4 {
                state BACKUP
                interface eno1
                virtual_router_id 51
                priority 32
                advert_int 1
                dont_track_primary
                use_vmac
                vmac_xmit_base
                virtual_ipaddress { 192.168.1.5 }
            }
            vrrp_instance XN_VI_ipv6 {
                state BACKUP
                interface eno1
                virtual_router_id 51
                priority 32
                advert_int 1
                dont_track_primary
                use_vmac
                vmac_xmit_base
                virtual_ipaddress { fe80::200:5eff:fe00:205 preferred_lft forever }
            }
            """;

    private static final GarpConfiguration GARP =
            new GarpConfiguration(5_000_000_000L, 5, 0, 1, 5_000_000_000L, 5, 0, 0);

    @Test
    void bothInstancesAreReadWithEveryDefault() {
        LoadResult result = ConfigurationParser.parse(TEXT, "vrrpd.conf", "host");

        assertEquals(List.of(), result.problems());
        assertEquals(
                new Configuration(
                        "gw1", GlobalConfiguration.DEFAULT, List.of(), List.of(), List.of(), List.of(),
                        List.of(
                                instance("XN_VI_ipv4", Family.IPV4, "224.0.0.18", address("192.168.1.5", 32)),
                                instance("XN_VI_ipv6", Family.IPV6, "ff02::12",
                                        address("fe80::200:5eff:fe00:205", 128))),
                        List.of(new SyncGroupConfiguration(
                                "XN", List.of("XN_VI_ipv4", "XN_VI_ipv6"), false, NotifyConfiguration.NONE))),
                result.configuration());
    }

    @Test
    void itSurvivesPrinting() {
        Configuration configuration =
                ConfigurationParser.parse(TEXT, "vrrpd.conf", "host").configuration();
        String printed = ConfigurationPrinter.print(configuration);

        assertEquals(configuration, ConfigurationParser.parseCanonical(printed));
        LoadResult again = ConfigurationParser.parse(printed, "printed.conf", "host");
        assertEquals(List.of(), again.problems());
        assertEquals(configuration, again.configuration());
    }

    private static InstanceConfiguration instance(
            String name, Family family, String group, VirtualAddress virtualAddress) {
        return new InstanceConfiguration(name, "eno1", 51, family, 3, 32, 1_000_000_000L,
                new ElectionConfiguration(true, 0, 3, false, false, false, 0, false),
                new TransportConfiguration(null, false, IpAddress.parse(group), null, null, false, false),
                new TrackingConfiguration(false, List.of(), List.of(), List.of(), List.of()),
                new VmacConfiguration(null, VmacConfiguration.STANDARD_MAC, true), List.of(virtualAddress), List.of(),
                true, GARP, false, NotifyConfiguration.NONE);
    }

    private static VirtualAddress address(String text, int prefixLength) {
        return new VirtualAddress(IpAddress.parse(text), prefixLength, null, null, 0, null, null, false, false, false,
                false, false, false, false, VirtualAddress.FOREVER);
    }
}
