package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.ChildJvm;
import org.vrrpd.proto.journal.Damage;
import org.vrrpd.proto.journal.JournalFile;
import org.vrrpd.proto.journal.JournalOptions;
import org.vrrpd.proto.journal.JournalReader;

class JournalReadingTest {

    private static final JournalOptions OFTEN = PipelineBed.SMALL.withRoll(300_000, Long.MAX_VALUE);
    private static final int RECORDS = 6_001;

    @TempDir
    Path temp;
    private Path directory;

    @BeforeEach
    void write() throws Exception {
        directory = temp.resolve("journal");
        try (PipelineBed bed = new PipelineBed(directory, temp.resolve("ring"), OFTEN)) {
            bed.put(bed.records.started());
            bed.netlink(RECORDS - 1, 200);
        }
    }

    private List<JournalFile> files() throws IOException {
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            return reader.files();
        }
    }

    private static void overwrite(Path file, long at, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    /** Where the header of the n-th record of a file is; record 0 is FILE_STARTED. */
    private static long headerOf(Path file, int record) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        int seen = 0;
        while (true) {
            int header = in.getInt(at);
            if ((header & 0x4000_0000) == 0 && seen++ == record) {
                return at;
            }
            at += 4 + ((header & 0x3FFF_FFFF) + 3 & ~3);
        }
    }

    /** The first file is damaged: how much of it is read, and that all later files are. */
    private PipelineBed.Content assertLaterFilesAreRead(int readOfFirst, String found) throws IOException {
        long second = files().get(1).sequence();
        PipelineBed.Content content = PipelineBed.read(directory);
        assertEquals(1, content.damage().size());
        assertTrue(content.damage().get(0).toString().contains(found), content.damage().toString());
        assertTrue(content.damage().get(0).toString().contains(".cq4: record "), content.damage().toString());
        List<Long> expected = new ArrayList<>(JournalPipelineTest.range(1, readOfFirst));
        expected.addAll(JournalPipelineTest.range(second + 1, RECORDS));
        assertEquals(expected, content.sequences());
        Replay.Result result = PipelineBed.replay(directory);
        assertTrue(result.agrees());
        assertEquals(second - readOfFirst, result.missing());
        assertEquals(0, result.unverified());
        return content;
    }

    @Test
    void flippedBytesAreFound() throws Exception {
        Path first = files().get(0).path();
        overwrite(first, headerOf(first, 102) + 80, (byte) 0x55, (byte) 0xAA);
        assertLaterFilesAreRead(100, "expected checksum");
    }

    @Test
    void aZeroedHeaderIsFound() throws Exception {
        Path first = files().get(0).path();
        overwrite(first, headerOf(first, 52), (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        assertLaterFilesAreRead(50, "data follows");
    }

    @Test
    void aZeroedHeaderInTheLastFileIsFound() throws Exception {
        List<JournalFile> files = files();
        Path last = files.get(files.size() - 1).path();
        overwrite(last, headerOf(last, 12), (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        PipelineBed.Content content = PipelineBed.read(directory);
        assertEquals(1, content.damage().size());
        assertTrue(content.damage().get(0).found().contains("data follows"));
        long lastRead = content.sequences().get(content.sequences().size() - 1);
        assertEquals(files.get(files.size() - 1).sequence() + 10, lastRead);
    }

    /** Chronicle writes a record's header last: a writer killed before leaves the bytes without it. */
    @Test
    void theBytesOfOneRecordWithoutItsHeaderAreTheEnd() throws Exception {
        Path torn = temp.resolve("torn.cq4");
        byte[] bytes = Files.readAllBytes(files().get(0).path());
        int header = (int) headerOf(files().get(0).path(), 12);
        int behind = (int) headerOf(files().get(0).path(), 13);
        Arrays.fill(bytes, header, header + 4, (byte) 0);
        Arrays.fill(bytes, behind, bytes.length, (byte) 0);
        Files.write(torn, bytes);
        List<Damage> damage = new ArrayList<>();
        int records = 0;
        try (JournalReader reader = JournalReader.open(torn, damage::add)) {
            while (reader.next(new Event())) {
                records++;
            }
        }
        assertEquals(List.of(), damage);
        assertTrue(records > 0);
    }

    @Test
    void aWrongLengthIsFound() throws Exception {
        Path first = files().get(0).path();
        overwrite(first, headerOf(first, 22), (byte) 9, (byte) 0, (byte) 0, (byte) 0);
        assertLaterFilesAreRead(20, "expected the length of a record");
    }

    @Test
    void aCutFileIsFound() throws Exception {
        Path first = files().get(0).path();
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.WRITE)) {
            channel.truncate(headerOf(first, 42) + 100);
        }
        assertLaterFilesAreRead(40, "it was cut");
    }

    @Test
    void aFileCutBetweenTwoRecordsIsFound() throws Exception {
        Path first = files().get(0).path();
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.WRITE)) {
            channel.truncate(headerOf(first, 42));
        }
        assertLaterFilesAreRead(40, "it was cut");
    }

    @Test
    void aFileOfRandomBytesIsFoundAndTheOthersAreRead() throws Exception {
        byte[] noise = new byte[5_000];
        new java.util.Random(4).nextBytes(noise);
        Path second = files().get(1).path();
        long third = files().get(2).sequence();
        Files.write(second, noise);
        PipelineBed.Content content = PipelineBed.read(directory);
        assertTrue(content.sequences().containsAll(JournalPipelineTest.range(third + 1, RECORDS)));
        assertTrue(PipelineBed.replay(directory).missing() > 0);
    }

    @Test
    void aMissingFileIsACountedGap() throws Exception {
        List<JournalFile> files = files();
        Files.delete(files.get(1).path());
        Replay.Result result = PipelineBed.replay(directory);
        assertTrue(result.agrees());
        assertEquals(files.get(2).sequence() - files.get(1).sequence(), result.missing());
        assertEquals(0, result.unverified());
    }

    /** Nothing of Chronicle's own is needed to read: a copied file is all there is. */
    @Test
    void oneCopiedFileReplaysAlone() throws Exception {
        JournalFile middle = files().get(2);
        Path copy = Files.createDirectory(temp.resolve("copy"));
        Files.copy(middle.path(), copy.resolve(middle.path().getFileName()));
        for (Path path : List.of(copy, middle.path())) {
            Replay.Result result = PipelineBed.replay(path);
            assertTrue(result.agrees());
            assertEquals(middle.sequence() + 1, result.firstSequence());
            assertEquals(files().get(3).sequence(), result.lastSequence());
            assertEquals(0, result.unverified());
        }
    }

    @Test
    void seeksToAFileBySequence() throws Exception {
        JournalFile third = files().get(2);
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            Event event = new Event();
            reader.seekToSequence(third.sequence() + 5);
            assertTrue(reader.next(event));
            assertEquals(EventKind.FILE_STARTED, event.kind());
            assertEquals(third.sequence(), event.sequence());
        }
    }

    @Test
    void anotherUserReadsAReadOnlyCopy() throws Exception {
        Path copy = temp.resolve("copy");
        Files.createDirectory(copy);
        for (JournalFile file : files()) {
            Path target = copy.resolve(file.path().getFileName());
            Files.copy(file.path(), target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--r--r--"));
        }
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(ChildJvm.command(ReplayProcess.class, copy.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertEquals(RECORDS + " true", process.inputReader().readLine());
        assertEquals(0, process.waitFor());
    }

    @Test
    void followsALiveJournalAcrossItsFiles() throws Exception {
        List<Long> seen = new ArrayList<>();
        Event event = new Event();
        try (PipelineBed bed = new PipelineBed(directory, temp.resolve("ring"), OFTEN);
                JournalReader reader = JournalReader.open(directory, damage -> seen.add(-1L))) {
            bed.put(bed.records.started());
            for (int i = 0; i < 400; i++) {
                bed.netlink(17, 200);
                bed.drain();
                while (reader.next(event)) {
                    if (event.kind().role() == EventKind.Role.INPUT) {
                        seen.add(event.sequence());
                    }
                }
                assertEquals(bed.records.nextSequence() - 1, seen.get(seen.size() - 1));
            }
            assertFalse(reader.next(event));
        }
        assertEquals(JournalPipelineTest.range(1, RECORDS + 1 + 400 * 17), seen);
    }
}
