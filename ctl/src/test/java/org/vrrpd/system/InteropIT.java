package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.VirtualRouter.VIP4;
import static org.vrrpd.system.VirtualRouter.VIP6;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrpd.proto.effect.RouterState;

/** Side by side with Debian's keepalived, both ways round; and what we send, Wireshark takes without a murmur. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class InteropIT {

    /** What the two speak. */
    enum Dialect {
        V2_IPV4(false), V3_IPV4(false), V3_IPV4_VMAC(false, "use_vmac"),
        V3_IPV4_VMAC_BASE(false, "use_vmac", "vmac_xmit_base"),
        V3_IPV6(true), V3_IPV6_VMAC(true, "use_vmac"), V3_IPV6_VMAC_BASE(true, "use_vmac", "vmac_xmit_base");

        private final boolean ipv6;
        private final List<String> words;

        Dialect(boolean ipv6, String... words) {
            this.ipv6 = ipv6;
            this.words = List.of(words);
        }

        VirtualRouter instance(int priority) {
            VirtualRouter instance = ipv6 ? VirtualRouter.ipv6() : VirtualRouter.ipv4();
            instance = this == V2_IPV4 ? instance.version2() : instance;
            words.forEach(instance::with);
            return instance.priority(priority);
        }

        String instanceName() {
            return ipv6 ? "VI_6" : "VI_4";
        }

        String vip() {
            return ipv6 ? VIP6 : VIP4;
        }

        String address(int router) {
            return ipv6 ? Lab.linkLocal(router) : Lab.address(router);
        }

        Duration skew(int priority) {
            return Times.skew(this == V2_IPV4 ? Times.seconds(1) : Times.millis(100), priority);
        }

        /** The station that our frames come from. */
        String station(Link link) {
            boolean virtual = words.equals(List.of("use_vmac"));
            return !virtual ? link.mac() : ipv6 ? "00:00:5e:00:02:33" : "00:00:5e:00:01:33";
        }

        Duration masterDown(int priority) {
            Duration interval = this == V2_IPV4 ? Times.seconds(1) : Times.millis(100);
            return interval.multipliedBy(3).plus(skew(priority));
        }
    }

    private static final Duration PATIENCE = Times.seconds(15);

    @DisplayName("ours has the higher priority: it takes over, says goodbye with priority 0, and keepalived follows")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void higherPriorityOfOurs(Dialect dialect, Lab lab) {
        Link own = lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        String vi = dialect.instanceName();
        KeepalivedPeer peer = lab.keepalived(2, Conf.of(dialect.instance(100)));
        peer.awaitState(vi, RouterState.MASTER, PATIENCE);
        Router router = lab.vrrpd(1, Conf.of(dialect.instance(200)));
        router.awaitState(vi, RouterState.MASTER, PATIENCE);
        peer.awaitState(vi, RouterState.BACKUP, PATIENCE, router.startedAt());
        router.awaitMaster(vi);
        Await.until("one VIP", Times.seconds(2), () -> only(lab, 1, dialect.vip()));
        long stopped = Await.now();
        assertEquals(0, router.stop());
        observer.await("priority 0", Times.seconds(2), stopped, own(dialect).and(frame -> frame.priority() == 0));
        long taken = peer.awaitState(vi, RouterState.MASTER, PATIENCE, stopped).time();
        assertTrue(taken - stopped <= dialect.skew(100).plus(Times.TOLERANCE).toNanos(), "a goodbye is heard");
        assertTrue(only(lab, 2, dialect.vip()), "the VIP stayed behind");
        lab.expectCleanDecode(dialect.station(own));
    }

    @DisplayName("keepalived has the higher priority: ours yields, takes over after its goodbye, and after its death")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void higherPriorityOfTheirs(Dialect dialect, Lab lab) {
        Link own = lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        String vi = dialect.instanceName();
        Router router = lab.vrrpd(1, Conf.of(dialect.instance(100)));
        router.awaitMaster(vi);
        KeepalivedPeer peer = lab.keepalived(2, Conf.of(dialect.instance(200)));
        awaitYield(lab, dialect, router, peer);

        long stopped = Await.now();
        peer.stop();
        long taken = router.awaitState(vi, RouterState.MASTER, PATIENCE, stopped).time();
        assertTrue(taken - stopped <= dialect.skew(100).plus(Times.TOLERANCE).toNanos(), "a goodbye is heard");
        router.awaitMaster(vi);

        peer.start();
        awaitYield(lab, dialect, router, peer);
        long killed = Await.now();
        peer.kill();
        router.awaitState(vi, RouterState.MASTER, PATIENCE, killed);
        Frame first = observer.await("ours", PATIENCE, killed, own(dialect));
        long last = observer.between(0, first.time(), advertFrom(dialect.address(2))).stream()
                .mapToLong(Frame::time).max().orElseThrow();
        double excess = Await.millis(first.time() - last - dialect.masterDown(100).toNanos());
        assertTrue(excess > -10 && excess < Times.TOLERANCE.toMillis(), () -> excess + " ms off Master_Down_Interval");
        lab.expectCleanDecode(dialect.station(own));
    }

    private static void awaitYield(Lab lab, Dialect dialect, Router router, KeepalivedPeer peer) {
        String vi = dialect.instanceName();
        peer.awaitState(vi, RouterState.MASTER, PATIENCE);
        router.awaitState(vi, RouterState.BACKUP, PATIENCE, peer.startedAt());
        Await.until("one VIP", Times.seconds(2), () -> only(lab, 2, dialect.vip()));
        router.awaitStatus("the master by its address", Times.seconds(2), status ->
                status.instance(vi).path("master").toString().contains(dialect.address(2)));
    }

    @DisplayName("equal priorities: of two masters the one with the higher address stays; ours has the lower")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void tieWithLowerAddress(Dialect dialect, Lab lab) {
        tie(dialect, lab, 1, 2);
    }

    @DisplayName("equal priorities: of two masters the one with the higher address stays; ours has the higher")
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void tieWithHigherAddress(Dialect dialect, Lab lab) {
        tie(dialect, lab, 2, 1);
    }

    private static void tie(Dialect dialect, Lab lab, int own, int their) {
        Link ownLink = lab.lan(own);
        Link theirLink = lab.lan(their);
        lab.observer();
        String vi = dialect.instanceName();
        ownLink.isolated(true);
        theirLink.isolated(true);
        Router router = lab.vrrpd(own, Conf.of(dialect.instance(100)));
        KeepalivedPeer peer = lab.keepalived(their, Conf.of(dialect.instance(100)));
        router.awaitState(vi, RouterState.MASTER, PATIENCE);
        peer.awaitState(vi, RouterState.MASTER, PATIENCE);
        long healed = Await.now();
        ownLink.isolated(false);
        theirLink.isolated(false);
        Daemon loser = own < their ? router : peer;
        Daemon winner = own < their ? peer : router;
        loser.awaitState(vi, RouterState.BACKUP, PATIENCE, healed);
        Await.until("one VIP", Times.seconds(2), () -> only(lab, Math.max(own, their), dialect.vip()));
        assertEquals(List.of(), winner.transitions(vi, healed));
        lab.expectCleanDecode(dialect.station(ownLink));
    }

    /** Of the two routers only this one has the VIP. */
    private static boolean only(Lab lab, int router, String vip) {
        return lab.router(router).hasAddressAnywhere(vip) && !lab.router(3 - router).hasAddressAnywhere(vip);
    }

    /** What router 1 sends. */
    private static Predicate<Frame> own(Dialect dialect) {
        return advertFrom(dialect.address(1));
    }
}
