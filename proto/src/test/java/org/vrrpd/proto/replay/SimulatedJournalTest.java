package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.simulation.SimulatedHost;
import org.vrrpd.proto.simulation.SimulatedRuns;

/**
 * The journals stay in target/simulated-journals. {@code -Dsimulation.journals=DIRECTORY} names those of another run,
 * as on another JVM, which must replay here too.
 */
@DisplayName("what befalls a simulated router, written to a real journal, replays from it as it went")
class SimulatedJournalTest {

    private static final Path OWN = Path.of("target/simulated-journals");
    private static final Path OTHERS = Path.of(System.getProperty("simulation.journals", OWN.toString()));

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
        Path directory = OWN.resolve("seed-" + seed);
        clear(directory);
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
        for (Path journal : new LinkedHashSet<>(List.of(directory, OTHERS.resolve(directory.getFileName())))) {
            Replay.Result replayed = PipelineBed.replay(journal);
            assertTrue(replayed.agrees(), journal::toString);
            assertEquals(met, replayed.inputs(), journal::toString);
            assertEquals(0, replayed.missing() + replayed.unverified(), journal::toString);
        }
    }

    private static void clear(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
