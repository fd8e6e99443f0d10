package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.simulation.SimulatedHost;
import org.vrrpd.proto.simulation.SimulatedRuns;

@DisplayName("what befalls a simulated router, written to a real journal, replays from it as it went")
class SimulatedJournalTest {

    @TempDir
    Path temp;

    /** Of one router: each event that it meets goes through ring, pipeline and shadow into files. */
    private static final class Journal implements SimulatedHost.Watcher {

        private final PipelineBed bed;
        private long met;

        Journal(PipelineBed bed) {
            this.bed = bed;
        }

        @Override
        public void onEvent(Event event) {
            met++;
            bed.records.buffer.put(Event.HEADER_BYTES, event.buffer(), event.payloadOffset(), event.payloadLength());
            bed.put(bed.records.at(event.coreNanos()).finish(event.kind(), event.payloadLength()));
        }

        @Override
        public void onEffect(Effects effects, int at) { }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 5, 8, 21})
    void replays(long seed) throws IOException {
        Path directory = temp.resolve("journal");
        long met;
        try (PipelineBed bed = new PipelineBed(directory, temp.resolve("ring"),
                PipelineBed.SMALL.withRoll(500_000, Long.MAX_VALUE))) {
            Journal journal = new Journal(bed);
            assertNull(SimulatedRuns.watched(seed, "r1", journal));
            bed.drain();
            assertEquals(List.of(), bed.differences);
            assertEquals(List.of(), bed.damage);
            met = journal.met;
        }
        Replay.Result replayed = PipelineBed.replay(directory);
        assertTrue(replayed.agrees());
        assertEquals(met, replayed.inputs());
        assertEquals(0, replayed.missing() + replayed.unverified());
    }
}
