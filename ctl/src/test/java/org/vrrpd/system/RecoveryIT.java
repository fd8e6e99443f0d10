package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** What the kernel refuses, or gives in an order that keepalived does not recover from: named faults that end. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class RecoveryIT {

    private static final Duration MASTER_DOWN = Times.masterDown(Times.millis(100), 100);
    private static final Duration RETRIED = Times.seconds(30);
    private static final String VI = "VI_4";

    private static VirtualRouter tracking(String lines) {
        return VirtualRouter.ipv4().with("track_interface {\n        " + lines + "\n    }");
    }

    @Test
    @DisplayName("an interface renamed into place with its address on, and the address removed afterwards: seen")
    void addressRemovedAfterRename(Lab lab) {
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitFault(VI, FaultReason.INTERFACE_ABSENT, "eth0");
        Link link = lab.cable(1, "eth9").up("10.1.0.1/24");
        link.rename("eth0");
        router.awaitMaster(VI);
        link.removeAddress("10.1.0.1/24");
        router.awaitFault(VI, FaultReason.NO_SOURCE_ADDRESS, "eth0");
        long added = Await.now();
        link.address("10.1.0.1/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
    }

    @Test
    @DisplayName("track_src_ip: the source absent at the start, there, gone, and back as a secondary address")
    void trackedSource(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("mcast_src_ip 10.1.0.77").with("track_src_ip")));
        for (int round = 0; round < 2; round++) {
            router.awaitFault(VI, FaultReason.CONFIGURED_SOURCE_ABSENT, "10.1.0.77", "eth0");
            long added = Await.now();
            link.address("10.1.0.77/24");
            router.awaitMasterInTime(VI, MASTER_DOWN, added);
            observer.await("advertisements from it", Times.seconds(1), added, advertFrom("10.1.0.77"));
            link.removeAddress("10.1.0.77/24");
        }
        router.awaitFault(VI, FaultReason.CONFIGURED_SOURCE_ABSENT, "10.1.0.77", "eth0");
    }

    @Test
    @DisplayName("a group that cannot be joined is a fault by name, and is joined when it can be: no deaf master")
    void groupRefused(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        lab.router(1).sysctl("net.ipv4.igmp_max_memberships=0");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(100)));
        router.awaitFault(VI, FaultReason.SOCKET_FAILED, "eth0");
        assertEquals(List.of(), lab.observer().since(0, Frame::advertises), "deaf, and speaks");
        lab.router(1).sysctl("net.ipv4.igmp_max_memberships=20");
        router.awaitState(VI, RouterState.MASTER, RETRIED, Await.now());
        router.awaitMaster(VI);
        Router stronger = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(200)));
        stronger.awaitMaster(VI);
        router.awaitState(VI, RouterState.BACKUP, Times.seconds(5), stronger.startedAt());
    }

    @Test
    @DisplayName("a VMAC whose name is taken is a fault by name, and is made when the name is free")
    void vmacNameTaken(Lab lab) {
        Link link = lab.lan(1);
        Link usurper = lab.cable(1, "vmac0");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("use_vmac vmac0")));
        router.awaitFault(VI, FaultReason.VMAC_FAILED, "vmac0");
        usurper.delete();
        router.awaitState(VI, RouterState.MASTER, RETRIED, Await.now());
        router.awaitMaster(VI);
        assertTrue(lab.router(1).hasAddress("vmac0", VIP4) && !link.has(VIP4));
    }

    @Test
    @DisplayName("a VIP that the kernel refuses is a fault by name that leaves the MASTER MASTER, and is tried again")
    void addressRefused(Lab lab) {
        lab.lan(1);
        Link second = lab.cable(1, "eth1").up();
        lab.router(1).sysctl("net.ipv6.conf.eth1.disable_ipv6=1");
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().excluded("2001:db8::51/64 dev eth1")));
        router.awaitState(VI, RouterState.MASTER, Times.seconds(10));
        router.awaitFault(VI, FaultReason.ADDRESS_FAILED, "2001:db8::51");
        long allowed = Await.now();
        lab.router(1).sysctl("net.ipv6.conf.eth1.disable_ipv6=0");
        Await.until("the VIP in place", RETRIED, () -> second.has("2001:db8::51"));
        router.awaitMaster(VI);
        router.awaitStatus("no fault", Times.seconds(2), status -> status.faults(VI).isEmpty());
        assertEquals(List.of(), router.transitions(VI, allowed));
    }

    @Test
    @DisplayName("of two tracked interfaces that are down one comes back: FAULT until the other does, and then clean")
    void oneOfTwoTracked(Lab lab) {
        Link link = lab.lan(1);
        Link first = lab.cable(1, "eth1").up();
        Link second = lab.cable(1, "eth2").up();
        Router router = lab.vrrpd(1, Conf.of(tracking("eth1\n        eth2")));
        router.awaitMaster(VI);
        first.down();
        second.down();
        router.awaitFault(VI, FaultReason.TRACKED_DOWN, "eth1");
        router.awaitFault(VI, FaultReason.TRACKED_DOWN, "eth2");
        long back = Await.now();
        first.up();
        first.running();
        Await.holds("FAULT", MASTER_DOWN.multipliedBy(3), () -> router.transitions(VI, back).isEmpty()
                && !link.has(VIP4));
        second.up();
        router.awaitMasterInTime(VI, MASTER_DOWN, second.running());
    }

    @Test
    @DisplayName("a link about to count as down, deleted and made again: the delay of the old one is forgotten")
    void delayOfDeletedInterface(Lab lab) {
        lab.lan(1);
        Link tracked = lab.cable(1, "eth1").up();
        tracked.running();
        Conf delays = Conf.raw("interface_up_down_delays {\n    eth1 2\n}\n" + tracking("eth1").text());
        Router router = lab.vrrpd(1, delays);
        router.awaitMaster(VI);
        tracked.down();
        tracked.delete();
        tracked.create().up();
        router.awaitStatus("MASTER", Times.seconds(10), status -> status.state(VI) == RouterState.MASTER);
        tracked.running();
        router.awaitMaster(VI);
        long calm = Await.now();
        Await.holds("MASTER beyond the delay", Times.seconds(3), () -> router.transitions(VI, calm).isEmpty());
    }

    @Test
    @DisplayName("unicast_fault_no_peer: a fault that a reload with a peer ends")
    void faultOfConfiguration(Lab lab) {
        lab.lan(1);
        VirtualRouter alone = VirtualRouter.ipv4().with("unicast_src_ip 10.1.0.1").with("unicast_fault_no_peer");
        Router router = lab.vrrpd(1, Conf.of(alone));
        router.awaitFault(VI, FaultReason.UNICAST_PEERS_MISSING);
        router.write(Conf.of(alone.with("unicast_peer {\n        10.1.0.2\n    }")));
        assertEquals(0, router.ctl("reload").exit());
        router.awaitMaster(VI);
    }
}
