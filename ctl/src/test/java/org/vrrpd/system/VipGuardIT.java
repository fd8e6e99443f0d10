package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;
import static org.vrrpd.system.VirtualRouter.VIP6;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** A VIP that another program removes is put back, and nobody else notices; somebody is told. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class VipGuardIT {

    private static final Duration INTERVAL = Times.millis(100);
    private static final Duration AT_ONCE = Times.millis(80);

    @Test
    @DisplayName("peer07: a deleted IPv4 VIP is back within milliseconds, with GARP, without an election, on record")
    void deletedIpv4VipIsBack(Lab lab) {
        Link link = lab.lan(1);
        guards(lab, VirtualRouter.ipv4(), "VI_4", VIP4, Lab.address(1), () -> link.removeAddress(VIP4 + "/24"));
        assertTrue(link.has(VIP4));
    }

    @Test
    @DisplayName("peer07: a deleted IPv6 VIP is back within milliseconds, with NA, without an election, on record")
    void deletedIpv6VipIsBack(Lab lab) {
        Link link = lab.lan(1);
        guards(lab, VirtualRouter.ipv6(), "VI_6", VIP6, Lab.linkLocal(1), () -> link.removeAddress(VIP6 + "/64"));
        assertTrue(link.has(VIP6));
    }

    @Test
    @DisplayName("peer07: the same on a VMAC")
    void deletedVipOnVmacIsBack(Lab lab) {
        lab.lan(1);
        guards(lab, VirtualRouter.ipv4().with("use_vmac"), "VI_4", VIP4, Lab.address(1),
                () -> lab.router(1).ip("addr del " + VIP4 + "/24 dev vrrp.51"));
    }

    private static void guards(Lab lab, VirtualRouter instance, String name, String vip, String own, Runnable delete) {
        lab.lan(2);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(instance.priority(200)));
        router.awaitMaster(name);
        KeepalivedPeer peer = lab.keepalived(2, Conf.of(instance.priority(100)));
        peer.awaitState(name, RouterState.BACKUP, Times.seconds(5));
        long begun = Await.now();
        delete.run();
        long announced = observer.await("an announcement", Times.seconds(1), begun, announcementOf(vip)).time();
        System.out.printf("%s was deleted, put back and announced in %.2f ms%n", vip, Await.millis(announced - begun));
        assertTrue(announced - begun <= AT_ONCE.toNanos(), () -> "after " + Await.millis(announced - begun) + " ms");
        assertTrue(router.namespace().hasAddressAnywhere(vip));
        long calm = begun + INTERVAL.multipliedBy(3).toNanos();
        observer.await("the next advertisements", Times.seconds(1), calm, advertFrom(own));
        assertEquals(List.of(), router.transitions(name, begun));
        assertEquals(List.of(), peer.transitions(name, begun));
        assertEquals(List.of(), observer.since(begun, frame -> frame.advertises() && frame.priority() == 0));
        String events = router.ctl("events").orFail().output();
        assertTrue(events.contains(vip + " was removed from"), events);
        assertTrue(events.contains("by another program"), events);
    }

    @Test
    @DisplayName("a VIP removed again and again is put back ever more slowly, a named fault says so, and it clears")
    void backsOffAndSaysSo(Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster("VI_4");
        int removals = 0;
        long end = System.nanoTime() + Times.seconds(6).toNanos();
        while (System.nanoTime() < end && !isContested(router)) {
            Await.within(Times.millis(200), () -> link.has(VIP4)
                    ? Optional.of(true) : Optional.empty());
            lab.router(1).tryIp("addr del " + VIP4 + "/24 dev eth0");
            removals++;
        }
        int total = removals;
        assertTrue(isContested(router), () -> "no named fault after " + total + " removals: " + router.status());
        router.awaitMaster("VI_4");
        router.awaitStatus("the fault cleared once nobody removes it", Times.seconds(90),
                status -> !status.hasFault("VI_4", FaultReason.ADDRESS_CONTESTED));
        assertTrue(link.has(VIP4));
    }

    private static boolean isContested(Router router) {
        return router.status().map(s -> s.hasFault("VI_4", FaultReason.ADDRESS_CONTESTED, VIP4)).orElse(false);
    }

    @Test
    @DisplayName("no_track: a VIP that is not to be watched is left alone")
    void untrackedVipIsLeftAlone(Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().vip("10.1.0.52/24 no_track")));
        router.awaitMaster("VI_4");
        link.removeAddress("10.1.0.52/24");
        link.removeAddress(VIP4 + "/24");
        Await.until("the tracked VIP back", Times.seconds(1), () -> link.has(VIP4));
        Await.holds("the untracked VIP absent", Times.millis(400), () -> !link.has("10.1.0.52"));
    }

    @Test
    @DisplayName("excluded addresses are guarded as well, and not advertised")
    void excludedAddressIsGuarded(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().excluded("10.1.0.53/24")));
        router.awaitMaster("VI_4");
        assertTrue(link.has("10.1.0.53"));
        link.removeAddress("10.1.0.53/24");
        Await.until("the excluded address back", Times.seconds(1), () -> link.has("10.1.0.53"));
        Frame advert = observer.await("an advertisement", Times.seconds(1), 0, Frame::advertises);
        assertEquals(List.of(VIP4), advert.addresses());
    }
}
