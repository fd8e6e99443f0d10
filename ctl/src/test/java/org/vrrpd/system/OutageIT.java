package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/**
 * The outage that the project is there to end: a dual-stack gateway whose interface is not ready when the daemon
 * starts. Its configuration word for word, and every order in which link, carrier, IPv4 address and IPv6 duplicate
 * address detection can arrive.
 */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class OutageIT {

    private static final Duration MASTER_DOWN = Times.masterDown(Duration.ofSeconds(1), 32);
    private static final Duration DETECTION = Times.millis(800);
    private static final String OWN_IPV4 = "192.168.1.2";
    private static final String OWN_IPV6 = "fe80::2";
    private static final String VIP4 = "192.168.1.5";
    private static final String VIP6 = "fe80::200:5eff:fe00:205";
    private static final String VMAC = "vrrp.51";

    static List<List<Fact>> orders() {
        return Fact.orders();
    }

    static List<List<Fact>> ordersThatBeginWithTheLink() {
        return Fact.orders().stream().filter(order -> order.get(0) == Fact.LINK).toList();
    }

    @DisplayName("peer00: master one Master_Down_Interval after the last fact, whatever the order")
    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void recoversInEveryOrder(List<Fact> order, Lab lab) {
        lab.observer();
        Link link = lab.cable(1, "eno1");
        prepareDetection(lab, order);
        link.carrier(false);
        Router router = lab.vrrpd(1, Conf.outage());
        awaitFault(router);
        long last = 0;
        for (int i = 0; i < order.size(); i++) {
            if (i == order.size() - 1) {
                assertWaiting(lab, router, order.get(i));
            }
            last = arrive(order.get(i), order, link);
            if (order.get(i) == Fact.DAD) {
                last = awaitDetection(router, order, link);
            } else if (order.subList(0, i + 1).containsAll(List.of(Fact.LINK, Fact.CARRIER))) {
                last = Math.max(last, link.running());
            }
        }
        assertRecovery(lab, router, last);
    }

    @DisplayName("peer00: the same when the interface comes last, renamed to its name with everything on")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ordersThatBeginWithTheLink")
    void recoversWhenTheNameComesLast(List<Fact> order, Lab lab) {
        lab.observer();
        Link link = lab.cable(1, "eth7");
        prepareDetection(lab, order);
        link.carrier(false);
        Router router = lab.vrrpd(1, Conf.outage());
        router.awaitFault("XN_VI_ipv4", FaultReason.INTERFACE_ABSENT, "eno1");
        router.awaitFault("XN_VI_ipv6", FaultReason.INTERFACE_ABSENT, "eno1");
        for (Fact fact : order) {
            arrive(fact, order, link);
            if (fact == Fact.DAD) {
                Await.until("the end of detection", Times.seconds(5), link::linkLocalUsable);
            }
        }
        link.running();
        long renamed = Await.now();
        link.rename("eno1");
        assertRecovery(lab, router, renamed);
    }

    /** The link-local address is the test's own, so that its detection starts and ends when the order says. */
    private static void prepareDetection(Lab lab, List<Fact> order) {
        String name = lab.router(1).hasLink("eno1") ? "eno1" : "eth7";
        lab.router(1).sysctl("net.ipv6.conf." + name + ".addr_gen_mode=1");
        Detection.of(lab.router(1), name).takes(DETECTION);
    }

    /** Returns when the fact arrived, at the earliest. */
    private static long arrive(Fact fact, List<Fact> order, Link link) {
        long begun = Await.now();
        switch (fact) {
            case LINK -> link.up();
            case CARRIER -> link.carrier(true);
            case IPV4 -> link.address(OWN_IPV4 + "/24");
            case DAD -> link.address(OWN_IPV6 + (Fact.detectionRuns(order) ? "/64" : "/64 nodad"));
        }
        return begun;
    }

    /** While detection runs, the daemon says that this is what it waits for. */
    private static long awaitDetection(Router router, List<Fact> order, Link link) {
        if (Fact.detectionRuns(order)) {
            router.awaitFault("XN_VI_ipv6", FaultReason.SOURCE_TENTATIVE, OWN_IPV6);
        }
        Await.until("the end of detection", Times.seconds(5), link::linkLocalUsable);
        return Await.now();
    }

    private static void awaitFault(Router router) {
        router.awaitState("XN_VI_ipv4", RouterState.FAULT, Times.seconds(15));
        router.awaitState("XN_VI_ipv6", RouterState.FAULT, Times.seconds(15));
        router.awaitStatus("an answer", Times.seconds(15), status -> status.state("XN_VI_ipv6") == RouterState.FAULT);
        assertEquals(2, router.ctl("status").exit(), "exit status while in FAULT");
    }

    /**
     * One fact before the end: still in FAULT, and what is missing has its name. The link is no fact for the states
     * (dont_track_primary), but without it nobody hears us.
     */
    private static void assertWaiting(Lab lab, Router router, Fact missing) {
        switch (missing) {
            case LINK, CARRIER -> assertEquals(0, lab.observer().frames().size(), "frames without a link");
            case IPV4 -> router.awaitFault("XN_VI_ipv4", FaultReason.NO_SOURCE_ADDRESS, "IPv4", "eno1");
            case DAD -> router.awaitFault("XN_VI_ipv6", FaultReason.NO_SOURCE_ADDRESS, "IPv6", "eno1");
        }
    }

    private static void assertRecovery(Lab lab, Router router, long lastFact) {
        for (String instance : List.of("XN_VI_ipv4", "XN_VI_ipv6")) {
            assertInTime(instance, lastFact, router.awaitState(instance, RouterState.MASTER, Times.seconds(10)).time());
            router.awaitMaster(instance);
        }
        assertTrue(lab.router(1).hasAddress(VMAC, VIP4), "VIP of IPv4: " + lab.router(1).addresses(VMAC));
        assertTrue(lab.router(1).hasAddressAnywhere(VIP6), "VIP of IPv6");
        assertEquals(0, router.ctl("status").exit(), "exit status when healthy");
        Observer observer = lab.observer();
        for (String own : List.of(OWN_IPV4, OWN_IPV6)) {
            Frame advert = observer.await("an advertisement", Times.seconds(3), lastFact, advertFrom(own));
            assertInTime(own, lastFact, advert.time());
        }
    }

    private static void assertInTime(String who, long lastFact, long time) {
        Duration limit = MASTER_DOWN.plus(Times.TOLERANCE);
        assertTrue(time - lastFact <= limit.toNanos(), () -> "Expected " + who + " to be master " + limit.toMillis()
                + " ms after the last fact, but found " + Await.millis(time - lastFact));
    }
}
