package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.system.Frame.advertFrom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/** keepalived's signals and the files they write: what exporters live on. */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class SignalIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VI = "VI_4";
    private static final Duration PATIENCE = Times.seconds(10);

    /** As an exporter finds them out. */
    private static String number(String name) {
        return Shell.must(Programs.vrrpd().toString(), "--signum=" + name);
    }

    private static Router start(Lab lab, Conf configuration) {
        Router router = lab.prepare(1, configuration);
        router.environment("TMPDIR", router.directory().toString());
        router.start();
        router.awaitMaster(VI);
        return router;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends the signal until the file is new: one that is blocked by mistake would end the daemon. */
    private static String dump(Daemon daemon, String signal, String file) {
        Path path = daemon.directory().resolve(file);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.signal(signal);
        return Await.value(file, PATIENCE, () -> Optional.of(read(path)).filter(text -> !text.isEmpty()));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    @DisplayName("every signal writes keepalived's file, readable by all, through no link, and nothing is left behind")
    void everySignalWritesItsFile(Lab lab) throws IOException {
        lab.lan(1);
        Router router = start(lab, Conf.of(VirtualRouter.ipv4()));
        assertEquals(Long.toString(router.pid()), read(router.pidFile()).strip());
        Path precious = Files.writeString(lab.directory().resolve("precious"), "untouched");
        Path data = Files.createSymbolicLink(router.directory().resolve("keepalived.data"), precious);
        router.signal(number("DATA"));
        Await.until("the link replaced by a file", PATIENCE,
                () -> Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS));
        assertEquals("untouched", read(precious));
        assertTrue(read(data).contains(" VRRP Instance = VI_4\n"), read(data));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));

        assertTrue(dump(router, number("STATS"), "keepalived.stats").contains("  Became master: 1\n"));
        JsonNode json = JSON.readTree(dump(router, number("JSON"), "keepalived.json"));
        assertEquals(VI, json.path(0).path("data").path("iname").asText());
        assertEquals(2, json.path(0).path("data").path("state").asInt());
        try (Stream<Path> files = Files.list(router.directory())) {
            assertEquals(List.of(), files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".")).toList(), "no temporary files");
        }
        assertEquals(0, router.stop());
        assertFalse(Files.exists(router.pidFile()));
    }

    @Test
    @DisplayName("statistics are cleared as an event: what was counted is dumped first, and the journal has who did it")
    void statisticsAreClearedByAnEvent(Lab lab) {
        lab.lan(1);
        Router router = start(lab, Conf.of(VirtualRouter.ipv4()));
        assertTrue(dump(router, number("STATS_CLEAR"), "keepalived.stats").contains("  Became master: 1\n"));
        assertTrue(dump(router, number("STATS"), "keepalived.stats").contains("  Became master: 0\n"));
        Await.until("the event in the journal", PATIENCE,
                () -> router.ctl("events").output().contains("clear-statistics by uid 0"));
        assertTrue(router.ctl("dump", "stats", "--clear").output().contains("  Became master: 0\n"));
        assertEquals(1, router.ctl("dump", "data", "--clear").exit());
        router.awaitJournal();
    }

    @Test
    @DisplayName("vrrpctl dump prints what the signals write")
    void clientPrintsTheSame(Lab lab) throws IOException {
        lab.lan(1);
        Router router = start(lab, Conf.of(VirtualRouter.ipv4()));
        assertTrue(router.ctl("dump").output().contains("VRRP Instance = VI_4"));
        assertTrue(router.ctl("dump", "stats").output().startsWith("VRRP Instance: VI_4"));
        JsonNode first = JSON.readTree(router.ctl("dump", "json").output()).path(0);
        assertEquals(VI, first.path("data").path("iname").asText());
        assertNotEquals(0, router.ctl("dump", "everything").exit());
    }

    @Test
    @DisplayName("JSON and statistics are name by name what keepalived writes for the same configuration")
    void sameAsKeepalived(Lab lab) throws IOException {
        lab.lan(1).isolated(true);
        lab.lan(2).isolated(true);
        lab.cable(1, "eth1").up("10.2.0.1/24").isolated(true);
        lab.cable(2, "eth1").up("10.2.0.2/24").isolated(true);
        Conf configuration = Conf.of(
                VirtualRouter.ipv4().excluded("10.7.0.9/32").excluded("fd00::9/64").with("nopreempt"),
                VirtualRouter.named("VI_v2").version2().vrid(52).vip("10.1.0.52/24 brd 10.1.0.255").priority(200)
                        .with("garp_master_refresh 60").with("track_interface {\n eth1\n }"),
                VirtualRouter.ipv6().vrid(53),
                VirtualRouter.named("VI_vmac").on("eth1").vrid(54).vip("10.2.0.54/24").with("use_vmac")
                        .with("preempt_delay 3"));
        Router ours = start(lab, configuration);
        KeepalivedPeer theirs = lab.keepalived(2, configuration);
        for (String name : List.of("VI_4", "VI_v2", "VI_6", "VI_vmac")) {
            ours.awaitMaster(name);
            theirs.awaitState(name, org.vrrpd.proto.effect.RouterState.MASTER, PATIENCE);
        }
        JsonNode expected = JSON.readTree(dump(theirs, number("JSON"), "keepalived.json"));
        JsonNode found = JSON.readTree(dump(ours, number("JSON"), "keepalived.json"));
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertSame(expected.path(i).path("data"), found.path(i).path("data"));
            assertSame(expected.path(i).path("stats"), found.path(i).path("stats"));
        }
        String sent = "Sent: [1-9]\\d*";
        assertEquals(dump(theirs, number("STATS"), "keepalived.stats").replaceAll(sent, "Sent: N"),
                dump(ours, number("STATS"), "keepalived.stats").replaceAll(sent, "Sent: N"));
    }

    private static void assertSame(JsonNode expected, JsonNode found) {
        assertEquals(names(expected), names(found));
        for (String name : names(expected)) {
            boolean depends = name.equals("last_transition") || name.equals("advert_sent");
            assertEquals(depends ? expected.path(name).isNumber() : expected.path(name),
                    depends ? found.path(name).isNumber() : found.path(name), name);
        }
    }

    @Test
    @DisplayName("a storm of SIGUSR1 makes dumps, and no advertisement at 10 ms late")
    void stormDelaysNothing(Lab lab) {
        lab.lan(1);
        Observer observer = lab.observer();
        Router router = start(lab, Conf.of(VirtualRouter.ipv4().every(Times.millis(10))));
        dump(router, "USR1", "keepalived.data");
        long begun = Await.now();
        Shell.must("sh", "-c", "i=0; while [ $i -lt 20000 ]; do kill -USR1 " + router.pid() + "; kill -63 "
                + router.pid() + "; i=$((i + 1)); done");
        System.out.printf("40,000 signals in %.0f ms%n", Await.millis(Await.now() - begun));
        assertTrue(dump(router, number("JSON"), "keepalived.json").contains(VI));
        observer.assertNoGap("an advertisement", Times.masterDown(Times.millis(10), 100), begun,
                advertFrom(Lab.address(1)));
        assertEquals(List.of(), router.transitions(VI, begun));
    }

    @Test
    @DisplayName("where env cannot block signals the daemon says so, and SIGUSR1 dumps all the same")
    void withoutBlockedSignals(Lab lab) throws IOException {
        lab.lan(1);
        Path bin = Files.createDirectory(lab.directory().resolve("bin"));
        Files.writeString(bin.resolve("env"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(bin.resolve("env"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Router router = lab.prepare(1, Conf.of(VirtualRouter.ipv4()));
        router.environment("TMPDIR", router.directory().toString())
                .environment("PATH", bin + ":" + System.getenv("PATH"));
        router.start();
        router.awaitMaster(VI);
        router.awaitLog("started without the launcher", PATIENCE, router.startedAt());
        assertTrue(dump(router, "USR1", "keepalived.data").contains(" VRRP Instance = VI_4\n"));
        assertTrue(router.alive());
    }
}
