package org.vrrpd.ctl.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.replay.Replay.Disagreement;
import org.vrrpd.proto.replay.Replay.Result;
import org.vrrpd.proto.replay.Replay.Subject;

/** Compared with files beside this class; -Dvrrpd.rewrite=DIRECTORY writes them anew, to be read before committing. */
class TextRendererTest {

    private static TextRenderer renderer(int columns, boolean colour) {
        return new TextRenderer(new Layout(ZoneOffset.UTC, columns, colour), Clock.fixed(Samples.NOW, ZoneOffset.UTC));
    }

    private static void assertGolden(String name, String actual) throws IOException {
        String rewrite = System.getProperty("vrrpd.rewrite");
        if (rewrite != null) {
            Files.createDirectories(Path.of(rewrite));
            Files.writeString(Path.of(rewrite, name + ".txt"), actual + "\n");
            return;
        }
        try (InputStream in = TextRendererTest.class.getResourceAsStream(name + ".txt")) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), actual + "\n");
        }
    }

    private static void assertFits(String text, int columns) {
        text.lines().forEach(line -> assertTrue(line.length() <= columns, line));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void statusFits(int columns) throws IOException {
        String text = renderer(columns, false).status(Samples.badAfternoon(), null);
        assertFits(text, columns);
        assertGolden("status-" + columns, text);
    }

    @Test
    void whatIsTrackedFollowsTheInstances() throws IOException {
        String text = renderer(80, false).status(Samples.tracking(), null);
        assertFits(text, 80);
        assertGolden("status-tracked", text);
    }

    @Test
    void statusOfOneInstanceIsDetailed() throws IOException {
        String text = renderer(80, false).status(Samples.badAfternoon(), "XN_VI_ipv6");
        assertFits(text, 80);
        assertGolden("status-one", text);
    }

    @Test
    void aSuspendedJournalIsLoudAndDatesAreNamed() throws IOException {
        assertGolden("status-suspended", renderer(100, false).status(Samples.healthy(), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160})
    void faultsFit(int columns) throws IOException {
        String text = renderer(columns, false).faults(Samples.faults(), Samples.NOW);
        assertFits(text, columns == 160 ? 240 : columns);
        assertGolden("faults-" + columns, text);
    }

    @Test
    void eventsLineUpAndNameTheDay() throws IOException {
        assertGolden("events", renderer(80, false).events(Samples.events(), 1204));
    }

    @Test
    void pipedOutputHasNoColourAndATerminalsHas() {
        assertFalse(renderer(120, false).status(Samples.badAfternoon(), null).contains("\u001b"));
        String coloured = renderer(120, true).status(Samples.badAfternoon(), null);
        assertTrue(coloured.contains("\u001b[1;31mFAULT\u001b[0m"), coloured);
        assertEquals(renderer(120, false).status(Samples.badAfternoon(), null),
                coloured.replaceAll("\u001b\\[[0-9;]*m", ""), "colour moves nothing");
    }

    @Test
    void aVerdictComesFirst() throws IOException {
        Result result = new Result(1_204_113, 1_100_000, 1, 0, 0, 1, 1_204_113, true, "0.1.0+3f2c1a9");
        assertGolden("replay-agrees", renderer(80, false).replay(new ReplayReport(
                Path.of("/j"), true, result, Duration.ofMillis(940), "0.1.0+3f2c1a9",
                List.of(Samples.events().get(2)), null, "", List.of(), false)));
    }

    /** A disk was full: the journal says what it lacks, and everything that is there agrees. */
    @Test
    void aDeclaredGapIsNoDamage() {
        Result result = new Result(1_000, 900, 3, 10, 0, 1, 1_000, true, "0.1.0+3f2c1a9");
        List<String> notes = List.of("records #11 to #20 are missing: lost before GAP");
        ReplayReport declared = new ReplayReport(Path.of("/j"), true, result, Duration.ofMillis(5), "0.1.0+3f2c1a9",
                List.of(), null, "", notes, false);
        ReplayReport damaged = new ReplayReport(Path.of("/j"), true, result, Duration.ofMillis(5), "0.1.0+3f2c1a9",
                List.of(), null, "", notes, true);
        assertTrue(declared.proven());
        assertFalse(damaged.proven());
        assertTrue(renderer(80, false).replay(declared).contains(notes.get(0)));
    }

    @Test
    void aDisagreementShowsBothSides() throws IOException {
        Result result = new Result(1_000, 900, 0, 0, 0, 1, 1_000, false, "0.1.0+3f2c1a9");
        Disagreement disagreement = new Disagreement(
                Subject.DIGEST, 1_001, 1_000, "/j/20261122.cq4: record 1001", "00000000000000aa", "00000000000000bb");
        ReplayReport report = new ReplayReport(Path.of("/j"), true, result, Duration.ofMillis(5), "0.1.0+other",
                List.of(), disagreement, "link eno1 lost carrier", List.of(), false);
        assertFalse(report.proven());
        assertGolden("replay-disagrees", renderer(80, false).replay(report));
    }
}
