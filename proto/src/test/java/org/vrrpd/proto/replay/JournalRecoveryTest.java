package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.journal.ChildJvm;
import org.vrrpd.proto.journal.FileOpening;
import org.vrrpd.proto.journal.JournalFile;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.Records;

class JournalRecoveryTest {

    /** Where a run begins after the first was killed: behind the block of sequences that it had reserved. */
    private static final long RESERVED = 1_000_001;

    @TempDir
    Path temp;

    private PipelineBed bed() throws IOException {
        return new PipelineBed(temp.resolve("journal"), temp.resolve("ring"), PipelineBed.SMALL);
    }

    private List<FileOpening> openings() throws IOException {
        try (JournalReader reader = JournalReader.open(temp.resolve("journal"), damage -> { })) {
            return reader.files().stream().map(JournalFile::start).map(start -> start.opening()).toList();
        }
    }

    @Test
    void whatWasInTheRingComesBehindTheFormerFile() throws Exception {
        PipelineBed killed = bed();
        killed.put(killed.records.started());
        killed.netlink(10, 100);
        killed.drain();
        killed.netlink(5, 100);
        killed.kill();

        try (PipelineBed next = bed()) {
            assertEquals(RESERVED, next.firstSequence);
            assertEquals(List.of(), next.damage);
            next.put(next.records.started());
        }
        PipelineBed.Content content = PipelineBed.read(temp.resolve("journal"));
        List<Long> expected = new ArrayList<>(JournalPipelineTest.range(1, 16));
        expected.add(RESERVED);
        assertEquals(expected, content.sequences());
        assertEquals(List.of(FileOpening.RUN_STARTED, FileOpening.RECOVERED, FileOpening.RUN_STARTED), openings());
        Replay.Result result = PipelineBed.replay(temp.resolve("journal"));
        assertTrue(result.agrees());
        assertEquals(0, result.missing());
        assertEquals(0, result.unverified());
    }

    /** The journal thread writes first and then frees the ring: a kill between the two leaves records in both. */
    @Test
    void whatIsInBothIsWrittenOnce() throws Exception {
        Path ring = temp.resolve("ring");
        Path copy = temp.resolve("copy");
        PipelineBed killed = bed();
        killed.put(killed.records.started());
        killed.netlink(10, 100);
        Files.copy(ring, copy);
        killed.drain();
        killed.kill();
        Files.copy(copy, ring, StandardCopyOption.REPLACE_EXISTING);

        bed().close();
        assertEquals(JournalPipelineTest.range(1, 11), PipelineBed.read(temp.resolve("journal")).sequences());
        assertEquals(List.of(FileOpening.RUN_STARTED, FileOpening.RUN_STARTED), openings());
    }

    @Test
    void aRunThatWasOnlyInTheRingBeginsFresh() throws Exception {
        try (JournalRing ring = JournalRing.open(temp.resolve("ring"), 1 << 20)) {
            Records records = new Records(1);
            records.started().offerTo(ring);
            EventProcessor live = new EventProcessor();
            live.process(new Event().wrap(new Records(1).started().buffer, 0));
            records.deadline().digest(live.digest()).offerTo(ring);
        }
        bed().close();
        assertEquals(List.of(FileOpening.RUN_STARTED, FileOpening.RUN_STARTED), openings());
        assertEquals(0, PipelineBed.replay(temp.resolve("journal")).unverified());
    }

    @Test
    void recordsWhosePastIsGoneAreKeptAndCountAsUnverified() throws Exception {
        try (JournalRing ring = JournalRing.open(temp.resolve("ring"), 1 << 20)) {
            Records records = new Records(500);
            records.deadline().offerTo(ring);
            records.deadline().offerTo(ring);
        }
        try (PipelineBed bed = bed()) {
            assertEquals(1, bed.damage.size());
            bed.put(bed.records.started());
        }
        assertEquals(List.of(500L, 501L, 1L), PipelineBed.read(temp.resolve("journal")).sequences());
        Replay.Result result = PipelineBed.replay(temp.resolve("journal"));
        assertEquals(2, result.unverified());
        assertTrue(result.agrees());
    }

    @Test
    void sequencesGoOnAcrossRuns() throws Exception {
        for (int run = 0; run < 4; run++) {
            try (PipelineBed bed = bed()) {
                assertEquals(1 + 11 * run, bed.firstSequence);
                bed.put(bed.records.started());
                bed.netlink(10, 10);
            }
        }
        assertEquals(JournalPipelineTest.range(1, 44), PipelineBed.read(temp.resolve("journal")).sequences());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 17, 113, 501})
    void survivesKillMinusNine(int seed) throws Exception {
        Path directory = temp.resolve("journal");
        long said = 0;
        for (int kill = 0; kill < 2; kill++) {
            try (ChildJvm child = new ChildJvm(PipelineProcess.class, directory.toString(),
                    temp.resolve("ring").toString(), Integer.toString(seed))) {
                assertEquals("ready", child.readLine());
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30 + seed % 60);
                while (System.nanoTime() < until) {
                    said = Long.parseLong(child.readLine());
                }
                child.kill9();
            }
        }
        try (PipelineBed next = bed()) {
            assertTrue(next.firstSequence > said, next.firstSequence + " after " + said);
            assertEquals(List.of(), next.damage);
            next.put(next.records.started());
        }
        Replay.Result result = PipelineBed.replay(directory);
        assertTrue(result.agrees(), "seed " + seed);
        assertEquals(0, result.missing(), "seed " + seed);
        assertEquals(0, result.unverified(), "seed " + seed);
        assertEquals(1, result.firstSequence());
        List<Long> sequences = PipelineBed.read(directory).sequences();
        int breaks = 0;
        for (int i = 1; i < sequences.size(); i++) {
            assertTrue(sequences.get(i) > sequences.get(i - 1), "a sequence twice at " + sequences.get(i));
            breaks += sequences.get(i) == sequences.get(i - 1) + 1 ? 0 : 1;
        }
        assertEquals(2, breaks, "each of the two kills leaves one gap, between runs");
    }
}
