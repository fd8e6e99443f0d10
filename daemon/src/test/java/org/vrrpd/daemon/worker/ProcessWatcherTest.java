package org.vrrpd.daemon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.effect.ParameterMatch;
import org.vrrpd.proto.effect.ProcessWatch;

/** Real processes, of names that nobody else has. With the proc connector where the machine has it, and by polling. */
@Timeout(60)
class ProcessWatcherTest {

    @TempDir
    private Path directory;
    private final Told told = new Told();
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final List<Process> started = new ArrayList<>();
    private ProcessWatcher processes;

    @AfterEach
    void close() throws Exception {
        processes.end(500);
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void processesThatComeAndGoAreCounted(boolean connector) throws Exception {
        begin(connector);
        String program = program("vrrpd-t-counted-long-name"); // cut by the kernel at 15 bytes
        processes.watch(new ProcessWatch(1, "vrrpd-t-counted-long-name", false, ParameterMatch.NONE, List.of()));
        assertEquals(new Told.Counted(1, 0), told.counted());
        Process first = run(program, "100");
        assertEquals(new Told.Counted(1, 1), told.counted());
        Process second = run(program, "101");
        assertEquals(new Told.Counted(1, 2), told.counted());
        first.destroy();
        assertEquals(new Told.Counted(1, 1), told.counted());
        second.destroyForcibly();
        assertEquals(new Told.Counted(1, 0), told.counted());
        assertEquals(connector ? 1 : 0, log.size(), log.toString()); // which way it is, once
        log.forEach(System.out::println);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parametersAreCompared(boolean connector) throws Exception {
        begin(connector);
        String program = program("vrrpd-t-param");
        Path commandLine = Path.of("/proc/" + run(program, "100", "200").pid() + "/cmdline");
        while (!Files.readString(commandLine).startsWith(program)) { // still what started it
            Thread.sleep(5);
        }
        assertCount(program, ParameterMatch.EXACT, 1, "100", "200");
        assertCount(program, ParameterMatch.EXACT, 0, "100");
        assertCount(program, ParameterMatch.INITIAL, 1, "100");
        assertCount(program, ParameterMatch.INITIAL, 0, "10");
        assertCount(program, ParameterMatch.PARTIAL, 1, "100", "20");
        assertCount(program, ParameterMatch.PARTIAL, 0, "100", "2000");
        assertCount(program + "-not", ParameterMatch.NONE, 0);
        assertCount(program, ParameterMatch.NONE, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aZombieIsGone(boolean connector) throws Exception {
        begin(connector);
        String program = program("vrrpd-t-zombie");
        // its parent becomes a sleep that never waits for it
        run("/bin/sh", "-c", program + " 3 & exec sleep 100");
        processes.watch(new ProcessWatch(1, "vrrpd-t-zombie", false, ParameterMatch.NONE, List.of()));
        Told.Counted counted = told.counted();
        if (counted.count() == 0) { // it was watched for before it began
            counted = told.counted();
        }
        assertEquals(new Told.Counted(1, 1), counted);
        assertEquals(new Told.Counted(1, 0), told.counted());
    }

    @Test
    void oneThatIsNotWatchedAnyMoreIsNotTold() throws Exception {
        begin(true);
        String program = program("vrrpd-t-unwatch");
        processes.watch(new ProcessWatch(1, program, false, ParameterMatch.NONE, List.of()));
        assertEquals(new Told.Counted(1, 0), told.counted());
        processes.unwatch(1);
        run(program, "100");
        told.nothingFor(1500);
        processes.watch(new ProcessWatch(2, program, false, ParameterMatch.NONE, List.of()));
        assertEquals(new Told.Counted(2, 1), told.counted());
        assertFalse(log.isEmpty());
    }

    private void assertCount(String process, ParameterMatch match, int count, String... parameters) throws Exception {
        processes.watch(new ProcessWatch(5, process, true, match, List.of(parameters)));
        assertEquals(new Told.Counted(5, count), told.counted());
        processes.unwatch(5);
    }

    private void begin(boolean connector) throws IOException {
        processes = new ProcessWatcher(new Answers(told), log::add, connector);
        processes.start();
    }

    private String program(String name) throws IOException {
        Path copy = directory.resolve(name);
        Files.copy(Path.of("/bin/sleep"), copy);
        copy.toFile().setExecutable(true);
        return copy.toString();
    }

    private Process run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }
}
