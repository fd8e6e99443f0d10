package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;
import static org.vrrpd.system.Frame.announcementOf;
import static org.vrrpd.system.VirtualRouter.VIP4;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.proto.effect.RouterState;

/** What it costs and how fast it is, beside keepalived in the same minute. Printed; the bounds only catch disasters. */
@Isolated("measures milliseconds")
class FiguresIT {

    private static final Duration INTERVAL = Times.millis(100);
    private static final Duration PATIENCE = Times.seconds(15);
    private static final int ROUNDS = 12;
    private static final String VI = "VI_4";

    /** The daemon whose figures are taken. */
    enum Candidate {
        VRRPD, KEEPALIVED;

        Daemon start(Lab lab, int router, Conf conf) {
            return this == VRRPD ? lab.vrrpd(router, conf) : lab.keepalived(router, conf);
        }
    }

    @Test
    @DisplayName("milliseconds from the kernel's word that the link runs to leaving FAULT")
    void leavingFault() {
        for (Candidate candidate : Candidate.values()) {
            Figure figure = new Figure(candidate, "carrier found to BACKUP");
            try (Lab lab = Lab.open()) {
                Link link = lab.lan(1);
                Daemon daemon = candidate.start(lab, 1, Conf.of(VirtualRouter.ipv4()));
                daemon.awaitState(VI, RouterState.MASTER, PATIENCE);
                KernelMonitor monitor = lab.with(new KernelMonitor(lab.router(1)));
                for (int i = 0; i < ROUNDS; i++) {
                    long lost = Await.now();
                    link.carrier(false);
                    daemon.awaitState(VI, RouterState.FAULT, PATIENCE, lost);
                    long begun = Await.now();
                    link.carrier(true);
                    long found = monitor.await("carrier", PATIENCE, begun, text ->
                            text.contains("eth0") && text.contains("LOWER_UP") && text.contains("state UP"));
                    long left = daemon.awaitState(VI, RouterState.BACKUP, PATIENCE, begun).time();
                    figure.add(left - found);
                    daemon.awaitState(VI, RouterState.MASTER, PATIENCE, begun);
                }
            }
            figure.printAndCheck(200);
        }
    }

    @Test
    @DisplayName("excess over Master_Down_Interval at a take-over, to the first advertisement and to the first GARP")
    void takeOver() {
        for (Candidate candidate : Candidate.values()) {
            Figure advert = new Figure(candidate, "take-over, excess to the first advertisement");
            Figure garp = new Figure(candidate, "take-over, excess to the first GARP");
            try (Lab lab = Lab.open()) {
                lab.lan(1);
                Link link = lab.lan(2);
                Observer observer = lab.observer();
                Daemon survivor = candidate.start(lab, 2, Conf.of(VirtualRouter.ipv4().priority(100)));
                survivor.awaitState(VI, RouterState.MASTER, PATIENCE);
                KeepalivedPeer victim = lab.keepalived(1, Conf.of(VirtualRouter.ipv4().priority(200)));
                for (int i = 0; i < ROUNDS; i++) {
                    survivor.awaitState(VI, RouterState.BACKUP, PATIENCE, victim.startedAt());
                    observer.await("the victim", PATIENCE, victim.startedAt(), advertFrom(Lab.address(1)));
                    long killed = Await.now();
                    victim.kill();
                    lab.router(1).tryIp("addr del " + VIP4 + "/24 dev eth0");
                    Frame first = observer.await("the survivor", PATIENCE, killed, advertFrom(Lab.address(2)));
                    long due = due(observer, first);
                    advert.add(first.time() - due);
                    Frame announced = observer.await("a GARP", PATIENCE, killed,
                            announcementOf(VIP4).and(frame -> frame.mac().equals(link.mac())));
                    garp.add(announced.time() - due);
                    victim.start();
                }
            }
            advert.printAndCheck(200);
            garp.printAndCheck(200);
        }
    }

    /** One Master_Down_Interval after the last advertisement of the other. */
    private static long due(Observer observer, Frame first) {
        long last = observer.between(0, first.time(), advertFrom(Lab.address(1))).stream()
                .mapToLong(Frame::time).max().orElseThrow();
        return last + Times.masterDown(INTERVAL, 100).toNanos();
    }

    @Test
    @DisplayName("milliseconds from exec to the first state, and resident memory with one instance")
    void startAndSize() {
        for (Candidate candidate : Candidate.values()) {
            Figure start = new Figure(candidate, "exec to first state");
            long resident = 0;
            for (int i = 0; i < 5; i++) {
                try (Lab lab = Lab.open()) {
                    lab.lan(1);
                    Daemon daemon = candidate.start(lab, 1, Conf.of(VirtualRouter.ipv4()));
                    long state = daemon.awaitState(VI, RouterState.BACKUP, PATIENCE).time();
                    start.add(state - daemon.startedAt());
                    daemon.awaitState(VI, RouterState.MASTER, PATIENCE);
                    resident = daemon.residentKiB();
                }
            }
            start.printAndCheck(5000);
            long mebibytes = resident / 1024;
            System.out.printf(Locale.ROOT, "FIGURE %-10s %-50s %d MiB%n", candidate, "resident memory", mebibytes);
            assertTrue(mebibytes < 300, () -> mebibytes + " MiB");
        }
    }
}
