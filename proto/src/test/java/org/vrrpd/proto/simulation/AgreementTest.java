package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final String ONE = """
            vrrp_instance V {
                interface eno1
                virtual_router_id 51
                priority 150
                advert_int 1
                authentication {
                    auth_type PASS
                    auth_pass secret
                }
                virtual_ipaddress {
                    192.168.1.5/24
                }
            }
            """;
    private static final String TWO = ONE.replace("150", "100");

    private static List<String> disagreements(String... texts) {
        List<Rehearsal.Node> nodes = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            nodes.add(RehearsalTest.node("gw" + (i + 1), texts[i]));
        }
        return new Rehearsal(nodes, 1).disagreements();
    }

    private static void assertDisagreement(String expected, String two) {
        assertEquals(List.of(expected), disagreements(ONE, two));
    }

    @Test
    @DisplayName("what fits together is not spoken of")
    void agree() {
        assertEquals(List.of(), disagreements(ONE, TWO, ONE.replace("150", "50")));
    }

    @Test
    @DisplayName("each difference is said with both places, and no secret")
    void differences() {
        assertDisagreement("gw2.conf:4: priority 150 in vrrp_instance V: gw1 (gw1.conf:4) has the same; the higher"
                + " address of the two decides, and only between two MASTERs", ONE);
        assertDisagreement("gw2.conf:5: advert_int 2 s in vrrp_instance V: gw1 (gw1.conf:5) has 1 s",
                TWO.replace("advert_int 1", "advert_int 2"));
        assertDisagreement("gw2.conf:6: auth_pass in vrrp_instance V: gw1 (gw1.conf:6) has another",
                TWO.replace("secret", "Secret"));
        assertDisagreement("gw2.conf:6: authentication AH in vrrp_instance V: gw1 (gw1.conf:6) has PASS",
                TWO.replace("PASS", "AH"));
        assertDisagreement("gw2.conf:10: virtual_ipaddress of vrrp_instance V has 192.168.1.6, which gw1 (gw1.conf:10)"
                + " lacks", TWO.replace("192.168.1.5/24\n", "192.168.1.5/24\n192.168.1.6/24\n"));
        assertDisagreement("gw2.conf:5: version 3 in vrrp_instance V: gw1 (gw1.conf:1) has 2",
                TWO.replace("advert_int 1", "version 3").replaceAll("(?s)authentication.*?\\}", ""));
        assertDisagreement("gw2.conf:5: mcast_dst_ip 224.0.0.19 in vrrp_instance V: gw1 (gw1.conf:1) has 224.0.0.18",
                TWO.replace("advert_int 1", "mcast_dst_ip 224.0.0.19"));
        assertDisagreement("gw2.conf:5: unicast_peer in vrrp_instance V: gw1 (gw1.conf:1) uses multicast",
                TWO.replace("advert_int 1", "unicast_peer { 192.168.1.201 }"));
    }

    @Test
    @DisplayName("two owners, and routers that nobody else has")
    void roles() {
        String owner = ONE.replace("150", "255");
        assertEquals(List.of("gw2.conf:4: priority 255 in vrrp_instance V: gw1 (gw1.conf:4) has the same;"
                + " only one can own the addresses"), disagreements(owner, owner));
        assertEquals(List.of(
                "gw1.conf:3: virtual_router_id 51 (IPv4) in vrrp_instance V: no other node has it",
                "gw2.conf:3: virtual_router_id 52 (IPv4) in vrrp_instance V: no other node has it",
                "gw2.conf:3: virtual_router_id 52 in vrrp_instance V: gw1 (gw1.conf:3) has 51 for the same address"
                        + " 192.168.1.5"), disagreements(ONE, TWO.replace("51", "52")));
        assertEquals(List.of("gw1.conf:3: virtual_router_id 51 (IPv4) is on gw1 and gw2 only",
                "gw3.conf:3: virtual_router_id 60 (IPv4) in vrrp_instance V: no other node has it"),
                disagreements(ONE, TWO, ONE.replace("51", "60").replace("168.1.5", "168.1.60")));
    }

    @Test
    @DisplayName("a peer that is not among those it is sent to is not heard")
    void peers() {
        String one = ONE.replace("advert_int 1", "unicast_src_ip 10.0.0.1\nunicast_peer { 10.0.0.3 }");
        String two = TWO.replace("advert_int 1", "unicast_src_ip 10.0.0.2\nunicast_peer { 10.0.0.1 }");
        assertEquals(List.of("gw1.conf:6: unicast_peer in vrrp_instance V lacks 10.0.0.2, which gw2 (gw2.conf:5) sends"
                + " from"), disagreements(one, two));
    }
}
