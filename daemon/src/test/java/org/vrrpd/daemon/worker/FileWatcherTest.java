package org.vrrpd.daemon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and the kernel that watches them. */
@Timeout(60)
class FileWatcherTest {

    private static final int ID = 7;

    @TempDir
    private Path directory;
    private final Told told = new Told();
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private FileWatcher files;
    private Path path;

    @BeforeEach
    void start() throws IOException {
        path = directory.resolve("track");
        files = new FileWatcher(new Answers(told), log::add);
        files.start();
    }

    @AfterEach
    void close() {
        files.end(500);
    }

    @Test
    void whatIsThereIsToldAndThenEveryChange() throws Exception {
        Files.writeString(path, "5\n");
        watch(path);
        assertRead(true, "5\n");
        Files.writeString(path, "-17\n");
        assertRead(true, "-17\n");
        Files.delete(path);
        assertRead(false, "");
        Files.writeString(path, "6");
        assertRead(true, "6");
    }

    @Test
    void theSameAgainIsNotTold() throws Exception {
        Files.writeString(path, "5\n");
        watch(path);
        assertRead(true, "5\n");
        for (int i = 0; i < 5; i++) {
            Files.writeString(path, "5\n");
            Thread.sleep(60);
        }
        told.nothingFor(200);
    }

    @Test
    void oneThatIsEmptiedForGoodIsTold() throws Exception {
        Files.writeString(path, "5\n");
        watch(path);
        assertRead(true, "5\n");
        Files.writeString(path, "");
        assertRead(true, "");
        Files.writeString(path, "6\n");
        assertRead(true, "6\n");
    }

    @Test
    void oneThatIsBeingWrittenAnewIsNotEmpty() throws Exception {
        Files.writeString(path, "5\n");
        FileWatch watch = new FileWatch(ID, path.toString());
        assertEquals("5\n", watch.changed().content());
        Files.writeString(path, "");
        assertNull(watch.changed());
        assertTrue(watch.doubtful());
        Files.writeString(path, "5\n");
        assertNull(watch.changed());
        assertFalse(watch.doubtful());
        Files.writeString(path, "");
        assertNull(watch.changed());
        assertEquals("", watch.changed().content());
    }

    @Test
    void aFileIsReadWhenItsWriterIsDone() throws Exception {
        watch(path);
        assertRead(false, "");
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write('1');
            told.nothingFor(200);
            out.write('2');
        }
        assertRead(true, "12");
    }

    @Test
    void movesInAndOutAreSeen() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "1\n");
        watch(path);
        assertRead(false, "");
        Files.move(other, path);
        assertRead(true, "1\n");
        Files.writeString(other, "2\n");
        Files.move(other, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertRead(true, "2\n");
        Files.move(path, other);
        assertRead(false, "");
    }

    @Test
    void aDirectoryThatIsMissingIsWaitedFor() throws Exception {
        Path late = directory.resolve("a/b/track");
        watch(late);
        assertRead(false, "");
        Files.createDirectories(late.getParent());
        Files.writeString(late, "3\n");
        assertRead(true, "3\n");
        Files.writeString(late, "4\n");
        assertRead(true, "4\n");
        Files.delete(late);
        assertRead(false, "");
        Files.delete(late.getParent());
        Files.createDirectories(late.getParent());
        Files.writeString(late, "5\n");
        assertRead(true, "5\n");
    }

    @Test
    void theTargetOfALinkIsWatchedAndSoIsTheLink() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path first = Files.writeString(elsewhere.resolve("first"), "1\n");
        Path second = Files.writeString(elsewhere.resolve("second"), "2\n");
        Files.createSymbolicLink(path, first);
        watch(path);
        assertRead(true, "1\n");
        Files.writeString(first, "11\n");
        assertRead(true, "11\n");
        Files.delete(path);
        Files.createSymbolicLink(path, second);
        Told.Read read = told.read();
        if (!read.present()) { // it may have been seen between the two
            read = told.read();
        }
        assertEquals("2\n", read.content());
        Files.writeString(second, "22\n");
        assertRead(true, "22\n");
    }

    @Test
    void aDirectoryThatIsSwappedBehindALinkIsSeen() throws Exception {
        Path old = Files.createDirectory(directory.resolve("..1"));
        Path young = Files.createDirectory(directory.resolve("..2"));
        Files.writeString(old.resolve("track"), "1\n");
        Files.writeString(young.resolve("track"), "2\n");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), old);
        Files.createSymbolicLink(path, Path.of("..data/track"));
        watch(path);
        assertRead(true, "1\n");
        Path swap = Files.createSymbolicLink(directory.resolve("..swap"), young);
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertRead(true, "2\n");
    }

    @Test
    void nothingThatCouldHangIsRead() throws Exception {
        new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        watch(path);
        assertRead(false, "");
        Files.delete(path);
        Files.createSymbolicLink(path, Path.of("/dev/zero"));
        told.nothingFor(200);
        Files.delete(path);
        Files.createDirectory(path);
        told.nothingFor(200);
        Files.delete(path);
        Files.writeString(path, "1");
        assertRead(true, "1");
    }

    @Test
    void onlyTheBeginningOfAHugeFileIsRead() throws Exception {
        Files.writeString(path, "7 " + "x".repeat(1_000_000));
        watch(path);
        assertRead(true, "7 " + "x".repeat(FileWatch.HEAD_BYTES - 2));
    }

    @Test
    void aStormOfWritesBecomesAFewEventsAndTheLastIsRight() throws Exception {
        watch(path);
        assertRead(false, "");
        long began = System.nanoTime();
        for (int i = 0; i <= 5000; i++) {
            Files.writeString(i % 2 == 0 ? path : directory.resolve("other"), i + "\n");
        }
        int events = 0;
        Told.Read read;
        do {
            read = told.read();
            events++;
        } while (!read.content().equals("5000\n"));
        long most = (System.nanoTime() - began) / 50_000_000L + 2;
        assertTrue(events <= most, events + " events, expected at most " + most);
        told.nothingFor(300);
    }

    @Test
    void initFilesAreMadeOnceARun() throws Exception {
        files.watch(ID, FileWatcher.CREATE_IF_MISSING, 20, path.toString());
        assertRead(true, "20\n");
        Files.writeString(path, "21\n");
        assertRead(true, "21\n");
        files.watch(ID, FileWatcher.OVERWRITE, 20, path.toString());
        assertRead(true, "21\n");
        Path other = Files.writeString(directory.resolve("other"), "1\n");
        files.watch(ID, FileWatcher.CREATE_IF_MISSING, 5, other.toString());
        assertRead(true, "1\n");
        Path third = Files.writeString(directory.resolve("third"), "1 and more\n");
        files.watch(ID, FileWatcher.OVERWRITE, -5, third.toString());
        assertRead(true, "-5\n");
        Path linked = Files.createSymbolicLink(directory.resolve("linked"), third);
        files.watch(ID, FileWatcher.OVERWRITE, 9, linked.toString());
        assertRead(true, "-5\n");
        assertTrue(log.peek().contains("not a plain file"), log.toString());
    }

    @Test
    void manyShareADirectoryAndOneThatIsNotWatchedAnyMoreIsSilent() throws Exception {
        for (int id = 0; id < 50; id++) {
            Path file = Files.writeString(directory.resolve("f" + id), id + "\n");
            files.watch(id, 0, 0, file.toString());
            assertEquals(new Told.Read(id, true, id + "\n"), told.read());
        }
        files.unwatch(3);
        Files.writeString(directory.resolve("f3"), "x\n");
        Files.writeString(directory.resolve("f4"), "y\n");
        assertEquals(new Told.Read(4, true, "y\n"), told.read());
        told.nothingFor(200);
    }

    private void watch(Path file) {
        files.watch(ID, 0, 0, file.toString());
    }

    private void assertRead(boolean present, String content) throws Exception {
        assertEquals(new Told.Read(ID, present, content), told.read());
    }
}
