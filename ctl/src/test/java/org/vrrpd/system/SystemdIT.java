package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/** What the daemon tells a service manager, read from a real datagram socket. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SystemdIT {

    private static final String VI = "VI_4";

    @Test
    @DisplayName("READY after the first states, STATUS when they change, RELOADING and READY around reloads, STOPPING")
    void tellsHowItStands(Lab lab) {
        NotifySocket systemd = lab.with(new NotifySocket(lab.directory()));
        Link cable = lab.lan(1);
        Conf conf = Conf.of(VirtualRouter.ipv4());
        Router router = lab.prepare(1, conf).environment("NOTIFY_SOCKET", systemd.path());
        router.start();
        LogLines.Line ready = systemd.await("READY=1", 0);
        assertEquals(ready, systemd.messages().get(0));
        assertTrue(ready.text().matches("READY=1\\|STATUS=1 (BACKUP|MASTER)"), ready.text());
        assertTrue(router.awaitState(VI, RouterState.BACKUP, Times.seconds(5)).time() <= ready.time(), "READY first");
        assertTrue(router.status().isPresent(), "READY before the control socket listened");
        systemd.await("STATUS=1 MASTER", 0);

        long cut = Await.now();
        cable.carrier(false);
        systemd.await("STATUS=1 FAULT: " + VI + ": ", cut);
        cable.carrier(true);
        long back = systemd.await("STATUS=1 MASTER", cut).time();

        router.write(Conf.raw("vrrp_instance broken {"));
        assertEquals(1, router.ctl("reload").exit());
        assertReloaded(systemd, back);
        long refused = Await.now();
        router.write(conf.block(VirtualRouter.named("VI_2").vrid(52).vip("10.1.0.52/24").text()));
        assertEquals(0, router.ctl("reload").exit());
        assertReloaded(systemd, refused);
        systemd.await("STATUS=2 MASTER", refused);

        router.awaitJournal();
        assertEquals(0, router.stop());
        systemd.await("STOPPING=1", refused);
        assertFalse(systemd.texts().stream().anyMatch(text -> text.contains("WATCHDOG")), "nobody asked for it");
    }

    private static void assertReloaded(NotifySocket systemd, long since) {
        LogLines.Line began = systemd.await("RELOADING=1|MONOTONIC_USEC=", since);
        LogLines.Line ended = systemd.await("READY=1", since);
        List<LogLines.Line> messages = systemd.messages();
        assertTrue(messages.indexOf(began) < messages.indexOf(ended), messages.toString());
    }

    @Test
    @DisplayName("WATCHDOG as long as the protocol thread answers, and no longer")
    void watchdogNeedsTheLoop(Lab lab) throws IOException {
        NotifySocket systemd = lab.with(new NotifySocket(lab.directory()));
        lab.lan(1);
        Path block = lab.directory().resolve("block");
        Router router = lab.prepare(1, Conf.of(VirtualRouter.ipv4())).environment("NOTIFY_SOCKET", systemd.path())
                .environment("WATCHDOG_USEC", "1500000").javaOptions("-Dvrrpd.test.block=" + block);
        router.start();
        long first = systemd.await("WATCHDOG=1", 0).time();
        long second = systemd.await("WATCHDOG=1", first + 1).time();
        assertTrue(second - first < 1_500_000_000L, "the interval is over after " + Await.millis(second - first));
        router.awaitMaster(VI);
        router.awaitJournal();

        Files.createFile(block);
        router.awaitLog("the protocol thread does not answer", Times.seconds(10), second);
        long silent = Await.now();
        Await.holds("no word while the loop hangs", Times.seconds(2), () -> systemd.messages().stream()
                .noneMatch(line -> line.time() > silent && line.text().contains("WATCHDOG")));
        router.kill();
    }

    @Test
    @DisplayName("nothing configured: words, exit status 6, and a start that did not fail")
    void nothingConfigured(Lab lab) throws IOException {
        NotifySocket systemd = lab.with(new NotifySocket(lab.directory()));
        Path file = lab.directory().resolve("empty.conf");
        for (String text : new String[] {null, "global_defs { router_id gw1\n}\n"}) {
            if (text != null) {
                Files.writeString(file, text);
            }
            long before = Await.now();
            Shell.Result result = Shell.run(List.of("env", "NOTIFY_SOCKET=" + systemd.path(),
                    Programs.vrrpd().toString(), "-f", file.toString()));
            assertEquals(6, result.exit(), result.output());
            assertTrue(result.output().contains("nothing is configured: there is no ")
                    && result.output().contains(file.toString())
                    && result.output().contains("keepalived.conf"), result.output());
            String told = systemd.await("READY=1", before).text();
            assertTrue(told.contains("|STATUS=nothing is configured: there is no "), told);
        }
    }
}
