package org.vrrpd.proto.rfc9568;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.ipv6;
import static org.vrrpd.proto.core.Configurations.master;
import static org.vrrpd.proto.core.Configurations.running;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.core.CoreFixture;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rfc.Requirement;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/** RFC 9568 section 8, as far as the daemon and not the kernel sees to it: announcements of the virtual addresses. */
class Section8OperationTest {

    private static final int ENOBUFS = 105;
    private static final String TWO = "virtual_ipaddress { fe80::10\nfe80::11 }";

    private static List<Long> announcingMacs(CoreFixture core) {
        return core.announcements().stream().map(each -> MacAddress.read(ByteBuffer.wrap(each.frame()), 6)).distinct()
                .toList();
    }

    private static List<IpAddress> announced(CoreFixture core) {
        return core.announcements().stream().map(Recorded::announced).distinct().toList();
    }

    /** 8.1.2, 8.2.2: an owner that starts, or starts again, is heard with the virtual MAC alone. */
    @Test
    @Requirement({"9568-8.1.2-3", "9568-8.2.2-5"})
    void anOwnerThatStartsAgainHasOnlyTheVirtualMac() {
        CoreFixture four = running(ipv4("priority 255", "use_vmac"));
        four.kernel.setUp(four.kernel.byName("eth0"), false);
        four.advance(CoreFixture.SECOND);
        four.kernel.setUp(four.kernel.byName("eth0"), true);
        four.advance(10 * CoreFixture.SECOND);
        assertEquals(List.of(0x0000_5E00_0133L), announcingMacs(four));
        assertEquals(List.of(0x0000_5E00_0233L), announcingMacs(running(ipv6("priority 255", "use_vmac"))));
    }

    /** 8.1.2, 8.2.2: a MASTER announces an address that is configured now, with the virtual MAC. */
    @Test
    @Requirement({"9568-8.1.2-4", "9568-8.2.2-6"})
    void anAddressThatIsConfiguredIsAnnounced() {
        CoreFixture core = master(ipv4("use_vmac") + ipv6("use_vmac")).advance(10 * CoreFixture.SECOND).forget();
        core.configured(ipv4("use_vmac", "virtual_ipaddress { 192.0.2.10/24\n192.0.2.11/24 }")
                + ipv6("use_vmac", TWO));
        assertEquals(List.of(IpAddress.parse("192.0.2.11"), IpAddress.parse("fe80::11")), announced(core));
        assertEquals(List.of(0x0000_5E00_0133L, 0x0000_5E00_0233L), announcingMacs(core));
    }

    /** A BACKUP does not. */
    @Test
    @Requirement(counter = {"9568-8.1.2-4", "9568-8.2.2-6"})
    void aBackupAnnouncesNoAddressThatIsConfigured() {
        CoreFixture core = running(ipv6("use_vmac")).forget();
        core.configured(ipv6("use_vmac", TWO)).advance(CoreFixture.SECOND);
        assertEquals(List.of(), core.announcements());
    }

    /** 8.2.2: no neighbour advertisement before both the address and the VMAC are there. */
    @Test
    @Requirement(value = "9568-8.2.2-7", counter = {"9568-8.1.2-5", "9568-8.2.2-7"})
    void neighbourAdvertisementsWaitForTheAddressAndTheVirtualMac() {
        CoreFixture late = running(ipv6("use_vmac"));
        late.kernel.refuse(NetlinkConstants.RTM_NEWADDR, ENOBUFS);
        late.advance(4 * CoreFixture.SECOND);
        assertEquals(List.of(), late.announcements());
        late.kernel.refuseNothing();
        late.advance(CoreFixture.SECOND);
        assertEquals(List.of(IpAddress.parse("fe80::10")), announced(late));

        CoreFixture without = new CoreFixture();
        without.kernel.macvlanMissing = true;
        without.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        without.started().configured(dualStack("use_vmac")).advance(60 * CoreFixture.SECOND);
        assertEquals(List.of(), without.announcements());
        without.kernel.macvlanMissing = false;
        without.advance(60 * CoreFixture.SECOND);
        assertEquals(2, announced(without).size());
    }

    /** 8.2.2: no detection of duplicates for a virtual address: it serves at once. */
    @Test
    @Requirement("9568-8.2.2-8")
    void noDetectionForAVirtualAddress() {
        CoreFixture core = master(ipv6("use_vmac"));
        int flags = core.kernel.byName("vrrp.51").find(IpAddress.parse("fe80::10")).flags;
        assertTrue((flags & NetlinkConstants.IFA_F_NODAD) != 0 && (flags & NetlinkConstants.IFA_F_TENTATIVE) == 0);
        assertTrue(running(ipv6("use_vmac")).advance(4 * CoreFixture.SECOND)
                .all(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT).size() > 0);
    }
}
