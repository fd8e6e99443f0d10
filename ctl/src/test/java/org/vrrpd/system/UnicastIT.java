package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.advertTo;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** Advertisements to named peers, among ourselves and with Debian's keepalived, and sources that come and go. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class UnicastIT {

    private static final Duration PATIENCE = Times.seconds(15);
    private static final Duration MASTER_DOWN = Times.masterDown(Times.millis(100), 100);
    private static final String VI = "VI_4";

    /** What the two speak. */
    enum Dialect {
        V2_IPV4, V3_IPV4, V3_IPV4_VMAC, V3_IPV6_LINK_LOCAL, V3_IPV6_GLOBAL;

        private boolean ipv6() {
            return this == V3_IPV6_LINK_LOCAL || this == V3_IPV6_GLOBAL;
        }

        String address(int router) {
            return this == V3_IPV6_GLOBAL ? "2001:db8::" + router
                    : ipv6() ? Lab.linkLocal(router) : Lab.address(router);
        }

        String vip() {
            return this == V3_IPV6_GLOBAL ? "2001:db8::51" : ipv6() ? VirtualRouter.VIP6 : VIP4;
        }

        String group() {
            return ipv6() ? "ff02::12" : "224.0.0.18";
        }

        Link lan(Lab lab, int router) {
            Link link = lab.lan(router);
            return this == V3_IPV6_GLOBAL ? link.address("2001:db8::" + router + "/64 nodad") : link;
        }

        Conf conf(int router, int priority) {
            VirtualRouter instance = VirtualRouter.named("VI_4").vip(vip() + (ipv6() ? "/64" : "/24"));
            instance = this == V2_IPV4 ? instance.version2() : instance;
            instance = this == V3_IPV4_VMAC ? instance.with("use_vmac") : instance;
            return Conf.of(instance.priority(priority).with("unicast_src_ip " + address(router))
                    .with("unicast_peer {\n        " + address(3 - router) + "\n    }"));
        }

        Duration skew(int priority) {
            return Times.skew(this == V2_IPV4 ? Times.seconds(1) : Times.millis(100), priority);
        }
    }

    private static VirtualRouter instance(String... peers) {
        return VirtualRouter.ipv4().with("unicast_peer {\n        " + String.join("\n        ", peers) + "\n    }");
    }

    /** Of the two routers only this one has the VIP. */
    private static boolean only(Lab lab, int router, String vip) {
        return lab.router(router).hasAddressAnywhere(vip) && !lab.router(3 - router).hasAddressAnywhere(vip);
    }

    /** Each heard the other, said goodbye, and nothing went to the group. */
    private static void handOver(Lab lab, Dialect dialect, Daemon strong, Daemon weak) {
        Observer observer = lab.observer();
        weak.awaitState(VI, RouterState.MASTER, PATIENCE);
        strong.start();
        strong.awaitState(VI, RouterState.MASTER, PATIENCE);
        weak.awaitState(VI, RouterState.BACKUP, PATIENCE, strong.startedAt());
        Await.until("one VIP", Times.seconds(2), () -> only(lab, 1, dialect.vip()));
        long stopped = Await.now();
        strong.stop();
        observer.await("priority 0", Times.seconds(2), stopped,
                advertFrom(dialect.address(1)).and(frame -> frame.priority() == 0));
        long taken = weak.awaitState(VI, RouterState.MASTER, PATIENCE, stopped).time();
        assertTrue(taken - stopped <= dialect.skew(100).plus(Times.TOLERANCE).toNanos(), "a goodbye is heard");
        Await.until("the VIP moved", Times.seconds(2), () -> only(lab, 2, dialect.vip()));
        assertEquals(List.of(), observer.since(0, advertTo(dialect.group())));
    }

    @DisplayName("two of ours: the stronger one takes over and says goodbye, and nothing goes to the group")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void twoOfOurs(Dialect dialect, Lab lab) {
        Link own = dialect.lan(lab, 1);
        Link other = dialect.lan(lab, 2);
        lab.observer();
        Router weak = lab.vrrpd(2, dialect.conf(2, 100));
        handOver(lab, dialect, lab.prepare(1, dialect.conf(1, 200)), weak);
        lab.expectCleanDecode(own.mac(), other.mac());
    }

    @DisplayName("ours is the stronger one, keepalived the weaker")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void strongerThanKeepalived(Dialect dialect, Lab lab) {
        Link own = dialect.lan(lab, 1);
        dialect.lan(lab, 2);
        lab.observer();
        KeepalivedPeer weak = lab.keepalived(2, dialect.conf(2, 100));
        handOver(lab, dialect, lab.prepare(1, dialect.conf(1, 200)), weak);
        lab.expectCleanDecode(own.mac());
    }

    @DisplayName("keepalived is the stronger one, ours the weaker: it yields, and takes over after its death")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void weakerThanKeepalived(Dialect dialect, Lab lab) {
        dialect.lan(lab, 1);
        Link own = dialect.lan(lab, 2);
        lab.observer();
        Router router = lab.vrrpd(2, dialect.conf(2, 100));
        router.awaitMaster(VI);
        KeepalivedPeer peer = lab.keepalived(1, dialect.conf(1, 200));
        peer.awaitState(VI, RouterState.MASTER, PATIENCE);
        router.awaitState(VI, RouterState.BACKUP, PATIENCE, peer.startedAt());
        Await.until("one VIP", Times.seconds(2), () -> only(lab, 1, dialect.vip()));
        long killed = Await.now();
        peer.kill();
        router.awaitState(VI, RouterState.MASTER, PATIENCE, killed);
        router.awaitMaster(VI);
        lab.expectCleanDecode(own.mac());
    }

    // rows of the comparison with other daemons

    @Test
    @DisplayName("peer01: unicast_src_ip absent at the start is a fault by name, nothing is sent before it is there")
    void sourceAbsentAtStart(Lab lab) {
        Link link = lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(instance(Lab.address(2)).with("unicast_src_ip 10.1.0.77")));
        router.awaitFault(VI, FaultReason.CONFIGURED_SOURCE_ABSENT, "10.1.0.77", "eth0");
        Await.holds("silence without a source", MASTER_DOWN.multipliedBy(2), () ->
                observer.since(0, Frame::advertises).isEmpty() && !link.has(VIP4));
        long added = Await.now();
        link.address("10.1.0.77/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
        observer.await("advertisements from it", Times.seconds(1), added, advertFrom("10.1.0.77"));
        observer.await("an announcement of it", Times.seconds(1), added, announcementOf("10.1.0.77"));
    }

    @Test
    @DisplayName("peer02: the interface absent at the start; when all is there, it hears and is heard")
    void interfaceAbsentAtStart(Lab lab) {
        lab.lan(2);
        Router router = lab.vrrpd(1, Conf.of(instance(Lab.address(2)).with("unicast_src_ip " + Lab.address(1))));
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        Link link = lab.lan(1);
        router.awaitMasterInTime(VI, MASTER_DOWN, link.running());
        hearsAndIsHeard(lab, router);
    }

    @Test
    @DisplayName("peer03: the interface deleted and made again at run time; it is not deaf")
    void interfaceRecreated(Lab lab) {
        Link link = lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(instance(Lab.address(2)).with("unicast_src_ip " + Lab.address(1))));
        router.awaitMaster(VI);
        for (int i = 0; i < 3; i++) {
            link.delete();
            router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
            link = lab.lan(1);
            long running = link.running();
            router.awaitMasterInTime(VI, MASTER_DOWN, running);
            String mac = link.mac();
            observer.await("its address with its new MAC", Times.seconds(2), running - 1_000_000_000L,
                    announcementOf(Lab.address(1)).and(frame -> frame.mac().equals(mac)));
        }
        hearsAndIsHeard(lab, router);
    }

    /** A stronger keepalived on router 2 makes it yield, and a weaker one yields to it. */
    private static void hearsAndIsHeard(Lab lab, Router router) {
        Conf strong = Conf.of(instance(Lab.address(1)).priority(200));
        KeepalivedPeer peer = lab.keepalived(2, strong);
        peer.awaitState(VI, RouterState.MASTER, PATIENCE);
        router.awaitState(VI, RouterState.BACKUP, PATIENCE, peer.startedAt());
        long stopped = Await.now();
        peer.stop();
        router.awaitState(VI, RouterState.MASTER, PATIENCE, stopped);
        peer.write(Conf.of(instance(Lab.address(1)).priority(50)));
        peer.start();
        peer.awaitState(VI, RouterState.BACKUP, PATIENCE, peer.startedAt());
        long from = Await.now();
        Await.holds("keepalived hears ours", Times.seconds(2), () ->
                peer.transitions(VI, from).isEmpty() && router.transitions(VI, from).isEmpty());
    }

    @Test
    @DisplayName("peer04: a source that is removed is not sent from any more, and is used again when it is back")
    void sourceRemoved(Lab lab) {
        Link link = lab.lan(1).address("10.1.0.77/24");
        lab.lan(2);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(instance(Lab.address(2)).with("unicast_src_ip 10.1.0.77")));
        router.awaitMaster(VI);
        for (int i = 0; i < 3; i++) {
            link.removeAddress("10.1.0.77/24");
            router.awaitFault(VI, FaultReason.CONFIGURED_SOURCE_ABSENT, "10.1.0.77", "eth0");
            long gone = Await.now();
            Await.holds("nothing sent from an address that is not there", MASTER_DOWN, () ->
                    observer.since(gone, advertFrom("10.1.0.77")).isEmpty() && !link.has(VIP4));
            long added = Await.now();
            link.address("10.1.0.77/24");
            router.awaitMasterInTime(VI, MASTER_DOWN, added);
        }
    }

    @Test
    @DisplayName("without unicast_src_ip the socket follows the primary address: no deaf master")
    void primaryReplaced(Lab lab) {
        Link link = lab.lan(1);
        lab.lan(2);
        lab.router(1).sysctl("net.ipv4.conf.eth0.promote_secondaries=1");
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(instance(Lab.address(2))));
        router.awaitMaster(VI);
        long replaced = Await.now();
        link.address("10.1.0.9/24");
        link.removeAddress("10.1.0.1/24");
        observer.await("advertisements from the new address", Times.seconds(1), replaced, advertFrom("10.1.0.9"));
        assertEquals(List.of(), router.transitions(VI, replaced));
        KeepalivedPeer peer = lab.keepalived(2, Conf.of(instance("10.1.0.9").priority(200)));
        peer.awaitState(VI, RouterState.MASTER, PATIENCE);
        router.awaitState(VI, RouterState.BACKUP, PATIENCE, peer.startedAt());
    }

    @Test
    @DisplayName("IPv6 peers that are not link-local are sent to from a global address, once it may be used")
    void globalSourceTentative(Lab lab) {
        Link link = lab.cable(1, "eth0");
        lab.lan(2).address("2001:db8::2/64 nodad");
        Detection.of(lab.router(1), "eth0").takes(Times.seconds(2));
        Observer observer = lab.observer();
        link.up();
        link.running();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.named("VI_6").vip("2001:db8::51/64")
                .with("unicast_peer {\n        2001:db8::2\n    }")));
        router.awaitFault("VI_6", FaultReason.NO_SOURCE_ADDRESS, "IPv6", "eth0");
        link.address("2001:db8::1/64");
        router.awaitFault("VI_6", FaultReason.SOURCE_TENTATIVE, "2001:db8::1");
        assertEquals(List.of(), observer.since(0, Frame::advertises));
        router.awaitMaster("VI_6");
        observer.await("an advertisement", Times.seconds(1), 0,
                advertFrom("2001:db8::1").and(advertTo("2001:db8::2")));
    }

    @Test
    @DisplayName("strangers are refused when the operator says so, and limits of a peer hold")
    void checkedSource(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Router router = lab.vrrpd(1, Conf.of(instance("10.1.0.3").with("check_unicast_src")));
        router.awaitMaster(VI);
        KeepalivedPeer peer = lab.keepalived(2, Conf.of(instance(Lab.address(1)).priority(200)));
        peer.awaitState(VI, RouterState.MASTER, PATIENCE);
        router.awaitStatus("strangers counted", PATIENCE, status ->
                status.counters(VI).get("discardedSource") > 3 && status.state(VI) == RouterState.MASTER);
        router.write(Conf.of(instance(Lab.address(2) + " min_ttl 255").with("check_unicast_src")));
        long reloaded = Await.now();
        router.ctl("reload").orFail();
        router.awaitState(VI, RouterState.BACKUP, PATIENCE, reloaded);
    }
}
