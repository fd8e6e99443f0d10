package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.journal.JournalOptions;
import org.vrrpd.proto.journal.TemporaryFileSystem;

/** What disks, clocks and administrators do to a journal while it is written. */
class JournalDiskTest {

    private static final JournalOptions OFTEN = PipelineBed.SMALL.withRoll(400_000, Long.MAX_VALUE);

    @TempDir
    Path temp;

    private PipelineBed bed(Path directory, JournalOptions options) throws IOException {
        return new PipelineBed(directory, temp.resolve("ring"), options);
    }

    private static long bytes(Path directory) {
        try (var paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith(".cq4"))
                    .mapToLong(path -> path.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theOldestFilesGoWhenThereAreTooManyBytes() throws Exception {
        Path directory = temp.resolve("journal");
        long limit = 3_000_000;
        try (PipelineBed bed = bed(directory, OFTEN.withMaxBytes(limit))) {
            bed.put(bed.records.started());
            for (int i = 0; i < 60; i++) {
                bed.netlink(500, 200);
                bed.drain();
                assertTrue(bytes(directory) <= limit + 1_000_000, "bytes: " + bytes(directory));
                assertTrue(bed.pipeline.state().bytes() <= limit + 1_000_000);
            }
            assertTrue(bed.pipeline.state().writing());
        }
        PipelineBed.Content content = PipelineBed.read(directory);
        assertTrue(content.sequences().get(0) > 10_000);
        assertEquals(30_001L, content.sequences().get(content.sequences().size() - 1));
        assertTrue(content.files() >= 4, "files: " + content.files());
        Replay.Result result = PipelineBed.replay(directory);
        assertTrue(result.agrees());
        assertEquals(0, result.unverified());
    }

    @Test
    void filesRollByAge() throws Exception {
        Path directory = temp.resolve("journal");
        try (PipelineBed bed = bed(directory, PipelineBed.SMALL.withRoll(Long.MAX_VALUE, 1_000_000_000L))) {
            bed.put(bed.records.started());
            for (int i = 0; i < 3; i++) {
                bed.netlink(10, 10);
                bed.records.advance(1_000_000_000L);
            }
        }
        PipelineBed.Content content = PipelineBed.read(directory);
        assertEquals(3, content.files());
        assertEquals(JournalPipelineTest.range(1, 31), content.sequences());
    }

    @Test
    void aWallClockThatJumpsLosesAndReordersNothing() throws Exception {
        Path directory = temp.resolve("journal");
        AtomicLong wall = new AtomicLong(1_763_827_200_000_000_000L);
        long minute = 60_000_000_000L;
        long[] jumps = {0, 60 * minute, -120 * minute, minute, -600_000 * minute, 0, 600_000 * minute};
        for (long jump : jumps) {
            wall.addAndGet(jump);
            try (PipelineBed bed = bed(directory, OFTEN.withWallNanos(wall::get))) {
                bed.put(bed.records.started());
                bed.netlink(1_000, 200);
                wall.addAndGet(-30 * minute);
                bed.netlink(1_000, 200);
                wall.addAndGet(90 * minute);
                bed.netlink(1_000, 200);
            }
        }
        PipelineBed.Content content = PipelineBed.read(directory);
        assertEquals(JournalPipelineTest.range(1, 7 * 3_001), content.sequences());
        assertEquals(List.of(), content.damage());
    }

    @Test
    void aFullDiskSuspendsAndRoomResumesWithAMarkedGap() throws Exception {
        try (TemporaryFileSystem small = TemporaryFileSystem.mount(temp.resolve("small"), "3m")) {
            Path directory = small.path().resolve("journal");
            Path ballast = small.path().resolve("ballast");
            try (PipelineBed bed = bed(directory, PipelineBed.SMALL)) {
                bed.put(bed.records.started());
                bed.netlink(100, 200);
                bed.drain();
                assertTrue(bed.pipeline.state().writing());
                fill(ballast);
                bed.netlink(20_000, 200);
                bed.drain();
                assertFalse(bed.pipeline.state().writing());
                String reason = bed.pipeline.state().reason();
                assertTrue(reason.toLowerCase().contains("space"), reason);
                assertTrue(bed.pipeline.state().lost() > 0);
                for (int i = 0; i < 50; i++) {
                    bed.drain();
                }
                assertTrue(PipelineBed.read(directory).files() <= 2, "each attempt leaves a file");

                Files.delete(ballast);
                bed.drain();
                assertTrue(bed.pipeline.state().writing(), bed.pipeline.state().reason());
                bed.netlink(100, 200);
            }
            PipelineBed.Content content = PipelineBed.read(directory);
            assertEquals(List.of(), content.damage());
            assertEquals(20_201L, content.sequences().get(content.sequences().size() - 1));
            Replay.Result result = PipelineBed.replay(directory);
            assertTrue(result.agrees());
            assertEquals(20_201, result.inputs() + result.missing());
            assertTrue(result.missing() > 1_000, "missing: " + result.missing());
            assertEquals(0, result.unverified());
        }
    }

    @Test
    void aDiskThatIsFullFromTheStartDoesNotKeepTheDaemonFromStarting() throws Exception {
        try (TemporaryFileSystem small = TemporaryFileSystem.mount(temp.resolve("small"), "1m")) {
            Path directory = small.path().resolve("journal");
            Files.createDirectories(directory);
            Path ballast = small.path().resolve("ballast");
            fill(ballast);
            long first;
            try (PipelineBed bed = bed(directory, PipelineBed.SMALL)) {
                first = bed.firstSequence;
                assertFalse(bed.pipeline.state().writing());
                assertEquals(1, bed.states.size());
                bed.put(bed.records.started());
                bed.drain();
                Files.delete(ballast);
                bed.drain();
                assertTrue(bed.pipeline.state().writing(), bed.pipeline.state().reason());
                bed.netlink(5, 10);
            }
            assertEquals(
                    JournalPipelineTest.range(first + 1, first + 5), PipelineBed.read(directory).sequences());
            assertTrue(PipelineBed.replay(directory).agrees());
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(4096);
            while (true) {
                channel.write(zeros.clear());
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space"), full.getMessage());
        }
    }

    @Test
    void aDirectoryDeletedUnderItIsMadeAgain() throws Exception {
        Path directory = temp.resolve("journal");
        try (PipelineBed bed = bed(directory, PipelineBed.SMALL)) {
            bed.put(bed.records.started());
            bed.netlink(100, 100);
            bed.drain();
            try (var paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            bed.drain();
            bed.drain();
            assertTrue(bed.pipeline.state().writing(), bed.pipeline.state().reason());
            assertEquals(2, bed.states.size());
            assertTrue(bed.states.get(0).reason().contains("deleted"));
            bed.netlink(10, 100);
        }
        assertEquals(JournalPipelineTest.range(102, 111), PipelineBed.read(directory).sequences());
        Replay.Result result = PipelineBed.replay(directory);
        assertTrue(result.agrees());
        assertEquals(0, result.unverified());
    }
}
