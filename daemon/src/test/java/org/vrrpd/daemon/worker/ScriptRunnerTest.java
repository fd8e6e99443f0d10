package org.vrrpd.daemon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.ScriptOutcome;

/** Real scripts. Those that switch users need root, as the namespace tests do. */
@Timeout(60)
class ScriptRunnerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int MANY = 300;

    @TempDir
    private Path directory;
    private final Told told = new Told();
    private final List<String> log = new ArrayList<>();
    private ScriptRunner scripts;

    @BeforeEach
    void start() throws IOException {
        Files.setAttribute(directory, "unix:mode", 0755);
        scripts = new ScriptRunner(new Answers(told), new ScriptLauncher(), log::add);
        scripts.start();
    }

    @AfterEach
    void close() {
        scripts.close(500);
        assertEquals(List.of(), log);
    }

    @Test
    void theStatusOfAScriptIsTold() throws Exception {
        run(1, 10 * SECOND, script("exit 0"));
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
        run(2, 10 * SECOND, script("exit 7"));
        assertEnded(told.ended(), 2, ScriptOutcome.EXITED, 7);
    }

    @Test
    void aSignalIsNotAnExitStatus() throws Exception {
        run(1, 10 * SECOND, script("kill -9 $$"));
        assertEnded(told.ended(), 1, ScriptOutcome.SIGNALLED, 9);
        run(2, 10 * SECOND, script("exit 137"));
        assertEnded(told.ended(), 2, ScriptOutcome.EXITED, 137);
    }

    @Test
    void itIsGivenItsArgumentsAsTheyStand() throws Exception {
        Path out = directory.resolve("out");
        run(1, 10 * SECOND, script("printf '%s|' \"$@\" > " + out), "a b", "$HOME", "", "ü'\"");
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
        assertEquals("a b|$HOME||ü'\"|", Files.readString(out));
    }

    @Test
    void theProcessIsTheScriptItselfAndTheHeadOfItsGroupAndSession() throws Exception {
        Path out = directory.resolve("out");
        run(1, 10 * SECOND, script("cut -d' ' -f 1,5,6 /proc/$$/stat > " + out));
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
        String[] numbers = Files.readString(out).strip().split(" ");
        assertEquals(numbers[0], numbers[1]);
        assertEquals(numbers[0], numbers[2]);
    }

    @Test
    void noSignalIsBlockedOrIgnoredAndNoDescriptorIsLeftOpenAndThePriorityIsOrdinary() throws Exception {
        Path pid = directory.resolve("pid");
        run(1, 10 * SECOND, script("echo $$ > " + pid + "; exec sleep 9"));
        awaitFile(pid);
        Path process = Path.of("/proc", Files.readString(pid).strip());
        List<String> status = Files.readAllLines(process.resolve("status"));
        assertTrue(status.contains("SigBlk:\t0000000000000000"), status.toString());
        assertTrue(status.contains("SigIgn:\t0000000000000000"), status.toString());
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            assertEquals(List.of("0", "1", "2"),
                    descriptors.map(path -> path.getFileName().toString()).sorted().toList());
        }
        for (String descriptor : List.of("0", "1", "2")) {
            assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(process.resolve("fd/" + descriptor)));
        }
        String stat = Files.readString(process.resolve("stat"));
        assertEquals("0", stat.split(" ")[40], "policy SCHED_OTHER");
        scripts.stop(1);
        assertEnded(told.ended(), 1, ScriptOutcome.SIGNALLED, 15);
    }

    @Test
    void theEnvironmentIsTheDaemonsWithoutWhatCouldHarm() throws Exception {
        Path out = directory.resolve("out");
        ScriptEnvironment environment = ScriptEnvironment.of(
                "A=b\0LD_PRELOAD=/x\0IFS=y\0NOTIFY_SOCKET=/z\0VRRPD_JAVA_OPTS=-x\0PATH=/usr/bin:/bin\0N=\u00FC\0");
        ScriptRunner other = new ScriptRunner(new Answers(told), new ScriptLauncher(environment), log::add);
        other.start();
        other.run(1, new ScriptRun("test", 10 * SECOND, "root", "", false, List.of(
                script("env | grep -av -E '^(PWD|_|SHLVL|OLDPWD)=' > " + out))));
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
        byte[] bytes = Files.readAllBytes(out);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertEquals(Set.of("A=b", "PATH=/usr/bin:/bin", "N=\u00FC"), new TreeSet<>(text.lines().toList()));
        other.close(100);
    }

    @Test
    void afterItsTimeItIsEndedWithAllThatItStarted() throws Exception {
        Path pids = directory.resolve("pids");
        run(1, SECOND / 5, script("sleep 100 & echo $! $$ > " + pids + "; wait"));
        Told.Ended timedOut = told.ended();
        assertEnded(timedOut, 1, ScriptOutcome.TIMED_OUT, 0);
        assertTrue(timedOut.nanos() >= SECOND / 5 && timedOut.nanos() < 2 * SECOND, timedOut.toString());
        assertEnded(told.ended(), 1, ScriptOutcome.SIGNALLED, 15);
        assertAllGone(pids);
    }

    @Test
    void oneThatIgnoresItIsKilledTwoSecondsLaterAndBlocksNobody() throws Exception {
        Path pids = directory.resolve("pids");
        run(1, SECOND / 5, script("trap '' TERM; echo $$ > " + pids + "; while :; do sleep 1; done"));
        assertEnded(told.ended(), 1, ScriptOutcome.TIMED_OUT, 0);
        run(2, 10 * SECOND, script("exit 3"));
        assertEnded(told.ended(), 2, ScriptOutcome.EXITED, 3);
        Told.Ended killed = told.ended();
        assertEnded(killed, 1, ScriptOutcome.SIGNALLED, 9);
        assertTrue(killed.nanos() >= SECOND / 5 + Run.MERCY_NANOS && killed.nanos() < 5 * SECOND, killed.toString());
        assertAllGone(pids);
    }

    @Test
    void whatOutlivesAHeadThatObeyedIsKilled() throws Exception {
        Path pids = directory.resolve("pids");
        run(1, 10 * SECOND, script("(trap '' TERM; while :; do sleep 1; done) & echo $! $$ > " + pids + "; wait"));
        awaitFile(pids);
        scripts.stop(1);
        assertEnded(told.ended(), 1, ScriptOutcome.SIGNALLED, 15);
        assertAllGone(pids);
    }

    @Test
    void stoppingOneThatHasEndedIsNothing() throws Exception {
        run(1, SECOND, script("exit 0"));
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
        scripts.stop(1);
        scripts.stop(99);
        told.nothingFor(100);
    }

    @Test
    void oneThatPrintsForEverIsHarmless() throws Exception {
        run(1, SECOND / 2, script("yes 'a line that nobody reads'"));
        assertEnded(told.ended(), 1, ScriptOutcome.TIMED_OUT, 0);
        assertEnded(told.ended(), 1, ScriptOutcome.SIGNALLED, 15);
    }

    @Test
    void whatCannotBeStartedSaysWhy() throws Exception {
        assertNotStarted("/no/such/file does not exist", "root", "/no/such/file");
        assertNotStarted(directory + " is a directory", "root", directory.toString());
        Path plain = Files.writeString(directory.resolve("plain"), "exit 0\n");
        Files.setAttribute(plain, "unix:mode", 0644);
        assertNotStarted(plain + " is not executable (mode 0644)", "root", plain.toString());
        assertNotStarted("no-such-program was not found on the PATH", "root", "no-such-program");
        assertNotStarted("there is no user no-such-user", "no-such-user", "/bin/true");
        assertNotStarted("there is no command", "root", "");
    }

    @Test
    void aFileWithoutAFirstLineForTheKernelIsRunByTheShell() throws Exception {
        Path plain = Files.writeString(directory.resolve("plain"), "exit 5\n");
        Files.setAttribute(plain, "unix:mode", 0755);
        run(1, SECOND, plain.toString());
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 5);
    }

    @Test
    void anInterpreterThatIsMissingIsAFailure() throws Exception {
        Path lost = Files.writeString(directory.resolve("lost"), "#!/no/such/interpreter\n");
        Files.setAttribute(lost, "unix:mode", 0755);
        run(1, SECOND, lost.toString());
        Told.Ended ended = told.ended();
        assertEnded(ended, 1, ScriptOutcome.EXITED, 127);
        assertTrue(ended.detail().contains("cannot be executed"), ended.toString());
    }

    @Test
    void itRunsAsItsUserAndGroupWithoutOthers() throws Exception {
        Path out = Files.createFile(directory.resolve("out"));
        Files.setAttribute(out, "unix:mode", 0666);
        scripts.run(1, new ScriptRun("test", SECOND, "nobody", "daemon", false,
                List.of(script("id -un > " + out + "; id -Gn >> " + out))));
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
        assertEquals(List.of("nobody", "daemon"), Files.readAllLines(out));
    }

    @Test
    void aNameIsLookedForOnThePath() throws Exception {
        run(1, SECOND, "true");
        assertEnded(told.ended(), 1, ScriptOutcome.EXITED, 0);
    }

    @Test
    void oneThatOthersCouldChangeIsNotRunAsRoot() throws Exception {
        String script = script("exit 0");
        Files.setAttribute(Path.of(script), "unix:mode", 0777);
        scripts.run(1, new ScriptRun("test", SECOND, "root", "", true, List.of(script)));
        Told.Ended ended = told.ended();
        assertEnded(ended, 1, ScriptOutcome.NOT_STARTED, 0);
        assertTrue(ended.detail().startsWith(script + " is writable by everybody"), ended.detail());
        scripts.run(2, new ScriptRun("test", SECOND, "nobody", "", true, List.of(script)));
        assertEnded(told.ended(), 2, ScriptOutcome.EXITED, 0);
        Files.setAttribute(Path.of(script), "unix:mode", 0755);
        scripts.run(3, new ScriptRun("test", SECOND, "root", "", true, List.of(script)));
        assertEnded(told.ended(), 3, ScriptOutcome.EXITED, 0); // looked at each time
    }

    @Test
    void threeHundredAtATime() throws Exception {
        String script = script("sleep 1");
        Set<Long> left = new TreeSet<>();
        long began = System.nanoTime();
        for (long effect = 1; effect <= MANY; effect++) {
            run(effect, 30 * SECOND, script);
            left.add(effect);
        }
        while (!left.isEmpty()) {
            Told.Ended ended = told.ended();
            assertEnded(ended, ended.effect(), ScriptOutcome.EXITED, 0);
            assertTrue(left.remove(ended.effect()));
        }
        System.out.printf("%d scripts of one second each, at a time: %d ms%n",
                MANY, (System.nanoTime() - began) / 1_000_000);
    }

    @Test
    void closingLeavesNothingBehind() throws Exception {
        Path pids = directory.resolve("pids");
        run(1, 60 * SECOND, script("trap '' TERM; sleep 100 & echo $! $$ > " + pids + "; while :; do wait; done"));
        awaitFile(pids);
        scripts.close(300);
        assertAllGone(pids);
    }

    private void assertNotStarted(String why, String user, String... arguments) throws Exception {
        scripts.run(77, new ScriptRun("test", SECOND, user, "", false, List.of(arguments)));
        Told.Ended ended = told.ended();
        assertEnded(ended, 77, ScriptOutcome.NOT_STARTED, 0);
        assertEquals(why, ended.detail());
    }

    private static void assertEnded(Told.Ended ended, long effect, ScriptOutcome outcome, int status) {
        assertEquals(List.of(effect, outcome, status), List.of(ended.effect(), ended.outcome(), ended.status()),
                ended.toString());
    }

    private static void awaitFile(Path path) throws Exception {
        while (!Files.exists(path) || Files.size(path) == 0) {
            Thread.sleep(5);
        }
    }

    private static void assertAllGone(Path pids) throws Exception {
        for (String pid : Files.readString(pids).strip().split(" ")) {
            for (int i = 0; i < 100 && runs(pid); i++) {
                Thread.sleep(10);
            }
            assertFalse(runs(pid), pid + " still runs");
        }
    }

    /** A zombie that init has not looked after yet does not. */
    private static boolean runs(String pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private void run(long effect, long timeoutNanos, String... arguments) {
        scripts.run(effect, new ScriptRun("test", timeoutNanos, "root", "", false, List.of(arguments)));
    }

    private String script(String commands) throws IOException {
        Path file = Files.createTempFile(directory, "script", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        Files.setAttribute(file, "unix:mode", 0755);
        return file.toString();
    }
}
