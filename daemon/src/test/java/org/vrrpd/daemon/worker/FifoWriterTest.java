package org.vrrpd.daemon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.proto.effect.FifoOpening;

/** Real pipes. Owners need root, as the namespace tests do. */
@Timeout(60)
class FifoWriterTest {

    @TempDir
    private Path directory;
    private final Told told = new Told();
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private ScriptRunner scripts;
    private FifoWriter fifos;
    private Path path;

    @BeforeEach
    void start() throws IOException {
        Files.setAttribute(directory, "unix:mode", 0755);
        path = directory.resolve("fifo");
        ScriptLauncher launcher = new ScriptLauncher();
        Answers answers = new Answers(told);
        scripts = new ScriptRunner(answers, launcher, log::add);
        fifos = new FifoWriter(answers, launcher.users(), scripts, log::add);
        scripts.start();
        fifos.start();
    }

    @AfterEach
    void close() {
        fifos.close(500);
        scripts.close(300);
    }

    @Test
    void aReaderGetsTheLinesInOrder() throws Exception {
        open(1, List.of());
        assertEquals(new Told.Result(1, 0, ""), told.result());
        for (int i = 0; i < 10; i++) {
            fifos.write(10 + i, path.toString(), "line " + i + "\n");
        }
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (int i = 0; i < 10; i++) {
                assertEquals("line " + i, reader.readLine());
            }
        }
        told.nothingFor(50);
    }

    @Test
    void itIsMadeForItsOwnerAndRemovedWhenItIsClosed() throws Exception {
        fifos.open(1, new FifoOpening(path.toString(), "nobody", "daemon", List.of(), "", "", false));
        assertEquals(0, told.result().errno());
        assertEquals("nobody", Files.getOwner(path).getName());
        assertEquals("daemon", Files.getAttribute(path, "posix:group").toString());
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        fifos.close(path.toString());
        await(() -> !Files.exists(path));
    }

    @Test
    void oneThatWasThereStaysAsItIs() throws Exception {
        new ProcessBuilder("mkfifo", "-m", "600", path.toString()).start().waitFor();
        open(1, List.of());
        assertEquals(0, told.result().errno());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        fifos.close(path.toString());
        fifos.close(500);
        assertTrue(Files.exists(path));
    }

    @Test
    void somethingElseIsNotTouchedAndTheRestIsToldOnce() throws Exception {
        Files.writeString(path, "precious");
        open(1, List.of());
        assertEquals(new Told.Result(1, Errno.EEXIST.number(), path + " is not a pipe"), told.result());
        fifos.write(2, path.toString(), "line\n");
        told.nothingFor(5500); // tried again meanwhile, without a word
        assertEquals("precious", Files.readString(path));
        Files.delete(path);
        assertEquals(new Told.Result(1, 0, ""), told.result());
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            assertEquals("line", reader.readLine());
        }
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() throws Exception {
        path = directory.resolve("no/fifo");
        open(1, List.of());
        assertEquals(new Told.Result(1, Errno.ENOENT.number(), "mkfifo " + path), told.result());
    }

    @Test
    void whenNobodyReadsTheOldestOfWhatWaitsIsLostAndTold() throws Exception {
        open(1, List.of());
        assertEquals(0, told.result().errno());
        int inPipe = 65536 / 64;
        int all = inPipe + LineQueue.MOST_LINES + 5;
        for (int i = 0; i < all; i++) {
            fifos.write(1000 + i, path.toString(), String.format("%063d\n", i));
        }
        for (int i = all - 5; i < all; i++) {
            assertEquals(new Told.Result(1000 + i, Errno.EAGAIN.number(), "write " + path), told.result());
        }
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (int i = 0; i < all - 5; i++) {
                assertEquals(i < inPipe ? i : i + 5, Integer.parseInt(reader.readLine()));
            }
        }
        told.nothingFor(50);
    }

    @Test
    void openingOneThatIsOpenIsAnswered() throws Exception {
        open(1, List.of());
        assertEquals(new Told.Result(1, 0, ""), told.result());
        fifos.write(2, path.toString(), "line\n");
        open(3, List.of());
        assertEquals(new Told.Result(3, 0, ""), told.result());
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            assertEquals("line", reader.readLine());
        }
    }

    @Test
    void oneThatIsTakenAwayIsMadeAgainForTheNextLine() throws Exception {
        open(1, List.of());
        assertEquals(0, told.result().errno());
        Files.delete(path);
        fifos.write(2, path.toString(), "line\n");
        await(() -> Files.exists(path));
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            assertEquals("line", reader.readLine());
        }
        fifos.close(path.toString());
        await(() -> !Files.exists(path));
    }

    @Test
    void aLineForAPipeThatIsNotOpenIsLost() throws Exception {
        fifos.write(5, path.toString(), "line\n");
        assertEquals(new Told.Result(5, Errno.EBADF.number(), "write " + path), told.result());
    }

    @Test
    void itsReaderIsStartedAndStartedAgainAndReadsToTheEnd() throws Exception {
        Path out = directory.resolve("out");
        Path script = directory.resolve("reader");
        Files.writeString(script, """
                #!/bin/sh
                echo "began $1 $2" >> %1$s
                while read line; do
                    echo "$line" >> %1$s
                    [ "$line" != die ] || exit 3
                done < "$2"
                echo end >> %1$s
                """.formatted(out));
        Files.setAttribute(script, "unix:mode", 0755);
        open(1, List.of(script.toString(), "word"));
        assertEquals(0, told.result().errno());
        fifos.write(2, path.toString(), "die\n");
        await(() -> log.stream().anyMatch(line -> line.contains("exited with status 3")));
        fifos.write(3, path.toString(), "last\n");
        fifos.close(path.toString());
        String began = "began word " + path;
        await(() -> Files.readString(out).equals(began + "\ndie\n")); // it was closed while nobody ran
        open(4, List.of(script.toString(), "word"));
        assertEquals(4, told.result().effect());
        fifos.write(5, path.toString(), "final\n");
        await(() -> Files.readString(out).endsWith(began + "\nfinal\n"));
        fifos.close(path.toString());
        await(() -> Files.readString(out).endsWith("final\nend\n"));
    }

    @Test
    void aReaderThatDoesNotEndIsEnded() throws Exception {
        Path pid = directory.resolve("pid");
        Path script = directory.resolve("reader");
        Files.writeString(script, "#!/bin/sh\necho $$ > " + pid + "\nexec sleep 100\n");
        Files.setAttribute(script, "unix:mode", 0755);
        open(1, List.of(script.toString()));
        assertEquals(0, told.result().errno());
        await(() -> Files.exists(pid) && Files.size(pid) > 0);
        Path process = Path.of("/proc", Files.readString(pid).strip());
        assertTrue(Files.exists(process));
        fifos.close(path.toString());
        await(() -> !Files.exists(process));
        assertFalse(Files.exists(path));
    }

    private void open(long effect, List<String> reader) {
        fifos.open(effect, new FifoOpening(path.toString(), "root", "", reader, "root", "", false));
    }

    /** Something that becomes true. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        long until = System.nanoTime() + 15_000_000_000L;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, "it did not come true");
            Thread.sleep(10);
        }
    }
}
