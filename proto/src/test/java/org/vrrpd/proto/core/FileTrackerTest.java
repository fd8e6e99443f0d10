package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.Recorded;

/** Routers that track a number in a file. */
class FileTrackerTest {

    private static final String PATH = "/run/vip/number";

    private static String file(String... lines) {
        return "track_file f {\nfile " + PATH + "\n" + String.join("\n", lines) + "\n}\n";
    }

    private static String tracking(String line) {
        return ipv4("track_file {\n" + line + "\n}");
    }

    private static CoreFixture running(String content, String configuration) {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        if (content != null) {
            core.workers.written(PATH, content);
        }
        return core.started().configured(configuration);
    }

    @Test
    void itsNumberTimesTheWeightIsAdded() {
        CoreFixture core = running("3\n", file() + tracking("f"));
        assertEquals(103, core.instance("V4").effectivePriority(), "the weight is 1 unless configured");
        core.workers.written(PATH, "-0x10");
        assertEquals(84, core.pump().instance("V4").effectivePriority());
        core.workers.deleted(PATH);
        assertEquals(100, core.pump().instance("V4").effectivePriority());
    }

    @ParameterizedTest
    @CsvSource({
        "10, weight 5, 150, ", "10, weight 5 reverse, 50, ", "-10, weight -3, 130, ",
        "300, weight 1, 254, ", "100000, weight 254, 254, ", "-253, weight 1, 1, ",
        "-254, weight 1, 1, FILE_TOO_LOW", "-100000, weight 254, 1, FILE_TOO_LOW",
        "127, weight -2, 1, FILE_TOO_LOW", "254, weight 1 reverse, 1, FILE_TOO_LOW",
        "-2147483648, weight -254, 254, ", "-2147483648, weight 254 reverse, 254, ",
        "0, weight 0, 100, ", "1, weight 0, 100, FILE_NOT_ZERO", "-1, weight 0, 100, FILE_NOT_ZERO",
        "0, weight 0 reverse, 100, FILE_ZERO", "1, weight 0 reverse, 100, "})
    void arithmetic(String content, String weight, int priority, FaultReason fault) {
        CoreFixture core = running(content, file() + tracking("f " + weight));
        assertEquals(priority, core.instance("V4").effectivePriority());
        assertEquals(fault == null ? List.of() : List.of(fault), core.faults("V4"));
    }

    @Test
    void aFaultSaysTheNumberAndClearsWithIt() {
        CoreFixture core = running("0", file("weight 0") + tracking("f")).advance(4 * CoreFixture.SECOND).forget();
        core.workers.written(PATH, "7\n");
        core.pump();
        assertEquals("FAULT", core.states("V4"));
        assertEquals("track_file f is 7", core.instance("V4").faults().get(0).reasonText());
        assertEquals("track_file f is 7", core.instance("V4").cause());
        core.workers.deleted(PATH);
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals("track_file f is missing, which counts as 0", core.instance("V4").cause());
    }

    @Test
    void beforeItWasReadNobodyTakesOverAndTheWatchIsTriedAgain() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.workers.silent = true;
        core.started().configured(file("weight 0") + tracking("f"));
        assertEquals(List.of(FaultReason.FILE_PENDING), core.faults("V4"));
        core.advance(9 * CoreFixture.SECOND).forget();
        core.workers.silent = false;
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(EffectKind.UNWATCH_FILE, EffectKind.WATCH_FILE),
                core.effects.stream().map(Recorded::kind).limit(2).toList());
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    /** RFC 9568 section 6.4.1 makes the owner MASTER at once: not before it is known whether it may be. */
    @Test
    void anOwnerWhoseFileForbidsItNeverAdvertises() {
        CoreFixture core = running("1", file("weight 0")
                + ipv4("priority 255", "track_file {\nf\n}"));
        assertEquals(List.of(FaultReason.FILE_NOT_ZERO), core.faults("V4"));
        assertEquals(List.of(), core.advertisements());
    }

    @Test
    void itIsMadeAtTheStartAndNotByAReload() {
        CoreFixture core = running("5", file("init_file 7") + tracking("f"));
        assertEquals(105, core.instance("V4").effectivePriority(), "it was there");
        core = running(null, file("init_file 7") + tracking("f"));
        assertEquals(107, core.instance("V4").effectivePriority());
        core = running("5", file("init_file 7 overwrite") + tracking("f"));
        assertEquals(107, core.instance("V4").effectivePriority());

        core = running(null, ipv4());
        core.configured(file("init_file 7") + tracking("f"));
        assertEquals(100, core.instance("V4").effectivePriority());
    }

    @Test
    void aReloadKeepsWhatDidNotChange() {
        CoreFixture core = running("5", file() + tracking("f")).forget();
        core.configured(file() + tracking("f weight 2"));
        assertEquals(110, core.instance("V4").effectivePriority());
        assertEquals(List.of(), core.all(EffectKind.WATCH_FILE));
        core.configured(ipv4());
        assertEquals(100, core.instance("V4").effectivePriority());
        assertFalse(core.workers.isWatched(PATH));
    }

    @Test
    void anotherPathCountsAsTheFormerUntilItIsRead() {
        CoreFixture core = running("0", file("weight 0") + tracking("f")).advance(4 * CoreFixture.SECOND).forget();
        core.workers.silent = true;
        core.configured((file("weight 0") + tracking("f")).replace(PATH, "/run/other"));
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.workers.silent = false;
        core.workers.written("/run/other", "1");
        assertEquals(RouterState.FAULT, core.advance(10 * CoreFixture.SECOND).state("V4"));
        assertFalse(core.workers.isWatched(PATH));
        assertTrue(core.workers.isWatched("/run/other"));
    }

    @ParameterizedTest
    @CsvSource({
        "'0', 0", "'42', 42", "'-42', -42", "'+42', 42", "' \t\r\n 42\n', 42", "'42 and more', 42", "'42abc', 42",
        "'0x1F', 31", "'-0XfF', -255", "'017', 15", "'-010', -8", "'09', 0", "'0x', 0", "'0xg', 0", "'', 0",
        "'-', 0", "'+-1', 0", "'abc', 0", "'- 1', 0", "'2147483647', 2147483647", "'2147483648', 0",
        "'-2147483648', -2147483648", "'-2147483649', 0", "'0x7fffffff', 2147483647", "'0xffffffff', 0",
        "'99999999999999999999999999999', 0", "'020000000000', 0", "'1.9', 1", "'٣', 0"})
    void aNumberIsReadAsCDoes(String text, int number) {
        assertEquals(number, FileNumber.of(text));
    }
}
