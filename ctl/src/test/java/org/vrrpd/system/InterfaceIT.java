package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** Interfaces are dynamic always: whatever happens to one is a named fault at worst, and never lasts longer than it. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class InterfaceIT {

    private static final Duration INTERVAL = Times.millis(100);
    private static final Duration MASTER_DOWN = Times.masterDown(INTERVAL, 100);
    private static final String VI = "VI_4";

    @Test
    @DisplayName("an interface that is down at the start: FAULT by name, then master when it is set up")
    void administrativelyDownAtStart(Lab lab) {
        Link link = lab.cable(1, "eth0").address("10.1.0.1/24");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitFault(VI, FaultReason.INTERFACE_DOWN, "eth0");
        link.up();
        router.awaitMasterInTime(VI, MASTER_DOWN, link.running());
    }

    @Test
    @DisplayName("peer06: an interface absent at the start is waited for, and nothing ends")
    void absentAtStart(Lab lab) {
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        Link link = lab.lan(1);
        router.awaitMasterInTime(VI, MASTER_DOWN, link.running());
    }

    @Test
    @DisplayName("an interface that appears under another name and is renamed with its addresses on")
    void renamedIntoPlace(Lab lab) {
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        Link link = lab.cable(1, "eth9").up("10.1.0.1/24");
        Await.holds("FAULT while the name is another", MASTER_DOWN.multipliedBy(2), () ->
                router.transitions(VI, router.startedAt()).stream().allMatch(t -> t.state() == RouterState.FAULT));
        long renamed = Await.now();
        link.rename("eth0");
        router.awaitMasterInTime(VI, MASTER_DOWN, renamed);
    }

    @Test
    @DisplayName("no carrier at the start, and carrier that goes and comes while master")
    void carrierComesAndGoes(Lab lab) {
        Link link = lab.cable(1, "eth0");
        link.carrier(false);
        link.up("10.1.0.1/24");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitFault(VI, FaultReason.NO_CARRIER, "eth0");
        link.carrier(true);
        router.awaitMasterInTime(VI, MASTER_DOWN, link.running());
        long lost = Await.now();
        link.carrier(false);
        router.awaitState(VI, RouterState.FAULT, Times.millis(500), lost);
        router.awaitFault(VI, FaultReason.NO_CARRIER, "eth0");
        Await.until("the VIP gone", Times.seconds(1), () -> !link.has(VIP4));
        link.carrier(true);
        router.awaitMasterInTime(VI, MASTER_DOWN, link.running());
    }

    @ParameterizedTest(name = "use_vmac {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("an interface deleted and created again at once")
    void recreatedAtOnce(boolean vmac, Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(instance(vmac)));
        router.awaitMaster(VI);
        long begun = Await.now();
        link.delete();
        link.create().up("10.1.0.1/24");
        assertMasterAgain(lab, router, begun, link.running());
    }

    @ParameterizedTest(name = "use_vmac {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("an interface deleted, and created again when the daemon has long said so")
    void recreatedSlowly(boolean vmac, Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(instance(vmac)));
        router.awaitMaster(VI);
        link.delete();
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        long created = Await.now();
        link.create().up("10.1.0.1/24");
        assertMasterAgain(lab, router, created, link.running());
    }

    @ParameterizedTest(name = "use_vmac {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("an interface renamed away and back")
    void renamedAwayAndBack(boolean vmac, Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(instance(vmac)));
        router.awaitMaster(VI);
        link.rename("gone0");
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        Await.until("the VIP gone with the name", Times.seconds(2), () -> !lab.router(1).hasAddressAnywhere(VIP4));
        long back = Await.now();
        link.rename("eth0");
        assertMasterAgain(lab, router, back, back);
    }

    @Test
    @DisplayName("an interface moved to another namespace and back is like one deleted and created")
    void movedAwayAndBack(Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        lab.router(1).ip("link set eth0 netns " + lab.router(2).name());
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        lab.router(2).ip("link set eth0 netns " + lab.router(1).name());
        link.up("10.1.0.1/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, link.running());
    }

    @Test
    @DisplayName("peer10: a new MAC of the interface is announced at once, and the router stays master")
    void newMacIsAnnounced(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        long changed = Await.now();
        link.mac("02:00:00:00:00:77");
        observer.await("a GARP with the new MAC", Times.seconds(1), changed,
                announcementOf(VIP4).and(frame -> frame.mac().equals("02:00:00:00:00:77")));
        observer.await("an advertisement with the new MAC", Times.seconds(1), changed,
                advertFrom(Lab.address(1)).and(frame -> frame.mac().equals("02:00:00:00:00:77")));
        assertEquals(0, router.transitions(VI, changed).size(), "state changes");
    }

    @Test
    @DisplayName("a tracked interface that goes is a fault by its own name; with a weight it costs priority")
    void trackedInterfaces(Lab lab) {
        lab.lan(1);
        Link tracked = lab.cable(1, "eth1").up();
        Link weighted = lab.cable(1, "eth2").up();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()
                .with("track_interface {\n        eth1\n        eth2 weight -30\n    }")));
        router.awaitMaster(VI);
        weighted.carrier(false);
        router.awaitStatus("priority 70", Times.seconds(2), status -> status.effectivePriority(VI) == 70);
        long down = Await.now();
        tracked.down();
        router.awaitFault(VI, FaultReason.TRACKED_DOWN, "eth1");
        weighted.carrier(true);
        tracked.up();
        router.awaitState(VI, RouterState.MASTER, Times.seconds(2), down);
        router.awaitStatus("priority 100", Times.seconds(2), status -> status.effectivePriority(VI) == 100);
    }

    private static VirtualRouter instance(boolean vmac) {
        return vmac ? VirtualRouter.ipv4().with("use_vmac") : VirtualRouter.ipv4();
    }

    /** Master with its VIP in place and speaking, whether or not the daemon had time to see that it was away. */
    private static void assertMasterAgain(Lab lab, Router router, long gone, long back) {
        Duration limit = MASTER_DOWN.plus(Times.TOLERANCE);
        lab.observer().await("advertisements again", limit, back, advertFrom(Lab.address(1)));
        router.awaitMaster(VI);
        Await.until("the VIP in place", Times.seconds(2), () -> lab.router(1).hasAddressAnywhere(VIP4));
        assertFalse(router.transitions(VI, gone).stream().anyMatch(t -> t.state() == RouterState.INIT), "INIT");
    }
}
