package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.JournalReader;

/** Differences between what ran and what the journal says must be found, live and offline. */
class ShadowTest {

    @TempDir
    Path temp;
    private Path directory;
    private final List<Replay.Disagreement> found = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    @BeforeEach
    void nameDirectory() {
        directory = temp.resolve("journal");
    }

    private PipelineBed bed() throws IOException {
        return new PipelineBed(directory, temp.resolve("ring"), PipelineBed.SMALL);
    }

    private Replay.Result replay(boolean goOn) throws IOException {
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            return Replay.run(reader, Replay.Until.END, new Replay.Listener() {
                @Override
                public boolean onDisagreement(Replay.Disagreement disagreement) {
                    found.add(disagreement);
                    return goOn;
                }

                @Override
                public void onMissing(long from, long to, boolean declared, String why) {
                    missing.add(from + "-" + to + " " + why);
                }
            });
        }
    }

    @Test
    void aWrongDigestIsReportedOnceLiveAndAtItsRecordInReplay() throws Exception {
        long[] good = new long[1];
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            bed.netlink(4, 10);
            good[0] = bed.live.digest();
            bed.lie = 0xBAD;
            bed.put(bed.records.deadline());
            bed.put(bed.records.deadline());
            bed.lie = 0xBAD2;
            bed.put(bed.records.deadline());
            bed.drain();
            assertEquals(List.of(6L), bed.differences);
        }
        Replay.Result stopped = replay(false);
        assertFalse(stopped.agrees());
        assertEquals(1, found.size());
        assertEquals(6, found.get(0).sequence());
        assertEquals(5, found.get(0).inputSequence());
        assertEquals(Replay.Subject.DIGEST, found.get(0).subject());
        assertEquals(String.format("%016x", good[0]), found.get(0).expected());
        assertEquals(String.format("%016x", good[0] ^ 0xBAD), found.get(0).found());
        found.clear();
        Replay.Result whole = replay(true);
        assertFalse(whole.agrees());
        assertEquals(List.of(6L, 8L), found.stream().map(Replay.Disagreement::sequence).toList());
        assertEquals(8, whole.lastSequence());
    }

    @Test
    void aDerivedRecordThatNoEffectImpliesIsFound() throws Exception {
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            int length = new Reports.Note(NoteKind.STALLED, "", "", "5 s", 1)
                    .write(bed.records.buffer, Event.HEADER_BYTES);
            bed.put(bed.records.finish(EventKind.NOTE, length));
            bed.put(bed.records.deadline());
        }
        assertFalse(replay(false).agrees());
        assertEquals(Replay.Subject.DERIVED, found.get(0).subject());
        assertEquals(2, found.get(0).sequence());
        assertEquals("no derived record", found.get(0).expected());
    }

    @Test
    void aFullRingIsAGapFromWhichTheProtocolThreadsSnapshotLeadsOut() throws Exception {
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            bed.netlink(10, 10);
            for (int i = 0; i < 100; i++) {
                bed.live.process(new Event().wrap(bed.records.deadline().buffer, 0));
            }
            bed.put(bed.records.gap(100, "the ring was full"));
            bed.put(bed.records.snapshot(bed.live.core().snapshot()));
            bed.netlink(10, 10);
            bed.drain();
            assertEquals(List.of(), bed.differences);
        }
        Replay.Result result = replay(false);
        assertTrue(result.agrees(), found.toString());
        assertEquals(100, result.missing());
        assertEquals(List.of("12-111 lost before GAP"), missing);
        assertEquals(0, result.unverified());
        assertEquals(21, result.inputs());
    }

    @Test
    void aRecordMissingWithoutAGapIsToldAndWhatFollowsIsNotVerified() throws Exception {
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            bed.put(bed.records.skip(1).deadline());
            bed.put(bed.records.deadline());
        }
        Replay.Result result = replay(false);
        assertEquals(List.of("2-2 lost or damaged"), missing);
        assertEquals(2, result.unverified());
    }

    @Test
    void untilStopsAtASequenceAndAtATime() throws Exception {
        try (PipelineBed bed = bed()) {
            bed.put(bed.records.started());
            bed.netlink(9, 10);
        }
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            Replay.Result result = Replay.run(reader, new Replay.Until(4, Long.MAX_VALUE), new Replay.Listener() {});
            assertEquals(4, result.lastSequence());
        }
        long[] wallOfFifth = new long[1];
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            Replay.run(reader, Replay.Until.END, new Replay.Listener() {
                @Override
                public void onRecord(Event record, String position) {
                    if (record.sequence() == 5) {
                        wallOfFifth[0] = record.wallNanos();
                    }
                }
            });
        }
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            Replay.Until until = new Replay.Until(Long.MAX_VALUE, wallOfFifth[0]);
            assertEquals(5, Replay.run(reader, until, new Replay.Listener() {}).lastSequence());
        }
    }

    @Test
    void everyKindOfRecordComesBackByteForByte() throws Exception {
        List<byte[]> written = new ArrayList<>();
        try (PipelineBed bed = bed()) {
            for (EventKind kind : EventKind.values()) {
                int length = kind.number() * 7 % 300;
                if (kind == EventKind.FILE_STARTED || kind == EventKind.SNAPSHOT_PART) {
                    continue;
                }
                for (int i = 0; i < length; i++) {
                    bed.records.buffer.put(Event.HEADER_BYTES + i, (byte) (kind.number() + i));
                }
                bed.offer(bed.records.finish(kind, length));
                byte[] copy = new byte[bed.records.length()];
                bed.records.buffer.get(0, copy);
                written.add(copy);
            }
            List<byte[]> seen = new ArrayList<>();
            bed.pipeline.subscribe((buffer, offset, length) -> {
                byte[] copy = new byte[length];
                buffer.get(offset, copy);
                seen.add(copy);
            });
            bed.drain();
            assertSame(written, seen);
        }
        List<byte[]> read = new ArrayList<>();
        Event event = new Event();
        try (JournalReader reader = JournalReader.open(directory, damage -> { })) {
            while (reader.next(event)) {
                byte[] copy = new byte[event.recordLength()];
                event.buffer().get(event.recordOffset(), copy);
                read.add(copy);
            }
        }
        assertSame(written, read.subList(2, read.size()));
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }
}
