package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs src/test/resources/lans, each a {@link LanTranscript}: whatever must hold does, and everybody does what the
 * timeline tells. {@code -Dscenarios.rewrite=true} writes what they did now into the files; read the diff before it is
 * kept. A text that the shrinker wrote can be put there as it is, once the bug that it shows is corrected. A comment
 * such as {@code # planted: NAME} names a mutant with which it must fail.
 */
class LanTranscriptTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/lans");

    private static final String PLANTED = "# planted: ";

    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)))
                    .toList();
        }
    }

    private static void run(Path file) throws IOException {
        String expected = Files.readString(file);
        LanTranscript transcript = LanTranscript.parse(file.getFileName().toString(), expected);
        String found = transcript.told().toString();
        assertNull(transcript.failure());
        for (String line : transcript.comment().split("\n")) {
            if (line.startsWith(PLANTED)) {
                failsWith(Mutant.named(line.substring(PLANTED.length())), transcript);
            }
        }
        if (Boolean.getBoolean("scenarios.rewrite")) {
            Files.writeString(file, found);
        } else {
            assertEquals(expected, found);
        }
    }

    private static void failsWith(Mutant mutant, LanTranscript transcript) throws IOException {
        try (Planted planted = new Planted(mutant)) {
            assertNotNull(planted.failureOf(transcript), () -> "Expected a failure with: " + mutant);
        }
    }
}
