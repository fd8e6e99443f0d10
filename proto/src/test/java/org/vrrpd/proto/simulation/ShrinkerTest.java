package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("any-jvm")
class ShrinkerTest {

    private static final int MOST_STATEMENTS = 5;
    private static final int MOST_ROUTERS = 3;

    @ParameterizedTest
    @ValueSource(strings = {
        "an address that becomes usable goes unnoticed",
        "an interface that comes back with another index is not listened on",
        "causes of FAULT are counted up and down"})
    @DisplayName("what is left of a run that fails is short, fails in the same way, and holds without the bug")
    void shrinks(String name) throws IOException {
        try (Planted planted = new Planted(Mutant.named(name))) {
            long seed = 1;
            Function<LanTranscript, String> trial = each -> {
                String failure = planted.failureOf(each);
                return failure != null && each.failure() == null ? failure : null;
            };
            while (trial.apply(LanTranscript.of(seed)) == null) {
                seed++;
            }
            LanTranscript whole = LanTranscript.of(seed);
            LanTranscript shrunk = Shrinker.shrunk(whole, trial);
            Path written = Shrinker.write(planted.told(shrunk));
            LanTranscript read = LanTranscript.parse(written.toString(), Files.readString(written));
            System.out.printf("%s: %s%n", name, read.comment().replace("\n", " "));

            assertTrue(read.scenario().statements().size() <= MOST_STATEMENTS, read::toString);
            assertTrue(read.texts().size() <= MOST_ROUTERS, read::toString);
            assertEquals(Shrinker.kind(planted.failureOf(whole)), Shrinker.kind(planted.failureOf(read)));
            assertTrue(read.timeline().contains("FAILED: "), read::timeline);
            assertNull(read.failure(), "without the bug");
        }
    }

    @Test
    @DisplayName("two failures are the same when they differ in times, numbers and names alone")
    void kinds() {
        assertEquals(
                Shrinker.kind("104.76s r8: v1 is BACKUP: Expected fe80::5:11 here if and only if MASTER, but it is"),
                Shrinker.kind("3s r1: v2 is BACKUP: Expected 10.0.1.5 here if and only if MASTER, but it was"));
        assertTrue(!Shrinker.kind("3s r1: v2 is BACKUP: Expected armed").equals(
                Shrinker.kind("3s r1: v2 is MASTER: Expected armed")));
    }

    @Test
    @DisplayName("a run that does not fail cannot be made shorter")
    void holds() {
        LanTranscript transcript = LanTranscript.of(1);
        assertThrows(IllegalArgumentException.class, () -> Shrinker.shrunk(transcript, any -> null));
    }

    @Test
    @DisplayName("what is written is what is read")
    void roundTrip() {
        LanTranscript transcript = LanTranscript.of(3).withComment("# a story\n");
        assertEquals(transcript, LanTranscript.parse("test", transcript.toString()));
        assertThrows(IllegalArgumentException.class, () -> LanTranscript.parse("test", "--- seed\n1\n"));
    }
}
