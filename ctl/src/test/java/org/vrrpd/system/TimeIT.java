package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.proto.effect.RouterState;

/** A daemon for which time stood still looks at what arrived meanwhile before it does anything. */
@ExtendWith(LabExtension.class)
@Isolated("counts advertisements within one interval")
class TimeIT {

    private static final Duration INTERVAL = Times.millis(100);
    private static final Duration PAUSE = Times.seconds(5);
    private static final Duration MOMENT = Times.millis(80);
    private static final String VI = "VI_4";

    @Test
    @DisplayName("peer13: a master paused for 5 s that still wins announces itself again, without a burst")
    void pausedMasterReannounces(Lab lab) {
        Link first = lab.lan(1);
        Link second = lab.lan(2);
        Observer observer = lab.observer();
        Router woken = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
        woken.awaitMaster(VI);
        Router other = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(100)));
        other.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
        long resumed = pause(woken, other);
        other.awaitState(VI, RouterState.BACKUP, Times.seconds(3), resumed);
        woken.awaitMaster(VI);
        observer.await("a GARP of the woken one", Times.seconds(1), resumed,
                announcementOf(VIP4).and(frame -> frame.mac().equals(first.mac())));
        assertOneAtATime(observer, resumed);
        Await.until("one master", Times.seconds(2), () -> first.has(VIP4) && !second.has(VIP4));
    }

    @Test
    @DisplayName("a master paused for 5 s that has lost yields: at most one advertisement, then silence")
    void pausedMasterYields(Lab lab) {
        Link first = lab.lan(1);
        Link second = lab.lan(2);
        Observer observer = lab.observer();
        Router woken = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(100)));
        woken.awaitMaster(VI);
        Router other = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(200).with("nopreempt")));
        other.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
        long resumed = pause(woken, other);
        woken.awaitState(VI, RouterState.BACKUP, Times.seconds(1), resumed);
        Await.until("one VIP", Times.seconds(2), () -> !first.has(VIP4) && second.has(VIP4));
        Await.holds("the other master", Times.millis(600), () -> other.transitions(VI, resumed).isEmpty());
        assertTrue(observer.since(resumed, advertFrom(Lab.address(1))).size() <= 1, observer.tail(30));
    }

    @Test
    @DisplayName("a backup paused for 5 s sees the advertisements that wait for it before it thinks the master gone")
    void pausedBackupStays(Lab lab) {
        lab.lan(1);
        lab.lan(2);
        Observer observer = lab.observer();
        Router master = lab.vrrpd(1, Conf.of(VirtualRouter.ipv4().priority(200)));
        master.awaitMaster(VI);
        Router woken = lab.vrrpd(2, Conf.of(VirtualRouter.ipv4().priority(100)));
        woken.awaitState(VI, RouterState.BACKUP, Times.seconds(10));
        long stopped = Await.now();
        woken.signal("STOP");
        Await.until("the pause over", PAUSE.plusSeconds(1), () -> Await.now() - stopped > PAUSE.toNanos());
        long resumed = Await.now();
        woken.signal("CONT");
        Await.holds("a backup", Times.seconds(1), () -> woken.transitions(VI, resumed).isEmpty());
        assertEquals(List.of(), observer.since(resumed, advertFrom(Lab.address(2))));
        assertFalse(lab.router(2).hasAddressAnywhere(VIP4));
    }

    /** Stops one, waits for the other to take over and for the time to pass, and lets the one go on. */
    private static long pause(Router paused, Router other) {
        long stopped = Await.now();
        paused.signal("STOP");
        other.awaitState(VI, RouterState.MASTER, Times.seconds(3), stopped);
        Await.until("the pause over", PAUSE.plusSeconds(1), () -> Await.now() - stopped > PAUSE.toNanos());
        long resumed = Await.now();
        paused.signal("CONT");
        return resumed;
    }

    /**
     * What waited for it is answered with one advertisement, which is also the one that was due; what the other says
     * before it has heard that deserves an answer of its own.
     */
    private static void assertOneAtATime(Observer observer, long resumed) {
        long first = observer.await("an advertisement of the woken one", Times.seconds(1), resumed,
                advertFrom(Lab.address(1))).time();
        long end = first + MOMENT.toNanos();
        Await.until("the moment over", INTERVAL.multipliedBy(3), () -> Await.now() > end);
        int sent = observer.between(resumed, end, advertFrom(Lab.address(1))).size();
        int provoked = observer.between(first, end, advertFrom(Lab.address(2))).size();
        assertTrue(sent <= 1 + provoked, () -> sent + " advertisements at once: " + observer.tail(30));
    }
}
