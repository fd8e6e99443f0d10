package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;

/** A MASTER's addresses stay where they belong, whoever removes them. */
class AddressGuardTest {

    /** keepalived drops all addresses for an election. */
    @Test
    void aRemovedAddressIsBackAtOnceWithoutAnElection() {
        CoreFixture core = master(ipv4());
        core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.10");
        core.pump();

        assertTrue(core.kernel.holds("192.0.2.10"));
        assertEquals("", core.states("V4"));
        assertEquals(List.of(NoteKind.ADDRESS_TAKEN, NoteKind.ADDRESS_RESTORED), core.notes());
        assertEquals(5, core.all(EffectKind.SEND_GRATUITOUS_ARP).size());
    }

    @Test
    void aContestedAddressIsPutBackEverMoreRarelyAndSaysSo() {
        CoreFixture core = master(ipv4());
        int restored = 0;
        for (int i = 0; i < 3000; i++) {
            if (core.kernel.holds("192.0.2.10")) {
                core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.10");
                core.pump();
                restored++;
            }
            core.advance(100 * CoreFixture.MILLISECOND);
        }
        assertTrue(restored > 8 && restored < 25, restored + " times in five minutes");
        assertEquals(List.of(FaultReason.ADDRESS_CONTESTED), core.faults("V4"));
        assertEquals(RouterState.MASTER, core.state("V4"));

        core.advance(31 * CoreFixture.SECOND);
        assertTrue(core.kernel.holds("192.0.2.10"));
        core.advance(60 * CoreFixture.SECOND);
        assertEquals(List.of(), core.faults("V4"));
    }

    /** One address waits for an interface, the other for its time: the first must not hide the second's deadline. */
    @Test
    void aRetryThatWaitsForAnEventHidesNoOther() {
        CoreFixture core = master(ipv4("virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 dev eth1 no_track }"));
        for (int i = 0; i < 4; i++) {
            core.kernel.addressRemoved(core.kernel.byName("eth0"), "192.0.2.10");
            core.advance(10 * CoreFixture.MILLISECOND);
        }
        assertFalse(core.kernel.holds("192.0.2.10"));
        core.advance(CoreFixture.SECOND);
        assertTrue(core.kernel.holds("192.0.2.10"));
    }

    @Test
    void anAddressFollowsItsInterfaceByName() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        ModelKernel.Link eth1 = core.kernel.linkReady("eth1");
        core.started().configured(ipv4("virtual_ipaddress { 192.0.2.10/24 dev eth1 no_track }"));
        core.advance(4 * CoreFixture.SECOND);
        core.kernel.renamed(eth1, "eth2");
        ModelKernel.Link next = core.kernel.linkReady("eth1");
        core.advance(CoreFixture.SECOND);

        assertEquals(0, eth1.addresses.size());
        assertTrue(next.find(IpAddress.parse("192.0.2.10")) != null);
    }

    @Test
    void anAddressWithPeerIsRemoved() {
        CoreFixture core = master(ipv4("virtual_ipaddress { 192.0.2.10 peer 192.0.2.77/32 }"));
        assertTrue(core.kernel.holds("192.0.2.10"));
        core.stopped();
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    @Test
    void whatAnEarlierRunLeftIsRemovedAndWhatOthersAddedIsNot() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24", "192.0.2.44/24");
        core.kernel.addressAdded(eth0, "192.0.2.10/24", 0x80).protocol = 112;
        core.kernel.addressAdded(eth0, "192.0.2.33/24", 0x80).protocol = 112;
        core.started().configured(ipv4());

        assertFalse(core.kernel.holds("192.0.2.10"));
        assertFalse(core.kernel.holds("192.0.2.33"));
        assertTrue(core.kernel.holds("192.0.2.44"));
    }

    @Test
    void whatAnEarlierRunLeftIsRemovedAlsoWhenTheKernelRefusedThatAtFirst() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.kernel.addressAdded(eth0, "192.0.2.33/24", 0x80).protocol = 112;
        core.kernel.refuse(NetlinkConstants.RTM_DELADDR, 12);
        core.started().configured(ipv4());
        core.kernel.refuse(NetlinkConstants.RTM_DELADDR, 0);
        assertTrue(core.kernel.holds("192.0.2.33"));

        core.advance(62 * CoreFixture.SECOND); // the kernel is read once a minute
        assertFalse(core.kernel.holds("192.0.2.33"));
    }

    /** Whatever the new configuration makes of the instance, and of the interface. */
    @Test
    void whatTheKernelRefusedToRemoveGoesAlsoWhenAReloadHasNoUseForIt() {
        String other = Configurations.instance("I2", "eth1", 52, "198.51.100.10/24");
        for (String next : List.of(ipv4("use_vmac"), other)) {
            for (boolean refusedAgain : List.of(false, true)) {
                CoreFixture core = master(ipv4());
                core.kernel.linkReady("eth1", "198.51.100.2/24");
                core.kernel.refuse(NetlinkConstants.RTM_DELADDR, 12);
                core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(200),
                        core.kernel.byName("eth0"));
                assertTrue(core.kernel.holds("192.0.2.10"));
                core.kernel.refuse(NetlinkConstants.RTM_DELADDR, refusedAgain ? 12 : 0);
                core.configured(next).forget();
                assertEquals(refusedAgain, core.kernel.holds("192.0.2.10"));

                core.kernel.refuse(NetlinkConstants.RTM_DELADDR, 0);
                core.advance(62 * CoreFixture.SECOND); // the kernel is read once a minute
                assertEquals(null, core.kernel.byName("eth0").find(IpAddress.parse("192.0.2.10")));
            }
        }
    }

    @Test
    void aVmacThatTheKernelRefusedToDeleteGoesAlsoWhenItsInterfaceIsOfNoUseAnyMore() {
        CoreFixture core = master(ipv4("use_vmac"));
        core.kernel.linkReady("eth1", "198.51.100.2/24");
        core.kernel.refuse(NetlinkConstants.RTM_DELLINK, 16);
        core.configured(Configurations.instance("I2", "eth1", 52, "198.51.100.10/24"));
        core.kernel.refuse(NetlinkConstants.RTM_DELLINK, 0);
        assertNotNull(core.kernel.byName("vrrp.51"));

        core.advance(62 * CoreFixture.SECOND);
        assertEquals(null, core.kernel.byName("vrrp.51"));
    }

    /** Its dumps may take seconds, and the daemon has real-time priority: it must not go round meanwhile. */
    @Test
    void whatAnEarlierRunLeftIsNoDeadlineBeforeTheKernelWasRead() {
        CoreFixture core = new CoreFixture();
        core.kernel.dumpsSilent = true;
        core.started().configured(ipv4());
        core.kernel.linkReady("eth0", "192.0.2.2/24", "192.0.2.10/24");
        core.pump().advance(CoreFixture.SECOND);
        assertTrue(core.kernel.holds("192.0.2.10"));

        core.kernel.dumpsSilent = false;
        core.advance(3 * CoreFixture.SECOND);
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    /** A host that answers for it there would answer beside the new MASTER. */
    @Test
    void whatAnEarlierRunLeftIsRemovedFromAnInterfaceThatWasRenamedMeanwhile() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link old = core.kernel.linkReady("old0", "192.0.2.2/24");
        core.kernel.addressAdded(old, "192.0.2.10/24", 0x80).protocol = 112;
        core.kernel.addressAdded(old, "192.0.2.77/24", 0x80).protocol = 112;
        core.started().configured(ipv4());

        assertEquals(RouterState.FAULT, core.state("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
        assertTrue(core.kernel.holds("192.0.2.77"), "another daemon's, whose interface it is");
    }

    /** Neither the new name nor that the address was added had reached the daemon when it learned of both. */
    @Test
    void anAddressWhoseAdditionWasNotAnsweredIsRemovedFromAnInterfaceThatWasRenamed() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link eth0 = core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.started().configured(ipv4());
        core.kernel.dropping = true;
        core.kernel.renamed(eth0, "old0");
        core.advance(5 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertTrue(core.kernel.holds("192.0.2.10"));

        core.kernel.dropping = false;
        core.overrun();
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertFalse(core.kernel.holds("192.0.2.10"));
    }

    /** Linux discards an IPv4 packet from an address of its own: a BACKUP that stepped in would not hear the owner. */
    @Test
    void anOwnerSendsFromAnAddressThatNobodyElseEverHas() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.10/24");
        core.started().configured(ipv4("priority 255"));
        assertEquals("192.0.2.10", core.advertisements().get(0).packet().source().toString(), "it has no other");

        core.kernel.addressAdded(core.kernel.byName("eth0"), "192.0.2.2/24");
        core.pump().forget().advance(CoreFixture.SECOND);
        assertEquals("192.0.2.2", core.advertisements().get(0).packet().source().toString());
    }

    @Test
    void anOwnersOwnAddressIsNeverRemoved() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.10/24");
        core.started().configured(ipv4("priority 255"));
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.stopped();
        assertTrue(core.kernel.holds("192.0.2.10"));
    }

    /** keepalived sends none. */
    @Test
    void aChangedMacIsAnnounced() {
        CoreFixture core = master(ipv4());
        core.kernel.macChanged(core.kernel.byName("eth0"), 0x5254_0000_9999L);
        core.pump();

        assertEquals(5, core.all(EffectKind.SEND_GRATUITOUS_ARP).size());
        byte[] frame = core.all(EffectKind.SEND_GRATUITOUS_ARP).get(0).frame();
        assertEquals((byte) 0x99, frame[11]);
        assertTrue(core.notes().contains(NoteKind.MAC_CHANGED));
    }

    @Test
    void gratuitousArpFollowsTheAcknowledgementOfEveryAddress() {
        CoreFixture core = running(ipv4("virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24\n192.0.2.12/24 }"));
        core.advance(4 * CoreFixture.SECOND);
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind)
                .filter(kind -> kind == EffectKind.ADD_ADDRESS || kind == EffectKind.SEND_GRATUITOUS_ARP
                        || kind == EffectKind.SEND_ADVERTISEMENT).toList();

        assertEquals(EffectKind.SEND_ADVERTISEMENT, kinds.get(0));
        assertEquals(List.of(EffectKind.ADD_ADDRESS, EffectKind.ADD_ADDRESS, EffectKind.ADD_ADDRESS),
                kinds.subList(1, 4));
        assertEquals(15, kinds.stream().filter(kind -> kind == EffectKind.SEND_GRATUITOUS_ARP).count());
    }
}
