package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.simulation.ModelKernel;

/** The VMAC of a router through all that can happen to it. */
class VmacTest {

    @Test
    @Requirement("9568-7.3-1")
    void bothFamiliesOfOneVridGetNamesOfTheirOwn() {
        CoreFixture core = running(dualStack("use_vmac"));

        assertEquals(0x0000_5E00_0133L, core.kernel.byName("vrrp.51").mac);
        assertEquals(0x0000_5E00_0233L, core.kernel.byName("vrrp6.51").mac);
    }

    @Test
    void oursIsNotTakenForALeftOne() {
        CoreFixture core = running(ipv4("use_vmac"));

        assertEquals("vrrpd V4", core.kernel.byName("vrrp.51").alias);
        assertFalse(core.notes().contains(NoteKind.STALE_VMAC), "we have just made it");
    }

    @Test
    @Requirement("9568-6.4.2-4")
    void itIsUpOnlyWhileMaster() {
        CoreFixture core = running(ipv4("use_vmac"));
        assertFalse(core.kernel.byName("vrrp.51").up);

        core.advance(4 * CoreFixture.SECOND);
        assertTrue(core.kernel.byName("vrrp.51").up);
        assertNotNull(core.kernel.byName("vrrp.51").find(IpAddress.parse("192.0.2.10")));

        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                core.kernel.byName("eth0"));
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertFalse(core.kernel.byName("vrrp.51").up);
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    /** What leaves the base for a virtual address asks by ARP there: the base's MAC must not stand beside it. */
    @Test
    @Requirement("9568-8.1.2-2")
    void theInterfaceNeitherAnswersNorAsksForAVirtualAddress() {
        CoreFixture core = running(ipv4("use_vmac"));
        String eth0 = "net/ipv4/conf/eth0/";
        assertEquals("1", core.kernel.sysctls.get(eth0 + "arp_ignore"));
        assertEquals("2", core.kernel.sysctls.get(eth0 + "arp_announce"));

        core.configured(ipv4());
        assertEquals("0", core.kernel.sysctls.get(eth0 + "arp_ignore"));
        assertEquals("0", core.kernel.sysctls.get(eth0 + "arp_announce"));
    }

    /** keepalived is without the address for a whole Master_Down_Interval. */
    @Test
    void deletedWhileMasterItIsMadeAgainWithoutAnElection() {
        CoreFixture core = master(dualStack("use_vmac"));

        core.kernel.linkRemoved(core.kernel.byName("vrrp.51"));
        core.kernel.linkRemoved(core.kernel.byName("vrrp6.51"));
        core.pump();

        assertEquals("", core.states("V4") + core.states("V6"));
        assertTrue(core.kernel.byName("vrrp.51").up);
        assertNotNull(core.kernel.byName("vrrp.51").find(IpAddress.parse("192.0.2.10")));
        assertNotNull(core.kernel.byName("vrrp6.51").find(IpAddress.parse("fe80::10")));
        assertEquals(5, core.all(EffectKind.SEND_GRATUITOUS_ARP).size());
        assertEquals(5, core.all(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT).size());
        assertEquals("", core.faultReports("V4") + core.faultReports("V6"), "putting it back is no fault");
        assertEquals("vrrpd V4", core.kernel.byName("vrrp.51").alias);
    }

    @Test
    void interfaceRecreatedInOneDatagramMovesEverythingToTheNewIndex() {
        CoreFixture core = master(dualStack("use_vmac"));

        core.held = true;
        core.kernel.linkRemoved(core.kernel.byName("eth0"));
        ModelKernel.Link again = core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.pumpJoined();
        core.advance(4 * CoreFixture.SECOND);

        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(again.index, core.kernel.byName("vrrp.51").parent);
        assertNotNull(core.kernel.byName("vrrp.51").find(IpAddress.parse("192.0.2.10")));
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200), again);
        assertEquals(RouterState.BACKUP, core.state("V4"), "it hears on the new interface");
    }

    @Test
    void interfaceRecreatedSlowly() {
        CoreFixture core = master(dualStack("use_vmac"));

        core.kernel.linkRemoved(core.kernel.byName("eth0"));
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.INTERFACE_ABSENT, FaultReason.SYNC_GROUP), core.faults("V4"));
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        core.advance(4 * CoreFixture.SECOND);

        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(RouterState.MASTER, core.state("V6"));
        assertTrue(core.kernel.holds("192.0.2.10"));
    }

    @Test
    void renamedAwayNothingOfOursStaysOnTheInterface() {
        CoreFixture core = master(dualStack("use_vmac"));
        ModelKernel.Link eth0 = core.kernel.byName("eth0");

        core.kernel.renamed(eth0, "old0");
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
        assertTrue(core.kernel.links.values().stream().noneMatch(link -> link.parent != 0 && link.up),
                "no interface takes frames for the virtual MAC");

        core.kernel.renamed(eth0, "eth0");
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertTrue(core.kernel.byName("vrrp.51").up);
        assertTrue(core.kernel.holds("192.0.2.10"));
        assertTrue(core.kernel.holds("fe80::10"));
    }

    @Test
    void withoutMacvlanInTheKernelItIsAFaultThatSaysSo() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.macvlanMissing = true;
        core.started().configured(ipv4("use_vmac"));

        assertEquals("cannot make VMAC vrrp.51: this kernel has no macvlan",
                core.instance("V4").faults().get(0).reasonText());
        core.advance(60 * CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));

        core.kernel.macvlanMissing = false;
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(List.of(), core.faults("V4"), "retried for ever, at least every 10 s");
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    /** Without it, a later run would not know it for ours, and nor would this one when the interface is renamed. */
    @Test
    void anAliasThatWasRefusedIsAskedForAgain() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.refuse(NetlinkConstants.RTM_SETLINK, 12);
        core.started().configured(ipv4("use_vmac"));
        core.advance(CoreFixture.SECOND);
        assertEquals("", core.kernel.byName("vrrp.51").alias);

        core.kernel.refuseNothing();
        core.advance(2 * CoreFixture.SECOND);
        assertEquals("vrrpd V4", core.kernel.byName("vrrp.51").alias);
        core.advance(3 * CoreFixture.SECOND); // and it becomes MASTER
        core.kernel.requests.clear();
        core.advance(30 * CoreFixture.SECOND);
        assertFalse(core.kernel.requests.contains(NetlinkConstants.RTM_SETLINK), "once is enough");
    }

    /** Another macvlan with the virtual MAC is up on the interface: Linux answers EADDRINUSE. */
    @Test
    void refusedToGoUpItIsTriedAgainWithoutAStorm() {
        CoreFixture core = running(ipv4("use_vmac"));
        core.kernel.refuse(NetlinkConstants.RTM_SETLINK, 98);
        core.kernel.requests.clear();
        core.advance(4 * CoreFixture.SECOND);

        assertEquals(RouterState.MASTER, core.state("V4"));
        assertTrue(core.kernel.requests.size() < 20, core.kernel.requests.size() + " requests");

        core.kernel.refuseNothing();
        core.advance(10 * CoreFixture.SECOND);
        assertTrue(core.kernel.byName("vrrp.51").up);
    }

    @Test
    void theVmacIsNotConfiguredTwice() {
        CoreFixture core = running(ipv6("use_vmac"));
        core.advance(200 * CoreFixture.SECOND);

        assertEquals(1, core.all(EffectKind.CREATE_VMAC).size());
        assertNull(core.kernel.byName("vrrp6.51"), "the first name was free");
    }

    @Test
    void aLeftVmacIsUsed() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24");
        ModelKernel.Link left = core.kernel.linkAppeared("vrrp.51");
        left.parent = eth0.index;
        left.mac = 0x0000_5E00_0133L;
        left.alias = "vrrpd V4";
        core.kernel.setUp(left, true);
        core.kernel.addressAdded(left, "192.0.2.10/24", 0x80).protocol = 112;
        core.started().configured(ipv4("use_vmac"));

        assertFalse(left.up);
        assertFalse(core.kernel.holds("192.0.2.10"));
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(0, core.all(EffectKind.CREATE_VMAC).size());
        assertTrue(left.up);
        assertTrue(core.kernel.holds("192.0.2.10"));
        assertEquals(List.of(), core.faults("V4"));
    }

    @Test
    void leftOnesOfOthersThatAreNotOursStay() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24");
        for (String alias : List.of("vrrpd GONE", "mine")) {
            ModelKernel.Link left = core.kernel.linkAppeared(alias.replace("vrrpd ", ""));
            left.parent = eth0.index;
            left.mac = 0x0000_5E00_0199L;
            left.alias = alias;
        }
        core.started().configured(ipv4("use_vmac"));

        assertNull(core.kernel.byName("GONE"));
        assertNotNull(core.kernel.byName("mine"));
    }

    /** A private macvlan that is up takes frames with its own source MAC away from its base: the twin's adverts. */
    @Test
    void aMasterListensOnItsVmacToo() {
        CoreFixture core = master(ipv4("use_vmac"));
        PeerRouter twin = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

        core.received(twin.advertisement(200), core.kernel.byName("vrrp.51"));

        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(1, core.all(EffectKind.CLOSE_SOCKET).size(), "the VMAC is down, and so is its socket");
    }

    /** What the base hears the macvlan hears as well, a moment later. */
    @Test
    void theCopyThatTheVmacGetsIsNotAnotherAdvertisement() {
        CoreFixture core = master(ipv4("use_vmac"));
        long sent = core.advertisements().size();
        long before = core.counter("V4", "advertisementsReceived");
        PeerRouter peer = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

        core.received(peer.advertisement(0), core.kernel.byName("eth0"));
        core.received(peer.advertisement(0), core.kernel.byName("vrrp.51"));

        assertEquals(before + 1, core.counter("V4", "advertisementsReceived"));
        assertEquals(sent + 1, core.advertisements().size(), "priority 0 is answered once");
    }

    @Test
    void theSamePacketAgainOnTheSameSocketIsAnother() {
        CoreFixture core = master(ipv4("use_vmac"));
        PeerRouter peer = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

        core.received(peer.advertisement(0), core.kernel.byName("eth0"));
        core.received(peer.advertisement(0), core.kernel.byName("eth0"));

        assertEquals(2, core.counter("V4", "advertisementsReceived"));
    }
}
