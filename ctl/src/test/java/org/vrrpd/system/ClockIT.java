package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vrrpd.proto.effect.RouterState;

/**
 * The wall clock is another one after a restart. A machine's own clock is not a test's to set, and time namespaces do
 * not have this one: Debian's libfaketime stands between the JVM and the kernel. It reaches what Java asks (Chronicle,
 * currentTimeMillis), which is what names files and numbers records. It cannot set the clock of a running daemon: the
 * kernel's receive stamps would not follow. Such jumps are proved in the tests of the core and of the daemon's clock.
 */
@ExtendWith(LabExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class ClockIT {

    private static final String VI = "VI_4";
    private static final String HOUR_AHEAD = "+3600";
    private static final String HOUR_BEHIND = "-3600";
    private static final Pattern LEFT = Pattern.compile("(?:faketime_shm|sem\\.faketime_sem)_(\\d+)");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

    @Test
    @DisplayName("a start two hours before the end of the journal it goes on with: the journal opens and replays")
    void startInThePast(Lab lab) throws IOException {
        lab.lan(1);
        Router router = faked(lab.prepare(1, Conf.of(VirtualRouter.ipv4())), HOUR_AHEAD);
        router.start();
        router.awaitMaster(VI);
        router.awaitStatus("journaling", Times.seconds(5), status -> status.journalState().equals("writing"));
        router.kill();
        faked(router, HOUR_BEHIND).start();
        router.awaitState(VI, RouterState.MASTER, Times.seconds(30));
        router.awaitMaster(VI);
        router.awaitStatus("journaling", Times.seconds(5), status -> status.journalState().equals("writing"));
        assertHasFileOf(router.journal(), HOUR_AHEAD);
        assertEquals(0, router.stop());
    }

    private static Router faked(Router router, String offset) {
        return router.environment("LD_PRELOAD", library()).environment("FAKETIME", offset)
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    /** A file of the journal is named after its first minute: proof that the daemon's Java lives in another hour. */
    private static void assertHasFileOf(Path journal, String seconds) throws IOException {
        Instant faked = Instant.now().plusSeconds(Long.parseLong(seconds));
        try (Stream<Path> files = Files.list(journal)) {
            List<String> names = files.map(path -> path.getFileName().toString()).toList();
            boolean found = LongStream.rangeClosed(-2, 0).mapToObj(back -> MINUTE.format(faked.plusSeconds(60 * back)))
                    .anyMatch(minute -> names.stream().anyMatch(name -> name.startsWith(minute)));
            assertTrue(found, () -> "a file of " + faked + ": " + names);
        }
    }

    /** The library shares memory under its process's number, which kill -9 leaves behind. */
    @AfterAll
    static void removeWhatTheDeadLeft() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            for (Path file : files.toList()) {
                Matcher left = LEFT.matcher(file.getFileName().toString());
                if (left.matches() && ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static String library() {
        try (Stream<Path> paths = Files.walk(Path.of("/usr/lib"), 3)) {
            return paths.filter(path -> path.endsWith("faketime/libfaketimeMT.so.1")).findFirst().map(Path::toString)
                    .orElseThrow(() -> new AssertionError("Expected libfaketime (apt-get install faketime)"));
        } catch (IOException e) {
            throw new AssertionError("cannot look for libfaketime", e);
        }
    }
}
