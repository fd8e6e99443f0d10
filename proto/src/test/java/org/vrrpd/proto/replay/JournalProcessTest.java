package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.journal.ChildJvm;

/** What a process with a journal does to the machine around it. */
class JournalProcessTest {

    @TempDir
    Path temp;

    /** Writes a journal without the switch that turns analytics off: leaving the jar out must be enough. */
    public static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            try (PipelineBed bed = new PipelineBed(
                    Path.of(arguments[0]), Path.of(arguments[1]), PipelineBed.SMALL)) {
                bed.put(bed.records.started());
                bed.drain();
                Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println(thread.getName()));
            }
            System.out.println("end");
        }
    }

    @Test
    void chronicleAnalyticsIsNotOnTheClassPath() {
        assertFalse(System.getProperty("java.class.path").contains("analytics"));
        for (String name : List.of("net.openhft.chronicle.analytics.Analytics",
                "net.openhft.chronicle.analytics.internal.HttpUtil")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
        }
    }

    @Test
    void writingAJournalStartsNoAnalyticsAndLeavesNothingAtHome() throws Exception {
        Path home = Files.createDirectory(temp.resolve("home"));
        List<String> command = ChildJvm.command(
                Writer.class, temp.resolve("journal").toString(), temp.resolve("ring").toString());
        command.removeIf(flag -> flag.contains("analytics.disable"));
        command.add(1, "-Duser.home=" + home);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertEquals(0, process.waitFor(), lines.toString());
        assertEquals("end", lines.get(lines.size() - 1));
        assertTrue(lines.contains("main"));
        assertTrue(lines.stream().noneMatch(line -> line.contains("analytics")), lines.toString());
        try (var left = Files.list(home)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
