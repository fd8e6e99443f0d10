package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.journal.ChildJvm;

/** Seed and build decide a run to the byte: not the machine, not the process, not what it is set to. */
class SameRunTest {

    private static final long[] SEEDS = {3, 5, 8};

    /** Prints the digests of seeds. */
    static final class Digests {

        private Digests() {}

        public static void main(String[] seeds) {
            for (String seed : seeds) {
                System.out.println(SimulatedRun.of(Long.parseLong(seed)).digest());
            }
        }
    }

    @Test
    @DisplayName("a seed gives the same run again, and another seed another one")
    void twice() {
        for (long seed : SEEDS) {
            assertEquals(SimulatedRun.of(seed).digest(), SimulatedRun.of(seed).digest(), "seed " + seed);
            assertNotEquals(SimulatedRun.of(seed).digest(), SimulatedRun.of(seed + 1).digest(), "seed " + seed);
        }
    }

    @Test
    @DisplayName("in a process with another compiler, collector, hash codes, language, time zone and characters")
    void elsewhere() throws IOException {
        String[] arguments = LongStream.of(SEEDS).mapToObj(Long::toString).toArray(String[]::new);
        List<String> flags = List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu",
                "-Dfile.encoding=ISO-8859-1", "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2",
                "-XX:-UseSerialGC", "-XX:+UseParallelGC");
        try (ChildJvm other = new ChildJvm(flags, Digests.class, arguments)) {
            for (long seed : SEEDS) {
                assertEquals(Long.toString(SimulatedRun.of(seed).digest()), other.readLine(), "seed " + seed);
            }
        }
    }
}
