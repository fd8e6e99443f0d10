package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bugs that others had, and the classic ones: each, planted, is found within so many seeds. What mutants.txt says of
 * a bug that cannot exist here is for its readers.
 */
@Tag("any-jvm")
class MutantTest {

    /** More seeds than are promised, to see when a bug would be found. */
    private static final int MORE = Integer.getInteger("simulation.mutant.seeds", 0);

    /** Whether nothing fails in a run when nothing is planted. */
    private static final Map<String, Boolean> HOLDS = new ConcurrentHashMap<>();

    static Stream<Mutant> mutants() throws IOException {
        return Mutant.all().stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    @Execution(ExecutionMode.CONCURRENT)
    void isFound(Mutant mutant) throws IOException {
        long before = System.nanoTime();
        long found = 0;
        String failure = null;
        try (Planted planted = new Planted(mutant)) {
            for (long seed = 1; found == 0 && seed <= Math.max(MORE, mutant.within()); seed++) {
                LanTranscript transcript = LanTranscript.of(seed);
                failure = planted.failureOf(transcript);
                found = failure != null && holds(transcript) ? seed : 0;
            }
        }
        System.out.printf("%s: %s, %d ms%n", mutant, found == 0 ? "not found" : "seed " + found + ": " + failure,
                (System.nanoTime() - before) / 1_000_000);
        assertNotEquals(0, found, () -> "Expected one of " + mutant.within() + " seeds to find: " + mutant);
    }

    private static boolean holds(LanTranscript transcript) {
        return HOLDS.computeIfAbsent(transcript.toString(), text -> transcript.failure() == null);
    }
}
