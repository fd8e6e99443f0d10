package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.simulation.WirePacket;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;

/** Advertisements to named peers: who gets them, who is believed, and where they may come from. */
class UnicastTest {

    private static final String PEERS = "unicast_peer {\n192.0.2.3\n192.0.2.4\n}";
    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
    private static final PeerRouter STRANGER = PEER.from("192.0.2.99");

    private static void hears(CoreFixture core, WirePacket packet) {
        core.received(packet, core.kernel.byName("eth0"));
    }

    private static String socket(CoreFixture core, String family, String address) {
        return core.kernel.byName("eth0").index + " 112 " + family + " " + address;
    }

    private static List<String> destinations(List<Recorded> sent) {
        return sent.stream().map(each -> each.packet().destination().toString()).toList();
    }

    @Test
    void everyPeerGetsACopyOfTheSameAdvertisement() {
        CoreFixture core = master(ipv4(PEERS, "unicast_ttl 64"));
        core.advance(CoreFixture.SECOND);
        List<Recorded> sent = core.unicasts();
        assertEquals(List.of("192.0.2.3", "192.0.2.4"), destinations(sent));
        assertEquals(List.of(), core.advertisements());
        for (Recorded each : sent) {
            Advertisement read = each.packet().read();
            assertEquals(ChecksumForm.PSEUDO_HEADER, read.checksum());
            assertEquals(IpAddress.parse("192.0.2.2"), read.source());
            assertEquals(64, each.packet().timeToLive());
            assertEquals(100, read.priority());
            assertEquals(sent.get(0).packet().id(), each.packet().id());
            assertEquals(core.kernel.byName("eth0").index, each.interfaceIndex());
        }
        core.forget().advance(CoreFixture.SECOND);
        assertEquals(sent.get(0).packet().id() + 1, core.unicasts().get(0).packet().id());
        assertEquals(3, core.counter("V4", "advertisementsSent"));
        core.forget().stopped();
        assertEquals(List.of(0, 0), core.unicasts().stream().map(each -> each.packet().vrrpByte(2)).toList());
    }

    @Test
    void itListensOnItsOwnAddressAndFollowsPeers() {
        CoreFixture core = running(ipv4(PEERS));
        assertEquals(List.of(socket(core, "IPV4", "192.0.2.2")), core.sockets());
        hears(core, PEER.advertisementTo("192.0.2.2", 200).withTimeToLive(3));
        core.advance(3 * CoreFixture.SECOND);
        hears(core, PEER.advertisementTo("192.0.2.2", 200));
        core.advance(3 * CoreFixture.SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(2, core.counter("V4", "advertisementsReceived"));
    }

    @Test
    void multicastAndUnicastDoNotMix() {
        CoreFixture core = master(ipv4(PEERS));
        core.happened(EventKind.ADVERTISEMENT_RECEIVED,
                PEER.advertisement(200).payload(core.kernel.byName("eth0").index, 0, core.now));
        core.pump();
        assertEquals(1, core.counter("V4", "discardedDestination"));
        core = master(ipv4());
        core.happened(EventKind.ADVERTISEMENT_RECEIVED, PEER.advertisementTo("192.0.2.2", 200)
                .payload(core.kernel.byName("eth0").index, 0, core.now));
        core.pump();
        assertEquals(1, core.counter("V4", "discardedDestination"));
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    /** keepalived's rule: whoever knows the address may speak, unless the operator says otherwise. */
    @Test
    void strangersAreRefusedOnlyWhenAskedTo() {
        CoreFixture core = master(ipv4(PEERS));
        hears(core, STRANGER.advertisementTo("192.0.2.2", 200));
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core = master(ipv4(PEERS, "check_unicast_src"));
        hears(core, STRANGER.advertisementTo("192.0.2.2", 200));
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(1, core.counter("V4", "discardedSource"));
        hears(core, PEER.advertisementTo("192.0.2.2", 200));
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void limitsOfOnePeerMakeEveryStrangerRefused() {
        String limited = "unicast_peer {\n192.0.2.3 min_ttl 250 max_ttl 254\n192.0.2.4\n}";
        CoreFixture core = master(ipv4(limited));
        hears(core, STRANGER.advertisementTo("192.0.2.2", 200));
        hears(core, PEER.advertisementTo("192.0.2.2", 200));
        hears(core, PEER.advertisementTo("192.0.2.2", 200).withTimeToLive(249));
        assertEquals(1, core.counter("V4", "discardedSource"));
        assertEquals(2, core.counter("V4", "discardedTtl"));
        assertEquals(RouterState.MASTER, core.state("V4"));
        hears(core, PEER.advertisementTo("192.0.2.2", 200).withTimeToLive(250));
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void noPeerIsAFaultWhenTheOperatorWantsOne() {
        CoreFixture core = running(ipv4("unicast_fault_no_peer"));
        assertEquals(List.of(FaultReason.UNICAST_PEERS_MISSING), core.faults("V4"));
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(List.of(), core.advertisements());
        core.configured(ipv4(PEERS, "unicast_fault_no_peer")).advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.configured(ipv4("unicast_fault_no_peer"));
        assertEquals(RouterState.FAULT, core.state("V4"));
    }

    @Test
    void oneUnreachablePeerIsNamedOnceAndForgottenWhenItIsReached() {
        CoreFixture core = running(ipv4(PEERS));
        core.sendErrno = 101;
        core.advance(20 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals("+SEND_FAILED", core.faultReports("V4"));
        assertEquals("cannot send on eth0: network is unreachable (ENETUNREACH) for 192.0.2.3",
                core.all(EffectKind.REPORT_FAULT).get(0).fault().reasonText());
        core.sendErrno = 0;
        core.advance(3 * CoreFixture.SECOND);
        assertEquals("+SEND_FAILED -SEND_FAILED", core.faultReports("V4"));
    }

    /** keepalived tells them apart by who sends; here one VRID on one interface is one router. */
    @Test
    void twoInstancesWithOneVridAreRefusedWhateverTheirPeers() {
        String two = "global_defs { vrrp_version 3 }\n"
                + Configurations.instance("A", "eth0", 51, "192.0.2.10/24", "unicast_peer {\n192.0.2.3\n}")
                + Configurations.instance("B", "eth0", 51, "192.0.2.11/24", "unicast_peer {\n192.0.2.4\n}");
        assertTrue(ConfigurationParser.parse(two, "c", "host").problems().stream().anyMatch(problem ->
                problem.toString().contains("virtual_router_id 51 in vrrp_instance B: expected another one")));
    }

    // where it sends from

    @Test
    void aConfiguredSourceThatIsAbsentIsAFaultAndNothingIsSentFromIt() {
        CoreFixture core = running(ipv4(PEERS, "unicast_src_ip 192.0.2.77"));
        assertEquals(List.of(FaultReason.CONFIGURED_SOURCE_ABSENT), core.faults("V4"));
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(List.of(), core.unicasts());
        assertEquals(List.of(), core.sockets());
        core.forget().kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.77/24");
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(List.of(socket(core, "IPV4", "192.0.2.77")), core.sockets());
        assertEquals("192.0.2.77", core.announcements().get(0).announced().toString());
        assertEquals(1, core.announcements().size());
        core.advance(4 * CoreFixture.SECOND);
        assertEquals("192.0.2.77", core.unicasts().get(0).packet().source().toString());
    }

    @Test
    void aConfiguredSourceThatGoesSilencesTheMasterUntilItIsBack() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24", "192.0.2.77/24");
        core.started().configured(ipv4(PEERS, "unicast_src_ip 192.0.2.77")).advance(4 * CoreFixture.SECOND);
        core.forget().kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.77");
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertEquals(List.of(), core.unicasts());
        assertEquals(List.of(), core.sockets());
        assertTrue(!core.kernel.holds("192.0.2.10"));
        core.kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.77/24");
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(socket(core, "IPV4", "192.0.2.77")), core.sockets());
    }

    /** Sends from, and hears on, the address that took the place of the first: no deaf MASTER. */
    @Test
    void theSocketFollowsThePrimaryAddress() {
        CoreFixture core = master(ipv4(PEERS));
        ModelKernel.Link eth0 = core.kernel.byName("eth0");
        core.kernel.addressAdded(eth0, "192.0.2.9/24");
        core.kernel.addressRemoved(eth0, "192.0.2.2");
        core.pump();
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(socket(core, "IPV4", "192.0.2.9")), core.sockets());
        core.forget().advance(CoreFixture.SECOND);
        assertEquals("192.0.2.9", core.unicasts().get(0).packet().source().toString());
        hears(core, PEER.advertisementTo("192.0.2.9", 200));
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void anInterfaceThatIsDeletedAndMadeAgainIsHeardAgain() {
        CoreFixture core = master(ipv4(PEERS, "unicast_src_ip 192.0.2.2"));
        core.kernel.linkRemoved(core.kernel.byName("eth0"));
        core.pump();
        assertEquals(List.of(FaultReason.INTERFACE_ABSENT), core.faults("V4"));
        assertEquals(List.of(), core.sockets());
        core.advance(5 * CoreFixture.SECOND).forget();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(List.of(socket(core, "IPV4", "192.0.2.2")), core.sockets());
        assertEquals(1, core.all(EffectKind.SEND_GRATUITOUS_ARP).size());
        hears(core, PEER.advertisementTo("192.0.2.2", 200));
        assertEquals(1, core.counter("V4", "advertisementsReceived"));
    }

    @Test
    void aSocketThatCannotBeOpenedIsAFaultAndRetried() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.socketErrno = 24;
        core.started().configured(ipv4(PEERS)).advance(5 * CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SOCKET_FAILED), core.faults("V4"));
        assertEquals(List.of(), core.unicasts());
        core.socketErrno = 0;
        core.advance(20 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    // IPv6

    @Test
    void peersOnTheLinkAreSentToFromTheLinkLocalAddress() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "2001:db8::2/64", "fe80::2/64");
        core.started().configured(ipv6("unicast_peer {\nfe80::3\n}")).advance(4 * CoreFixture.SECOND);
        assertEquals("fe80::2", core.unicasts().get(0).packet().source().toString());
        assertEquals(255, core.unicasts().get(0).packet().timeToLive());
        assertEquals(List.of(socket(core, "IPV6", "fe80::2")), core.sockets());
    }

    @Test
    void otherPeersAreSentToFromAnotherAddress() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "fe80::2/64");
        core.started().configured(ipv6("unicast_peer {\n2001:db8::3\n}"));
        assertEquals(List.of(FaultReason.NO_SOURCE_ADDRESS), core.faults("V6"));
        core.kernel.addressAdded(eth0, "2001:db8::2/64");
        core.pump().advance(4 * CoreFixture.SECOND);
        assertEquals("2001:db8::2", core.unicasts().get(0).packet().source().toString());
        assertEquals(ChecksumForm.PSEUDO_HEADER, core.unicasts().get(0).packet().read().checksum());
        assertEquals(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT, core.announcements().get(0).kind());
        assertEquals("2001:db8::2", core.announcements().get(0).announced().toString());
    }

    @Test
    void aVmacTakesNoPartInAdvertisements() {
        CoreFixture core = running(ipv4(PEERS, "use_vmac")).advance(5 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(socket(core, "IPV4", "192.0.2.2")), core.sockets());
        assertEquals(core.kernel.byName("eth0").index, core.unicasts().get(0).interfaceIndex());
    }

    // the checksum of keepalived before 1.3.7

    /** As old keepalived sends it: the group in the pseudo-header. */
    private static WirePacket old(int priority) {
        WirePacket toGroup = PEER.advertisement(priority);
        byte[] ip = toGroup.ip().clone();
        System.arraycopy(PEER.advertisementTo("192.0.2.2", priority).ip(), 16, ip, 16, 4);
        return WirePacket.ofPacket(ip);
    }

    private static List<ChecksumForm> forms(CoreFixture core) {
        return core.unicasts().stream().map(each -> {
            Advertisement read = each.packet().read();
            return read.isChecksumOverGroup(IpAddress.parse("224.0.0.18"))
                    ? ChecksumForm.GROUP_PSEUDO_HEADER : read.checksum();
        }).distinct().toList();
    }

    @Test
    void onlyAPeerWithTheOldChecksumGetsIt() {
        CoreFixture core = running(ipv4(PEERS));
        hears(core, old(200));
        assertEquals(1, core.counter("V4", "advertisementsReceived"));
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(List.of(ChecksumForm.GROUP_PSEUDO_HEADER, ChecksumForm.PSEUDO_HEADER), forms(core));
        hears(core, PEER.advertisementTo("192.0.2.2", 200));
        core.forget().advance(4 * CoreFixture.SECOND);
        assertEquals(List.of(ChecksumForm.PSEUDO_HEADER), forms(core));
    }

    @Test
    void theOldChecksumIsForcedOrForbidden() {
        CoreFixture core = running(ipv4(PEERS, "old_unicast_checksum")).advance(4 * CoreFixture.SECOND);
        assertEquals(List.of(ChecksumForm.GROUP_PSEUDO_HEADER), forms(core));
        core = running(ipv4(PEERS, "old_unicast_checksum never"));
        hears(core, old(200));
        assertEquals(1, core.counter("V4", "discardedChecksum"));
        core = running(ipv4(PEERS, "v3_checksum_as_v2")).advance(4 * CoreFixture.SECOND);
        assertEquals(List.of(ChecksumForm.MESSAGE_ONLY), forms(core));
    }
}
