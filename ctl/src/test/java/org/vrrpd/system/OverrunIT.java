package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** What the kernel could not tell for want of room is asked for again, and the state is right afterwards. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class OverrunIT {

    private static final int LINKS = 250;
    private static final String SMALL_BUFFER = "-Dvrrpd.netlink.buffer=4096";
    private static final Duration MASTER_DOWN = Times.masterDown(Times.millis(100), 100);

    @Test
    @DisplayName("250 links flap against a small netlink buffer: what happened meanwhile is seen all the same")
    void flappingLinksHideNothing(Lab lab) {
        Link link = lab.lan(1);
        makeLinks(lab);
        Router router = lab.prepare(1, Conf.of(VirtualRouter.ipv4())).javaOptions(SMALL_BUFFER);
        router.start();
        router.awaitMaster("VI_4");

        long lost = Await.now();
        whileAsleep(router, lab, () -> link.flush());
        router.awaitState("VI_4", RouterState.FAULT, Times.seconds(5), lost);
        router.awaitFault("VI_4", FaultReason.NO_SOURCE_ADDRESS, "eth0");
        router.awaitLog("the kernel dropped netlink messages", Times.seconds(2), lost);

        long found = Await.now();
        whileAsleep(router, lab, () -> link.address("10.1.0.1/24"));
        router.awaitState("VI_4", RouterState.MASTER, Times.seconds(5), found);
        router.awaitMaster("VI_4");
        assertTrue(link.has(VIP4));
    }

    @Test
    @DisplayName("250 links flap while the daemon runs: it stays master and speaks on time")
    void flappingLinksDoNotDelay(Lab lab) {
        lab.lan(1);
        makeLinks(lab);
        Observer observer = lab.observer();
        Router router = lab.prepare(1, Conf.of(VirtualRouter.ipv4())).javaOptions(SMALL_BUFFER);
        router.start();
        router.awaitMaster("VI_4");
        long begun = Await.now();
        for (int round = 0; round < 4; round++) {
            flap(lab);
        }
        observer.assertNoGap("an advertisement", MASTER_DOWN, begun, Frame.advertFrom(Lab.address(1)));
        assertTrue(router.transitions("VI_4", begun).isEmpty(), () -> router.log().tail(20));
        router.awaitMaster("VI_4");
    }

    private static void whileAsleep(Router router, Lab lab, Runnable change) {
        router.signal("STOP");
        flap(lab);
        change.run();
        flap(lab);
        router.signal("CONT");
    }

    private static void makeLinks(Lab lab) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINKS / 2; i++) {
            lines.add("link add a" + i + " type veth peer name b" + i);
        }
        lab.router(1).ip(lines.toArray(String[]::new));
    }

    private static void flap(Lab lab) {
        List<String> lines = new ArrayList<>();
        for (String state : List.of("up", "down")) {
            for (int i = 0; i < LINKS / 2; i++) {
                lines.add("link set a" + i + " " + state);
                lines.add("link set b" + i + " " + state);
            }
        }
        lab.router(1).ip(lines.toArray(String[]::new));
    }}
