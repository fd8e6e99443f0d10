package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.group;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.ipv4;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** Routers that track processes. */
class ProcessTrackerTest {

    private static String process(String... lines) {
        return "vrrp_track_process p {\nprocess nginx\n" + String.join("\n", lines) + "\n}\n";
    }

    private static String tracking(String line) {
        return ipv4("track_process {\n" + line + "\n}");
    }

    private static CoreFixture running(int count, String configuration) {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.workers.run("nginx", count);
        return core.started().configured(configuration);
    }

    private static boolean isFaulty(CoreFixture core) {
        return core.state("V4") == RouterState.FAULT;
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, true", "'', 1, false", "'', 1000, false", "quorum 2, 1, true", "quorum 2, 2, false",
        "quorum_max 2, 0, true", "quorum_max 2, 2, false", "quorum_max 2, 3, true", "quorum_max 0, 0, false",
        "quorum_max 0, 1, true"})
    void quorum(String line, int count, boolean faulty) {
        CoreFixture core = running(count, process(line) + tracking("p"));
        assertEquals(faulty ? List.of(FaultReason.PROCESSES_MISSING) : List.of(), core.faults("V4"));
    }

    @Test
    void aFaultSaysHowManyRunAndHowManyMust() {
        CoreFixture core = running(1, process("quorum 2") + tracking("p"));
        CoreView.FaultView fault = core.instance("V4").faults().get(0);
        assertEquals("vrrp_track_process p: 1 runs, expected at least 2", fault.reasonText());
        assertEquals("at least 2 run for long enough", fault.clearsWhen());
        core.workers.run("nginx", 2);
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals("vrrp_track_process p: 2 run", core.instance("V4").cause());
    }

    @Test
    void reverseFaultsWhileTheyRun() {
        CoreFixture core = running(1, process() + tracking("p weight 0 reverse"));
        assertEquals(List.of(FaultReason.PROCESSES_PRESENT), core.faults("V4"));
        core.workers.run("nginx", 0);
        assertEquals(List.of(), core.pump().faults("V4"));
    }

    @ParameterizedTest
    @CsvSource({
        "weight 20, 1, 120", "weight 20, 0, 100", "weight -20, 1, 100", "weight -20, 0, 80",
        "weight 20 reverse, 1, 80", "weight -20 reverse, 0, 120", "weight 254, 1, 254", "weight -254, 0, 1"})
    void weight(String line, int count, int priority) {
        CoreFixture core = running(count, process() + tracking("p " + line));
        assertEquals(priority, core.instance("V4").effectivePriority());
        assertEquals(List.of(), core.faults("V4"), "with a weight it is never a fault");
    }

    /** Defect 18: keepalived drops other weights in a group and forgets those of processes. */
    @Test
    void aWeightedProcessBecomesAFaultOrNothingInASyncGroup() {
        CoreFixture core = running(0, "global_defs { vrrp_version 3 }\n" + process() + group("V4", "W4")
                + instance("V4", "eth0", 51, "192.0.2.10/24", "track_process {\np weight 20\n}")
                + instance("W4", "eth0", 52, "192.0.2.20/24"));
        int without = core.instance("V4").effectivePriority();
        core.workers.run("nginx", 1);
        assertEquals(without, core.pump().instance("V4").effectivePriority());
        assertEquals(100, without);
    }

    @Test
    void whatIsGainedCountsAfterForkDelay() {
        CoreFixture core = running(0, process("fork_delay 2") + tracking("p"));
        core.workers.run("nginx", 1);
        core.advance(2 * CoreFixture.SECOND - 1);
        assertEquals(true, isFaulty(core));
        assertEquals("vrrp_track_process p: 1 runs, expected at least 1, but not for long enough",
                core.instance("V4").faults().get(0).reasonText());
        core.advance(1);
        assertEquals(false, isFaulty(core));
        core.workers.run("nginx", 0);
        assertEquals(true, isFaulty(core.pump()), "terminate_delay is 0");
    }

    @Test
    void whatIsLostCountsAfterTerminateDelayUnlessItComesBack() {
        CoreFixture core = running(1, process("terminate_delay 2", "fork_delay 0.5") + tracking("p"));
        core.advance(4 * CoreFixture.SECOND);
        core.workers.run("nginx", 0);
        core.advance(1_900_000_000L);
        core.workers.run("nginx", 1);
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.workers.run("nginx", 0);
        core.advance(CoreFixture.SECOND);
        core.workers.run("nginx", 0);
        core.advance(CoreFixture.SECOND);
        assertEquals(true, isFaulty(core), "being told the same again does not begin the delay anew");
    }

    @Test
    void tooManyCountAfterForkDelayAndFewerAfterTerminateDelay() {
        CoreFixture core = running(1, process("quorum_max 1", "fork_delay 2", "terminate_delay 1") + tracking("p"));
        core.workers.run("nginx", 2);
        core.advance(2 * CoreFixture.SECOND - 1);
        assertEquals(false, isFaulty(core));
        core.advance(1);
        assertEquals(true, isFaulty(core));
        core.workers.run("nginx", 1);
        core.advance(CoreFixture.SECOND - 1);
        assertEquals(true, isFaulty(core));
        core.advance(1);
        assertEquals(false, isFaulty(core));
    }

    @Test
    void theFirstNumberCountsAtOnce() {
        CoreFixture core = running(1, process("delay 60") + tracking("p"));
        assertEquals(false, isFaulty(core));
        assertEquals(true, isFaulty(running(0, process("delay 60") + tracking("p"))));
    }

    @Test
    void beforeTheyAreCountedNobodyTakesOverAndTheWatchIsTriedAgain() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.workers.silent = true;
        core.started().configured(process() + tracking("p"));
        assertEquals(List.of(FaultReason.PROCESSES_PENDING), core.faults("V4"));
        core.workers.silent = false;
        core.workers.run("nginx", 1);
        core.advance(10 * CoreFixture.SECOND - 1);
        assertEquals(List.of(FaultReason.PROCESSES_PENDING), core.faults("V4"));
        core.advance(1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void aReloadKeepsWhatDidNotChangeAndTheStateOfWhatDid() {
        CoreFixture core = running(1, process() + tracking("p")).advance(4 * CoreFixture.SECOND).forget();
        core.configured(process() + tracking("p weight 10"));
        assertEquals(List.of(), core.all(EffectKind.WATCH_PROCESSES));
        core.workers.silent = true;
        core.configured(process("quorum 2", "delay 5") + tracking("p"));
        assertEquals(1, core.all(EffectKind.UNWATCH_PROCESSES).size());
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.workers.silent = false;
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(true, isFaulty(core), "the first number counts at once");
    }
}
