package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.UnicastConfiguration.OldChecksum;
import org.vrrpd.proto.config.UnicastConfiguration.UnicastPeer;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Advertisements to named peers. */
class UnicastKeywordsTest {

    private static final String PEERS = "unicast_peer {\n10.0.0.8\n10.0.0.9\n}\n";

    private static UnicastPeer peer(String address, int least, int most) {
        return new UnicastPeer(IpAddress.parse(address), least, most);
    }

    private static UnicastConfiguration unicast(String lines) {
        return onlyWith(lines).transport().unicast();
    }

    @Test
    void peersMakeItUnicast() {
        assertNull(unicast(""));
        assertEquals(new UnicastConfiguration(
                List.of(peer("10.0.0.8", 0, 255), peer("10.0.0.9", 0, 255)), 255, false, OldChecksum.AUTO),
                unicast(PEERS));
        InstanceConfiguration all = onlyWith(PEERS + "unicast_src_ip 10.0.0.7\nunicast_ttl 3\ncheck_unicast_src\n"
                + "old_unicast_checksum never\ntrack_src_ip");
        assertEquals(IpAddress.parse("10.0.0.7"), all.transport().sourceAddress());
        assertTrue(all.transport().trackSourceAddress());
        assertEquals(new UnicastConfiguration(
                List.of(peer("10.0.0.8", 0, 255), peer("10.0.0.9", 0, 255)), 3, true, OldChecksum.NEVER),
                all.transport().unicast());
        assertEquals(OldChecksum.ALWAYS, unicast(PEERS + "old_unicast_checksum").oldChecksum());
        assertTrue(parse(instance(PEERS) + "global_defs { vrrp_check_unicast_src }").configuration().instances().get(0)
                .transport().unicast().checkSource());
    }

    @Test
    void limitsOfTheTtlSwitchTheSourceCheckOn() {
        UnicastConfiguration unicast = unicast("unicast_peer {\n10.0.0.8 max_ttl 255 min_ttl 254\n10.0.0.9\n}");
        assertEquals(List.of(peer("10.0.0.8", 254, 255), peer("10.0.0.9", 0, 255)), unicast.peers());
        assertTrue(unicast.checkSource());
    }

    @Test
    void theFamilyMayComeFromThePeers() {
        InstanceConfiguration instance = parse("vrrp_instance A {\ninterface e\nvirtual_router_id 1\n"
                + "no_virtual_ipaddress\nunicast_peer { fe80::9 }\n}").configuration().instances().get(0);
        assertEquals(Family.IPV6, instance.family());
    }

    @Test
    void withoutPeersItIsMulticastOrAFault() {
        InstanceConfiguration multicast = warned(instance("unicast_ttl 0"),
                "c:5:1: warning: unicast_ttl in vrrp_instance A without a unicast_peer: advertisements go to the"
                        + " multicast group");
        assertNull(multicast.transport().unicast());
        multicast = warned(instance("unicast_src_ip 10.0.0.7\nunicast_ttl 0"),
                "c:5:1: warning: unicast_src_ip in vrrp_instance A without a unicast_peer: advertisements go to the"
                        + " multicast group from that address; mcast_src_ip says the same",
                "c:6:1: warning: unicast_ttl in vrrp_instance A is ignored without a unicast_peer: multicast has a TTL"
                        + " of 255");
        assertEquals(IpAddress.parse("10.0.0.7"), multicast.transport().sourceAddress());
        UnicastConfiguration none = unicast("unicast_fault_no_peer");
        assertEquals(List.of(), none.peers());
        assertFalse(unicast(PEERS + "unicast_fault_no_peer").peers().isEmpty());
    }

    @Test
    void peersAreOtherRoutersOfTheFamily() {
        warned(instance("unicast_src_ip 10.0.0.8\nunicast_peer {\n10.0.0.8\n10.0.0.9\n10.0.0.9\n}"),
                "c:7:1: warning: 10.0.0.8 in unicast_peer of vrrp_instance A is ignored: it is this router's own source"
                        + " address",
                "c:9:1: warning: 10.0.0.9 in unicast_peer of vrrp_instance A again: ignored");
        refused(instance("unicast_peer {\nfe80::9\n224.0.0.1\nx\n10.0.0.9 min_ttl 256\n10.0.0.8 ttl 3\n"
                        + "10.0.0.7 min_ttl 9 max_ttl 8\n}"),
                "c:6:1: error: fe80::9 in unicast_peer of vrrp_instance A: expected an IPv4 address, as the virtual"
                        + " addresses are",
                "c:7:1: error: 224.0.0.1 in unicast_peer of vrrp_instance A: expected an IPv4 or IPv6 unicast address",
                "c:8:1: error: x in unicast_peer of vrrp_instance A: expected an IPv4 or IPv6 unicast address",
                "c:9:18: error: 10.0.0.9 256 in unicast_peer of vrrp_instance A: expected 0 to 255",
                "c:10:10: error: 10.0.0.8 ttl in unicast_peer of vrrp_instance A: expected min_ttl NUMBER or max_ttl"
                        + " NUMBER",
                "c:10:10: warning: ttl behind 10.0.0.8 in unicast_peer of vrrp_instance A: expected the end of the"
                        + " line; the rest is ignored",
                "c:11:1: error: 10.0.0.7 in unicast_peer of vrrp_instance A: expected a min_ttl of at most its max_ttl"
                        + " 8, but found 9");
        refused(instance("unicast_src_ip 10.0.0.8\nunicast_peer { 10.0.0.8 }"),
                "c:6:16: warning: 10.0.0.8 in unicast_peer of vrrp_instance A is ignored: it is this router's own"
                        + " source address",
                "c:6:16: error: no other router in unicast_peer of vrrp_instance A: expected the address of at least"
                        + " one");
    }

    @Test
    void anInterfaceIsNeeded() {
        refused("vrrp_instance A {\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1 }\n" + PEERS + "}",
                "c:1:15: error: no interface in vrrp_instance A: expected the name of an interface; an instance without"
                        + " one is not supported, even with unicast");
    }

    @Test
    void oneSourceCounts() {
        assertEquals(IpAddress.parse("10.0.0.7"), warned(instance(PEERS + "mcast_src_ip 10.0.0.6\n"
                + "unicast_src_ip 10.0.0.7"), "c:10:1: warning: unicast_src_ip in vrrp_instance A behind mcast_src_ip:"
                + " the last one counts").transport().sourceAddress());
    }

    @Test
    void withUnicastAVmacSendsFromItsBase() {
        assertTrue(warned(instance(PEERS + "use_vmac"), "c:9:1: warning: use_vmac in vrrp_instance A implies"
                + " vmac_xmit_base, since it has a unicast_peer").vmac().transmitOnBase());
        assertTrue(onlyWith(PEERS + "use_vmac\nvmac_xmit_base").vmac().transmitOnBase());
    }
}
