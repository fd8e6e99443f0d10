package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.proto.effect.RouterState;

/**
 * What a start costs, laid out as the package installs it, with its class-data archives and without: figures, printed.
 * Times only have bounds against disasters, since the machine may be busy. Memory does not depend on that: its bound is
 * close to what was measured, so that it does not grow unseen.
 */
@Isolated("measures milliseconds")
class StartIT {

    private static final Duration PATIENCE = Times.seconds(15);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final int ROUNDS = Integer.getInteger("vrrpd.start.rounds", 5);
    private static final String VI = "VI_4";

    /** Resident, with one instance, in MiB: measured 79 with archives and 82 without, and a margin. */
    private static final long MOST_MEBIBYTES = 86;

    private static Path installed;

    /** What is there at the start. */
    enum Archives {
        THERE, NONE;

        Router prepare(Lab lab) {
            Router router = lab.prepare(1, Conf.of(VirtualRouter.ipv4())).programsIn(installed.resolve("bin"));
            return router.environment("VRRPD_ARCHIVE", archive("vrrpd.jsa"));
        }

        String archive(String name) {
            return (this == THERE ? installed.resolve("cache") : Path.of("/nonexistent")).resolve(name).toString();
        }
    }

    @BeforeAll
    static void install() {
        installed = Programs.workDirectory().resolve("installed");
        Shell.must("rm", "-rf", installed.toString());
        Shell.must("mkdir", "-p", installed.toString());
        for (Path launcher : new Path[] {Programs.vrrpd(), Programs.vrrpctl()}) {
            Shell.must("cp", "-rT", launcher.getParent().getParent().toString(), installed.toString());
        }
        try {
            Files.copy(Programs.repository().resolve("debian/make-archives"),
                    installed.resolve("bin/make-archives"), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String said = Shell.must("env", "CACHE_DIRECTORY=" + installed.resolve("cache"),
                installed.resolve("bin/make-archives").toString());
        assertTrue(said.endsWith(", from a trial run"), said);
    }

    @Test
    @DisplayName("milliseconds from exec to the first state and to the first advertisement, and of vrrpctl status")
    void times() {
        for (Archives archives : Archives.values()) {
            Figure state = new Figure(archives, "start: exec to first state");
            Figure advert = new Figure(archives, "start: exec to first advertisement, less Master_Down_Interval");
            Figure status = new Figure(archives, "vrrpctl status");
            for (int i = 0; i < ROUNDS; i++) {
                try (Lab lab = Lab.open()) {
                    lab.lan(1);
                    Observer observer = lab.observer();
                    Router router = archives.prepare(lab);
                    // the kernel takes up to a second to say that a new link runs, which is no cost of a start
                    Await.holds("the link settles", Times.seconds(2), () -> !router.alive());
                    router.start();
                    long began = router.startedAt();
                    long backup = router.awaitState(VI, RouterState.BACKUP, PATIENCE).time();
                    state.add(backup - began);
                    Frame first = observer.await("the first", PATIENCE, began, advertFrom(Lab.address(1)));
                    advert.add(first.time() - began - Times.masterDown(Times.millis(100), 100).toNanos());
                    router.awaitJournal();
                    status.add(statusNanos(router, archives));
                    status.add(statusNanos(router, archives));
                }
            }
            state.printAndCheck(5000);
            advert.printAndCheck(5000);
            status.printAndCheck(3000);
        }
    }

    private static long statusNanos(Router router, Archives archives) {
        ProcessBuilder builder = new ProcessBuilder(installed.resolve("bin/vrrpctl").toString(),
                "--control", router.control().toString(), "status");
        builder.environment().put("VRRPCTL_ARCHIVE", archives.archive("vrrpctl.jsa"));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        long began = Await.now();
        try {
            assertEquals(0, builder.start().waitFor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for vrrpctl", e);
        }
        return Await.now() - began;
    }

    @Test
    @DisplayName("memory with one instance when it has started, and half a minute and three requests later")
    void memory() {
        for (Archives archives : Archives.values()) {
            try (Lab lab = Lab.open()) {
                lab.lan(1);
                Router router = archives.prepare(lab);
                router.start();
                router.awaitMaster(VI);
                router.awaitJournal();
                check(archives, "started", router);
                for (int i = 0; i < 3; i++) {
                    assertEquals(0, router.ctl("status").exit());
                }
                Await.holds("it runs", SETTLED, router::alive);
                check(archives, "30 s later", router);
            }
        }
    }

    private static void check(Archives archives, String when, Router router) {
        long resident = router.residentKiB();
        System.out.printf(Locale.ROOT, "FIGURE %-10s %-50s %.1f MiB resident, %.1f MiB proportional%n",
                archives, "memory: " + when, resident / 1024.0, router.proportionalKiB() / 1024.0);
        assertTrue(resident < MOST_MEBIBYTES * 1024, () -> archives + ", " + when + ": " + resident + " KiB resident");
    }
}
