package org.vrrpd.proto.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs src/test/resources/scenarios: blocks of a command, a line of four dashes and what followed, parted by empty
 * lines. {@code -Dscenarios.rewrite=true} writes what followed now into the files; read the diff before it is kept.
 */
class ScenarioTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/scenarios");
    private static final String DASHES = "----";

    @TestFactory
    List<DynamicTest> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)))
                    .toList();
        }
    }

    private static void run(Path file) throws IOException {
        String expected = Files.readString(file);
        String found = transcript(expected);
        if (Boolean.getBoolean("scenarios.rewrite")) {
            Files.writeString(file, found);
        } else {
            assertEquals(expected, found);
        }
    }

    private static String transcript(String text) {
        StringBuilder out = new StringBuilder();
        ScenarioRun run = new ScenarioRun();
        for (String block : text.strip().split("\n\n+")) {
            List<String> command = new ArrayList<>();
            out.append(out.isEmpty() ? "" : "\n");
            boolean isCommand = false;
            for (String line : block.split("\n")) {
                if (line.equals(DASHES)) {
                    break;
                }
                out.append(line).append('\n');
                if (!line.startsWith("#")) {
                    isCommand = true;
                    command.add(line);
                }
            }
            if (isCommand) {
                out.append(DASHES).append('\n').append(run.execute(command));
            }
        }
        return out.toString();
    }
}
