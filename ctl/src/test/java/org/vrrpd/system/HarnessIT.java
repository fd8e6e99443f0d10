package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;
import static org.vrrpd.system.VirtualRouter.VIP6;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/** The laboratory itself, proved with a daemon whose behaviour is known: what it should see it sees. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class HarnessIT {

    private static final Duration INTERVAL = Times.millis(100);

    @Test
    @DisplayName("the outage is real: keepalived stays in FAULT for ever though everything has arrived")
    void outageIsReal(Lab lab) {
        Link link = lab.cable(1, "eno1");
        lab.router(1).sysctl("net.ipv6.conf.eno1.addr_gen_mode=1");
        KeepalivedPeer peer = lab.keepalived(1, Conf.outage());
        peer.awaitState("XN_VI_ipv4", RouterState.FAULT, Times.seconds(5));
        link.up("fe80::2/64 nodad", "192.168.1.2/24");
        Duration masterDown = Times.masterDown(Times.seconds(1), 32);
        Await.holds("FAULT", masterDown.multipliedBy(2), () -> peer.transitions("XN_VI_ipv4", peer.startedAt())
                .stream().noneMatch(transition -> transition.state() == RouterState.MASTER));
    }

    @Test
    @DisplayName("two keepalived elect a master, and the observer sees the election and the take-over")
    void observerSeesAnElection(Lab lab) {
        lab.observer();
        Link first = lab.lan(1);
        Link second = lab.lan(2);
        KeepalivedPeer low = lab.keepalived(1, Conf.of(VirtualRouter.ipv4().priority(100)));
        KeepalivedPeer high = lab.keepalived(2, Conf.of(VirtualRouter.ipv4().priority(200)));
        high.awaitState("VI_4", RouterState.MASTER, Times.seconds(5));
        Frame advert = lab.observer().await("an advertisement", Times.seconds(2), 0, advertFrom(Lab.address(2)));
        assertEquals(200, advert.priority());
        assertEquals(3, advert.version());
        assertEquals(51, advert.vrid());
        assertEquals(100, advert.interval());
        assertEquals(List.of(VIP4), advert.addresses());
        assertEquals(second.mac(), advert.mac());
        lab.observer().await("a GARP", Times.seconds(2), 0, announcementOf(VIP4));
        Await.until("the VIP on router 2", Times.seconds(2), () -> second.has(VIP4));
        assertFalse(first.has(VIP4));
        long killed = Await.now();
        high.kill();
        Frame taken = lab.observer().await("a take-over", Times.seconds(2), killed, advertFrom(Lab.address(1)));
        Duration masterDown = Times.masterDown(INTERVAL, 100);
        long last = lab.observer().since(0, advertFrom(Lab.address(2)).and(f -> f.time() < taken.time())).stream()
                .mapToLong(Frame::time).max().orElseThrow();
        double excess = Await.millis(taken.time() - last - masterDown.toNanos());
        assertTrue(excess > -30 && excess < Times.TOLERANCE.toMillis(), () -> excess + " ms off Master_Down_Interval");
        low.awaitState("VI_4", RouterState.MASTER, Times.seconds(1), killed);
        lab.expectCleanDecode(first.mac(), second.mac());
    }

    @Test
    @DisplayName("IPv6 advertisements and neighbour advertisements are seen; a stopped keepalived sends priority 0")
    void observerSeesIpv6(Lab lab) {
        Observer observer = lab.observer();
        Link link = lab.lan(1);
        KeepalivedPeer peer = lab.keepalived(1, Conf.of(VirtualRouter.ipv6()));
        peer.awaitState("VI_6", RouterState.MASTER, Times.seconds(5));
        Frame advert = observer.await("an advertisement", Times.seconds(2), 0, advertFrom(Lab.linkLocal(1)));
        assertEquals(List.of(Frame.canonical(VIP6)), advert.addresses());
        observer.await("an NA", Times.seconds(2), 0, announcementOf(VIP6));
        long stopped = Await.now();
        assertEquals(0, peer.stop());
        observer.await("priority 0", Times.seconds(2), stopped,
                advertFrom(Lab.linkLocal(1)).and(frame -> frame.priority() == 0));
        Await.until("the VIP gone", Times.seconds(2), () -> !link.has(VIP6));
    }

    @Test
    @DisplayName("isolated ports part the routers, and healing leaves the higher address as master")
    void isolationPartsTheRouters(Lab lab) {
        Link first = lab.lan(1);
        Link second = lab.lan(2);
        first.isolated(true);
        second.isolated(true);
        KeepalivedPeer one = lab.keepalived(1, Conf.of(VirtualRouter.ipv4()));
        KeepalivedPeer two = lab.keepalived(2, Conf.of(VirtualRouter.ipv4()));
        one.awaitState("VI_4", RouterState.MASTER, Times.seconds(5));
        two.awaitState("VI_4", RouterState.MASTER, Times.seconds(5));
        long healed = Await.now();
        first.isolated(false);
        second.isolated(false);
        one.awaitState("VI_4", RouterState.BACKUP, Times.seconds(5), healed);
        assertEquals(List.of(), two.transitions("VI_4", healed));
    }

    @Test
    @DisplayName("carrier, administrative state, addresses and names are the test's to give and to take")
    void linksAreClay(Lab lab) {
        Link link = lab.cable(1, "eno1");
        try (KernelMonitor monitor = new KernelMonitor(lab.router(1))) {
            long begun = Await.now();
            link.carrier(false);
            link.up("192.168.1.1/24");
            monitor.await("no carrier", Times.seconds(2), begun, text -> text.contains("NO-CARRIER"));
            assertTrue(link.has("192.168.1.1"));
            link.carrier(true);
            monitor.await("carrier", Times.seconds(2), begun, text -> text.contains("LOWER_UP"));
            link.rename("wan0");
            assertTrue(link.has("192.168.1.1"));
            link.delete();
            assertFalse(lab.router(1).hasLink("wan0"));
            link.create();
            assertTrue(lab.router(1).hasLink("wan0"));
        }
    }

    @Test
    @DisplayName("duplicate address detection takes as long as a test wants, and fails where a test wants")
    void detectionIsUnderControl(Lab lab) {
        Link good = lab.cable(1, "eno1");
        Detection.of(lab.router(1), "eno1").takes(Times.millis(300));
        long begun = Await.now();
        good.up();
        Await.until("a usable link-local address", Times.seconds(5), good::linkLocalUsable);
        assertTrue(Await.now() - begun > Times.millis(250).toNanos(), "detection ended too early");
        Link bad = lab.cable(2, "eno1");
        Detection.of(lab.router(2), "eno1").takes(Times.millis(300)).failsFor(lab, "fe80::bad");
        bad.up();
        bad.running();
        bad.address("fe80::bad/64");
        Await.until("a failed detection", Times.seconds(5),
                () -> lab.router(2).addresses("eno1").contains("dadfailed"));
        assertFalse(bad.linkLocalUsable());
    }

    @Test
    @DisplayName("the gun fires what it is given, and what it fires is not taken for a router's")
    void gunFires(Lab lab) {
        lab.lan(1);
        PacketGun gun = lab.with(new PacketGun(lab.ground(), 100, Times.seconds(1), HostilePackets.all()));
        assertEquals(100, gun.awaitEmpty(Times.seconds(5)), 5);
        assertEquals(List.of(), lab.observer().frames());
    }

    @Test
    @DisplayName("an assertion about silence notices silence")
    void gapsAreNoticed(Lab lab) {
        Observer observer = lab.observer();
        lab.lan(1);
        KeepalivedPeer peer = lab.keepalived(1, Conf.of(VirtualRouter.ipv4()));
        peer.awaitState("VI_4", RouterState.MASTER, Times.seconds(5));
        long from = observer.await("an advertisement", Times.seconds(1), 0, advertFrom(Lab.address(1))).time();
        observer.assertNoGap("an advertisement", Times.millis(300), from, advertFrom(Lab.address(1)));
        peer.kill();
        long killed = Await.now();
        Await.until("half a second without a router", Times.seconds(1), () -> Await.now() - killed > 500_000_000L);
        assertThrows(AssertionError.class, () ->
                observer.assertNoGap("an advertisement", Times.millis(300), from, advertFrom(Lab.address(1))));
    }

    @Test
    @DisplayName("nothing outlives a lab: what runs in a namespace ends with it, and only the dead leave orphans")
    void nothingIsLeftBehind(Lab lab) throws IOException, InterruptedException {
        Namespace namespace = lab.router(1);
        Process sleeper = new ProcessBuilder(namespace.inside(List.of("sleep", "600"))).start();
        Await.until("a process inside", Times.seconds(5), () ->
                Shell.must("ip", "netns", "pids", namespace.name()).contains(Long.toString(sleeper.pid())));
        assertFalse(Leftovers.isOrphan(Leftovers.labName(sleeper.pid(), 1) + "-r1"), "its maker lives");
        namespace.delete();
        assertTrue(sleeper.waitFor(5, TimeUnit.SECONDS), "the process outlived its namespace");
        assertTrue(Leftovers.isOrphan(Leftovers.labName(sleeper.pid(), 1) + "-r1"), "its maker is dead");
        assertFalse(Leftovers.isOrphan("lab-of-somebody-else"));
    }
}
