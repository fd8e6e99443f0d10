package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;
import static org.vrrpd.system.VirtualRouter.VIP6;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/** The virtual MAC: a macvlan of the daemon's own, made, kept and taken back. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class VmacIT {

    private static final String VMAC = "vrrp.51";
    private static final String VIRTUAL_MAC = "00:00:5e:00:01:33";
    private static final String VIRTUAL_MAC6 = "00:00:5e:00:02:33";

    @Test
    @DisplayName("use_vmac: frames and GARPs carry the virtual MAC, the VIP is on the macvlan, all is gone at the end")
    @Requirement({"9568-7.2-3", "9568-7.3-1"})
    void virtualMacIsUsedAndTakenBack(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("use_vmac")));
        router.awaitMaster("VI_4");
        assertTrue(lab.router(1).hasAddress(VMAC, VIP4));
        assertFalse(link.has(VIP4));
        Frame advert = observer.await("an advertisement", Times.seconds(1), 0, advertFrom(Lab.address(1)));
        assertEquals(VIRTUAL_MAC, advert.mac());
        assertEquals(VIRTUAL_MAC, observer.await("a GARP", Times.seconds(1), 0, announcementOf(VIP4)).mac());
        lab.expectCleanDecode(VIRTUAL_MAC);
        assertEquals(0, router.stop());
        assertFalse(lab.router(1).hasLink(VMAC), "the VMAC outlived the daemon");
    }

    @Test
    @DisplayName("vmac_xmit_base: advertisements leave with the interface's own MAC, GARPs with the virtual one")
    @Requirement(differs = "9568-7.2-3")
    void transmitsOnTheBase(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("use_vmac").with("vmac_xmit_base")));
        router.awaitMaster("VI_4");
        Frame advert = observer.await("an advertisement", Times.seconds(1), 0, advertFrom(Lab.address(1)));
        assertEquals(link.mac(), advert.mac());
        assertEquals(VIRTUAL_MAC, observer.await("a GARP", Times.seconds(1), 0, announcementOf(VIP4)).mac());
    }

    @Test
    @DisplayName("IPv6 with use_vmac: NAs carry the IPv6 virtual MAC")
    @Requirement({"9568-7.2-3", "9568-7.3-1"})
    void ipv6(Lab lab) {
        lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv6().with("use_vmac")));
        router.awaitMaster("VI_6");
        assertEquals(VIRTUAL_MAC6, observer.await("an NA", Times.seconds(1), 0, announcementOf(VIP6)).mac());
        observer.await("an advertisement", Times.seconds(1), 0,
                frame -> frame.advertises() && frame.mac().equals(VIRTUAL_MAC6));
        lab.expectCleanDecode(VIRTUAL_MAC6);
    }

    @Test
    @DisplayName("two members of a group that differ in family share a VRID and have a VMAC each")
    void bothFamilies(Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("use_vmac"),
                VirtualRouter.ipv6().with("use_vmac")).group("G", "VI_4", "VI_6"));
        router.awaitMaster("VI_4");
        router.awaitMaster("VI_6");
        String links = lab.router(1).run("ip", "-o", "link", "show", "type", "macvlan");
        assertTrue(links.contains(VIRTUAL_MAC) && links.contains(VIRTUAL_MAC6), links);
        assertTrue(lab.router(1).hasAddressAnywhere(VIP4) && lab.router(1).hasAddressAnywhere(VIP6));
    }

    @Test
    @DisplayName("peer08: a VMAC deleted by another program is back with its VIP at once, without an election")
    void deletedVmacIsBackAtOnce(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200).with("use_vmac")));
        router.awaitMaster("VI_4");
        Router backup = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(100).with("use_vmac")));
        backup.awaitState("VI_4", RouterState.BACKUP, Times.seconds(10));
        Await.holds("a backup that hears its master", Times.millis(800), () -> !lab.router(2).hasAddressAnywhere(VIP4));
        long deleted = Await.now();
        lab.router(1).ip("link del " + VMAC);
        Await.until("the VIP back", Times.millis(300), () -> lab.router(1).hasAddress(VMAC, VIP4));
        observer.await("a GARP", Times.seconds(1), deleted, announcementOf(VIP4));
        observer.await("advertisements with the virtual MAC", Times.seconds(1), deleted,
                advertFrom(Lab.address(1)).and(frame -> frame.mac().equals(VIRTUAL_MAC)));
        assertEquals(List.of(), router.transitions("VI_4", deleted));
        assertEquals(List.of(), backup.transitions("VI_4", deleted));
        assertEquals(List.of(), observer.since(deleted, frame -> frame.advertises() && frame.priority() == 0));
    }

    @Test
    @DisplayName("a VMAC that another program set down or gave another MAC is put right")
    void changedVmacIsPutRight(Lab lab) {
        lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("use_vmac")));
        router.awaitMaster("VI_4");
        lab.router(1).ip("link set " + VMAC + " down");
        Await.until("the VMAC up with its VIP", Times.seconds(2), () -> isUp(lab) && hasVip(lab));
        lab.router(1).ip("link set " + VMAC + " address 02:00:00:00:00:99");
        Await.until("the virtual MAC back", Times.seconds(2), () ->
                lab.router(1).run("ip", "-o", "link", "show", "type", "macvlan").contains(VIRTUAL_MAC) && hasVip(lab));
        router.awaitMaster("VI_4");
    }

    private static boolean isUp(Lab lab) {
        return lab.router(1).run("ip", "-o", "link", "show", "type", "macvlan").contains(",UP");
    }

    private static boolean hasVip(Lab lab) {
        return lab.router(1).hasAddressAnywhere(VIP4);
    }
}
