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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** The address that advertisements come from: never one that the router does not have, and back as soon as it is. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SourceIT {

    private static final Duration MASTER_DOWN = Times.masterDown(Times.millis(100), 100);
    private static final String VI = "VI_4";
    private static final String VI6 = "VI_6";

    @Test
    @DisplayName("no address at the start")
    void noAddressAtStart(Lab lab) {
        Link link = lab.cable(1, "eth0").up();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitFault(VI, FaultReason.NO_SOURCE_ADDRESS, "IPv4", "eth0");
        long added = Await.now();
        link.address("10.1.0.1/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
    }

    @Test
    @DisplayName("the only address is removed while master, and comes back")
    void addressRemoved(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        link.removeAddress("10.1.0.1/24");
        router.awaitFault(VI, FaultReason.NO_SOURCE_ADDRESS, "IPv4", "eth0");
        Await.until("the VIP gone", Times.seconds(1), () -> !link.has(VIP4));
        long silentFrom = Await.now();
        Await.holds("silence without a source", MASTER_DOWN, () ->
                observer.since(silentFrom, Frame::advertises).isEmpty());
        long added = Await.now();
        link.address("10.1.0.1/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
    }

    @Test
    @DisplayName("the address is replaced: the router stays master and speaks from the new one")
    @Requirement("9568-7.2-4")
    void addressReplaced(Lab lab) {
        Link link = lab.lan(1);
        lab.router(1).sysctl("net.ipv4.conf.eth0.promote_secondaries=1");
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        long replaced = Await.now();
        link.address("10.1.0.9/24");
        link.removeAddress("10.1.0.1/24");
        observer.await("advertisements from the new address", Times.seconds(1), replaced, advertFrom("10.1.0.9"));
        router.awaitMaster(VI);
        Await.until("the VIP in place", Times.seconds(1), () -> link.has(VIP4));
        assertEquals(List.of(), router.transitions(VI, replaced));
        observer.assertNoGap("an advertisement", Times.millis(300), replaced, Frame::advertises);
    }

    @Test
    @DisplayName("peer09: all addresses flushed, which takes the VIP along")
    void addressesFlushed(Lab lab) {
        Link link = lab.lan(1);
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4()));
        router.awaitMaster(VI);
        link.flush();
        router.awaitFault(VI, FaultReason.NO_SOURCE_ADDRESS, "IPv4", "eth0");
        long added = Await.now();
        link.address("10.1.0.1/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
        assertTrue(link.has(VIP4));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"accept", "use_vmac"})
    @DisplayName("an owner whose only address is the virtual one comes back: its stand-in, who has it too, hears it")
    void ownerWithoutAnotherAddress(String word, Lab lab) {
        Link owners = lab.cable(1, "eth0").up(VIP4 + "/24");
        lab.lan(2);
        Router owner = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(255).with(word)));
        Router standIn = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(100).with(word)));
        owner.awaitMaster(VI);
        standIn.awaitState(VI, RouterState.BACKUP, Times.seconds(2));
        Await.holds("the owner is heard", MASTER_DOWN, () -> standIn.transitions(VI, 0).size() == 1);
        owners.carrier(false);
        standIn.awaitMaster(VI);
        long back = Await.now();
        owners.carrier(true);
        owner.awaitState(VI, RouterState.MASTER, Times.seconds(2), back);
        standIn.awaitState(VI, RouterState.BACKUP, Times.seconds(2), back);
        Await.holds("one master", MASTER_DOWN, () -> standIn.transitions(VI, back).size() == 1);
    }

    @Test
    @DisplayName("peer04: mcast_src_ip absent at the start is a fault by name, and nothing is sent before it is there")
    void configuredSourceAbsentAtStart(Lab lab) {
        Link link = lab.lan(1);
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("mcast_src_ip 10.1.0.77")));
        router.awaitFault(VI, FaultReason.CONFIGURED_SOURCE_ABSENT, "10.1.0.77", "eth0");
        assertEquals(List.of(), observer.since(0, Frame::advertises));
        long added = Await.now();
        link.address("10.1.0.77/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
        observer.await("advertisements from it", Times.seconds(1), added, advertFrom("10.1.0.77"));
    }

    @Test
    @DisplayName("peer04: a configured source that is removed is not used any more, and is used again when it is back")
    void configuredSourceRemoved(Lab lab) {
        Link link = lab.lan(1).address("10.1.0.77/24");
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().with("mcast_src_ip 10.1.0.77")));
        router.awaitMaster(VI);
        link.removeAddress("10.1.0.77/24");
        router.awaitFault(VI, FaultReason.CONFIGURED_SOURCE_ABSENT, "10.1.0.77", "eth0");
        long gone = Await.now();
        Await.holds("nothing sent from an address that is not there", MASTER_DOWN, () ->
                observer.since(gone, advertFrom("10.1.0.77")).isEmpty());
        long added = Await.now();
        link.address("10.1.0.77/24");
        router.awaitMasterInTime(VI, MASTER_DOWN, added);
    }

    @Test
    @DisplayName("peer05: no advertisement and no VIP while the link-local address is tentative; master when it is not")
    @Requirement(value = "9568-5.1.2.1-1", counter = "9568-5.1.2.1-1")
    void tentativeLinkLocal(Lab lab) {
        Link link = lab.cable(1, "eth0");
        Detection.of(lab.router(1), "eth0").takes(Times.seconds(2));
        Observer observer = lab.observer();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv6()));
        router.awaitFault(VI6, FaultReason.INTERFACE_DOWN, "eth0");
        link.up();
        String own = Await.value("a link-local address", Times.seconds(5), link::findLinkLocal);
        router.awaitFault(VI6, FaultReason.SOURCE_TENTATIVE, own);
        Await.until("the end of detection", Times.seconds(5), link::linkLocalUsable);
        long usable = Await.now();
        assertEquals(List.of(), observer.between(0, usable - Times.millis(50).toNanos(), Frame::advertises));
        router.awaitMasterInTime(VI6, MASTER_DOWN, usable);
        observer.await("an advertisement", Times.seconds(1), usable, advertFrom(own));
    }

    @Test
    @DisplayName("a failed detection is a fault by name, and is retried until the other node is gone")
    void failedDetectionIsRetried(Lab lab) {
        Link link = lab.cable(1, "eth0");
        Detection.of(lab.router(1), "eth0").takes(Times.millis(200)).failsFor(lab, "fe80::bad");
        lab.router(1).sysctl("net.ipv6.conf.eth0.addr_gen_mode=1");
        link.up();
        link.running();
        Router router = lab.vrrpd(1, Conf.of(VirtualRouter.ipv6()));
        link.address("fe80::bad/64");
        router.awaitFault(VI6, FaultReason.SOURCE_DUPLICATE, "fe80::bad");
        long released = Await.now();
        Detection.release(lab, "fe80::bad");
        router.awaitState(VI6, RouterState.MASTER, Times.seconds(40), released);
        router.awaitMaster(VI6);
        assertTrue(link.linkLocalUsable());
    }
}
