package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.event.Event;

class JournalPipelineTest {

    @TempDir
    Path temp;

    private Path directory() {
        return temp.resolve("journal");
    }

    private PipelineBed bed() throws Exception {
        return new PipelineBed(directory(), temp.resolve("ring"), PipelineBed.SMALL.withRoll(1 << 20, Long.MAX_VALUE));
    }

    static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void writesAndRollsAndReplays() throws Exception {
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            bed.netlink(30_000, 120);
            bed.drain();
        }
        PipelineBed.Content content = PipelineBed.read(directory());
        assertEquals(List.of(), content.damage());
        assertEquals(range(1, 30_001), content.sequences());
        assertTrue(content.files() > 3, "files: " + content.files());
        Replay.Result result = PipelineBed.replay(directory());
        assertTrue(result.agrees());
        assertEquals(30_001, result.inputs());
        assertEquals(0, result.unverified());
    }

    @Test
    void takesTheLargestRecordsThatTheRingTakes() throws Exception {
        try (PipelineBed bed = bed()) {
            int largest = bed.ring.maxRecordBytes() - Event.HEADER_BYTES;
            bed.put(bed.records.started());
            for (int i = 0; i < 100; i++) {
                bed.netlink(1, largest - i);
                bed.netlink(1, i);
            }
            bed.drain();
            assertTrue(bed.pipeline.state().writing(), bed.pipeline.state().reason());
            assertEquals(0, bed.pipeline.state().lost());
        }
        PipelineBed.Content content = PipelineBed.read(directory());
        assertEquals(List.of(), content.damage());
        assertEquals(range(1, 201), content.sequences());
    }

    /** Its own tools must be able to look into the files. */
    @Test
    void chronicleItselfReadsTheSameRecords() throws Exception {
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            bed.netlink(30_000, 120);
        }
        long files = PipelineBed.read(directory()).files();
        long count = 0;
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.single(directory().toFile())
                .rollCycle(LegacyRollCycles.MINUTELY).readOnly(true).build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        break;
                    }
                    count++;
                }
            }
        }
        assertEquals(30_001 + 2 * files, count);
        try (var paths = Files.list(directory())) {
            assertTrue(paths.anyMatch(path -> path.toString().endsWith(".cq4")));
        }
    }
}
