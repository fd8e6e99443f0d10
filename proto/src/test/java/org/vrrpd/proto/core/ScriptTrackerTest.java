package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.group;
import static org.vrrpd.proto.core.Configurations.instance;
import static org.vrrpd.proto.core.Configurations.ipv4;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.Recorded;

/** Routers that track scripts. */
class ScriptTrackerTest {

    private static final String A = "vrrp_script a";
    private static final String B = "vrrp_script b";
    private static final long MASTER_DOWN = 3_609_375_000L;

    static String script(String name, String... lines) {
        return "vrrp_script " + name + " {\nscript \"/bin/" + name + "\"\n" + String.join("\n", lines) + "\n}\n";
    }

    private static String tracking(String... lines) {
        return ipv4("track_script {\n" + String.join("\n", lines) + "\n}");
    }

    /** Not started yet, with a working eth0. */
    private static CoreFixture onEth0() {
        CoreFixture core = new CoreFixture();
        core.kernel.linkReady("eth0", "192.0.2.2/24", "fe80::2/64");
        return core;
    }

    private static CoreFixture running(String configuration) {
        return onEth0().started().configured(configuration);
    }

    private static List<Long> starts(CoreFixture core, String purpose, long from) {
        return core.workers.runs.stream().filter(run -> run.script().purpose().equals(purpose))
                .map(run -> run.startedNanos() - from).toList();
    }

    @Test
    void runsAtOnceAndThenAtEveryIntervalFromThatStart() {
        CoreFixture core = onEth0();
        long start = core.now;
        core.workers.exits(A, 0);
        core.started().configured(script("a", "interval 2") + tracking("a"));
        assertEquals(List.of(0L), starts(core, A, start));
        core.advance(5 * CoreFixture.SECOND);
        assertEquals(List.of(0L, 2 * CoreFixture.SECOND, 4 * CoreFixture.SECOND), starts(core, A, start));
        assertEquals(List.of("/bin/a"), core.workers.runs.get(0).script().arguments());
        assertEquals(2 * CoreFixture.SECOND, core.workers.runs.get(0).script().timeoutNanos());
    }

    @Test
    void aPauseOfTheProcessDoesNotShiftTheGridAndMakesNoBurst() {
        CoreFixture core = onEth0();
        long start = core.now;
        core.workers.exits(A, 0);
        core.started().configured(script("a", "interval 2") + tracking("a"));
        core.slept(7_500_000_000L).advance(CoreFixture.SECOND);
        assertEquals(List.of(0L, 7_500_000_000L, 8 * CoreFixture.SECOND), starts(core, A, start));
    }

    @Test
    void aRunDueWhileTheLastIsActiveIsLeftOutAndToldNowAndThen() {
        CoreFixture core = running(script("a", "interval 1", "timeout 100") + tracking("a")).forget();
        long start = core.now;
        core.advance(10_500_000_000L);
        assertEquals(1, core.workers.runs.size());
        assertEquals(1, core.count(NoteKind.SCRIPT_SKIPPED));
        core.workers.exited(A, 0);
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(0L, 11 * CoreFixture.SECOND), starts(core, A, start));
    }

    @Test
    void withoutResultItIsANamedFaultThatTheFirstSuccessClears() {
        CoreFixture core = running(script("a", "rise 3", "fall 3") + tracking("a"));
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertEquals(List.of(FaultReason.SCRIPT_PENDING), core.faults("V4"));
        assertEquals("vrrp_script a has no result yet", core.instance("V4").faults().get(0).reasonText());
        core.workers.exited(A, 0);
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(List.of(), core.faults("V4"));
        assertEquals("vrrp_script a succeeded", core.instance("V4").cause());
        core.advance(MASTER_DOWN);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void theFirstFailureCountsAtOnceAndTheFaultSaysWhatClearsIt() {
        CoreFixture core = running(script("a", "rise 2", "fall 3") + tracking("a"));
        core.workers.exited(A, 3);
        core.pump();
        assertEquals(List.of(FaultReason.SCRIPT_FAILED), core.faults("V4"));
        CoreView.FaultView fault = core.instance("V4").faults().get(0);
        assertEquals("vrrp_script a failed: exited with status 3", fault.reasonText());
        assertEquals("it succeeds 2 times in a row", fault.clearsWhen());
        core.workers.exits(A, 0);
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertEquals("vrrp_script a failed: exited with status 3", core.instance("V4").faults().get(0).reasonText(),
                "what it failed with, though the last run succeeded");
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void aMasterFailsAfterFallFailures() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.started().configured(script("a", "rise 2", "fall 3") + tracking("a")).advance(5 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.workers.exits(A, 1);
        core.advance(2 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.forget().advance(CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertEquals("+SCRIPT_FAILED", core.faultReports("V4"));
        assertEquals(1, core.count(NoteKind.TRACKER_FAILED));
    }

    /** Defect 3: keepalived forgets init_fail of a script that is tracked. */
    @Test
    void initFailNeedsRiseSuccesses() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.started().configured(script("a", "rise 3", "init_fail") + tracking("a"));
        assertEquals(List.of(FaultReason.SCRIPT_FAILED), core.faults("V4"));
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.FAULT, core.state("V4"));
        core.advance(CoreFixture.SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void whateverIsNotStatusZeroIsAFailure() {
        CoreFixture core = running(script("a", "timeout 0.5") + tracking("a"));
        core.workers.signalled(A, 11);
        core.pump();
        assertEquals("vrrp_script a failed: was ended by signal 11", core.instance("V4").faults().get(0).reasonText());
        core.advance(CoreFixture.SECOND);
        core.workers.notStarted(A, "/bin/a does\nnot exist");
        core.pump();
        assertEquals("vrrp_script a failed: was not started: /bin/a does not exist",
                core.instance("V4").faults().get(0).reasonText());
        core.advance(1_500_000_000L);
        core.workers.timedOut(A);
        core.pump();
        assertEquals("vrrp_script a failed: took longer than 0.5 s",
                core.instance("V4").faults().get(0).reasonText());
        core.workers.exited(A, 0);
        core.pump();
        assertEquals(RouterState.FAULT, core.state("V4"), "its end is no success: it came too late");
    }

    @Test
    void oneThatCannotBeEndedCountsOnceAndHoldsUpItselfAlone() {
        CoreFixture core = onEth0();
        core.workers.exits(B, 0);
        core.started().configured(script("a", "fall 2") + script("b") + tracking("a", "b"));
        core.workers.exited(A, 0);
        core.advance(2 * CoreFixture.SECOND);
        core.workers.timedOut(A);
        core.advance(60 * CoreFixture.SECOND);
        assertEquals(2, starts(core, A, 0).size());
        assertEquals(63, starts(core, B, 0).size());
        assertEquals(RouterState.MASTER, core.state("V4"), "one failure of two");
        core.workers.exited(A, 0);
        core.workers.exits(A, 1);
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SCRIPT_FAILED), core.faults("V4"));
    }

    @Test
    void oneThatIsNotGoneAfterAnHourIsRunAgain() {
        CoreFixture core = running(script("a") + tracking("a"));
        core.advance(CoreFixture.SECOND);
        core.workers.timedOut(A);
        core.advance(3600 * CoreFixture.SECOND - 1);
        assertEquals(1, starts(core, A, 0).size());
        core.advance(1);
        assertEquals(2, starts(core, A, 0).size());
        assertEquals(1, core.count(NoteKind.SCRIPT_ABANDONED));
    }

    @Test
    void anAnswerThatNeverComesIsNotWaitedForForEver() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.started().configured(script("a") + tracking("a")).advance(5 * CoreFixture.SECOND);
        core.workers.waits(A);
        core.workers.unkillable = true;
        core.advance(40 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"), "whoever was to answer may have slept");
        core.advance(31 * CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SCRIPT_FAILED), core.faults("V4"));
        core.workers.exits(A, 0);
        core.advance(2 * CoreFixture.SECOND);
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    @Test
    void weightsCountWhileWellOrWhileFailedAndNotBeforeTheFirstResult() {
        CoreFixture core = running(script("a", "weight 20") + script("b", "weight -30") + tracking("a", "b"));
        assertEquals(100, core.instance("V4").effectivePriority());
        assertEquals(RouterState.BACKUP, core.state("V4"), "a script with a weight is not waited for");
        core.workers.exited(A, 0);
        core.workers.exited(B, 0);
        core.pump();
        assertEquals(120, core.instance("V4").effectivePriority());
        core.workers.exits(A, 1);
        core.workers.exits(B, 1);
        core.advance(CoreFixture.SECOND);
        assertEquals(70, core.instance("V4").effectivePriority());
    }

    @Test
    void reverseNegatesAWeightAndTurnsAFaultAround() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.workers.exits(B, 0);
        core.started().configured(
                script("a") + script("b") + tracking("a weight 20 reverse", "b weight 0 reverse"));
        assertEquals(80, core.instance("V4").effectivePriority());
        assertEquals(List.of(FaultReason.SCRIPT_SUCCEEDED), core.faults("V4"));
        assertEquals("it fails", core.instance("V4").faults().get(0).clearsWhen());
        core.workers.exits(B, 1);
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(), core.faults("V4"));
    }

    /** Defect 15: keepalived ignores reverse when it looks at a script after a reload. */
    @Test
    void reverseHoldsAcrossAReload() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.started().configured(script("a") + tracking("a weight 20 reverse"));
        core.configured(script("a") + tracking("a weight 20 reverse", "").replace("priority 100", "priority 110"));
        assertEquals(90, core.instance("V4").effectivePriority());
    }

    /** Section 1.7, 9: in keepalived a's recovery is lost while b has no result, and with it the instance. */
    @Test
    void recoveryIsNotLostWhileAnotherHasNoResult() {
        CoreFixture core = running(script("a") + script("b", "timeout 100") + tracking("a", "b"));
        core.workers.exited(A, 1);
        core.pump();
        assertEquals(List.of(FaultReason.SCRIPT_FAILED, FaultReason.SCRIPT_PENDING), core.faults("V4"));
        core.workers.exits(A, 0);
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SCRIPT_PENDING), core.faults("V4"));
        core.workers.exited(B, 0);
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
    }

    /** The same across the members of a sync group. */
    @Test
    void recoveryIsNotLostWhileAnotherOfTheGroupHasNoResult() {
        CoreFixture core = running("global_defs { vrrp_version 3 }\n" + script("a") + script("b", "timeout 100")
                + group("V4", "W4")
                + instance("V4", "eth0", 51, "192.0.2.10/24", "track_script { a }")
                + instance("W4", "eth0", 52, "192.0.2.20/24", "track_script { b }"));
        core.workers.exited(A, 1);
        core.pump();
        core.workers.exits(A, 0);
        core.advance(CoreFixture.SECOND);
        assertEquals(List.of(FaultReason.SYNC_GROUP), core.faults("V4"));
        core.workers.exited(B, 0);
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(RouterState.BACKUP, core.state("W4"));
    }

    @Test
    void aGroupsScriptIsRunOnceForAllMembers() {
        CoreFixture core = running(script("a") + dualStack().replace("vrrp_sync_group G {",
                "vrrp_sync_group G { track_script { a } "));
        assertEquals(1, core.workers.runs.size());
        core.workers.exited(A, 1);
        core.pump();
        assertEquals(List.of(FaultReason.SCRIPT_FAILED), core.faults("V4").stream().limit(1).toList());
        assertEquals(List.of(FaultReason.SCRIPT_FAILED), core.faults("V6").stream().limit(1).toList());
    }

    @Test
    void aReloadThatDoesNotChangeItKeepsResultRunAndTimer() {
        CoreFixture core = onEth0();
        long start = core.now;
        core.workers.exits(A, 0);
        core.started().configured(script("a", "interval 2") + tracking("a")).advance(5 * CoreFixture.SECOND);
        core.workers.waits(A);
        core.advance(CoreFixture.SECOND).forget();
        core.configured(script("a", "interval 2") + script("b") + tracking("a", "b weight 10"));
        assertEquals(List.of(), core.all(EffectKind.STOP_SCRIPT));
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.workers.exits(A, 0);
        core.advance(2 * CoreFixture.SECOND);
        assertEquals(List.of(0L, 2L, 4L, 6L, 8L),
                starts(core, A, start).stream().map(each -> each / CoreFixture.SECOND).toList());
    }

    @Test
    void anotherCommandKeepsTheResultUntilItsOwnFirst() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.started().configured(script("a", "fall 3") + tracking("a")).advance(5 * CoreFixture.SECOND);
        core.workers.waits(A);
        core.advance(CoreFixture.SECOND).forget();
        assertTrue(core.workers.isRunning(A));
        core.configured((script("a", "fall 3") + tracking("a")).replace("/bin/a", "/bin/other"));
        assertEquals(1, core.all(EffectKind.STOP_SCRIPT).size());
        assertEquals(List.of("/bin/other"), core.workers.running(A).script().arguments());
        assertEquals(RouterState.MASTER, core.state("V4"));
        core.workers.exited(A, 1);
        core.pump();
        assertEquals(RouterState.FAULT, core.state("V4"));
    }

    @Test
    void oneThatNobodyTracksIsStoppedAndNotRunAgain() {
        CoreFixture core = running(script("a") + tracking("a"));
        core.configured(script("a") + ipv4());
        assertFalse(core.workers.isRunning(A));
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advance(5 * CoreFixture.SECOND);
        assertEquals(1, core.workers.runs.size());
    }

    @Test
    void runsEndWithTheDaemon() {
        CoreFixture core = running(script("a") + tracking("a")).stopped();
        assertFalse(core.workers.isRunning(A));
        core.advance(5 * CoreFixture.SECOND);
        assertEquals(1, core.workers.runs.size());
    }

    @Test
    void aResultThatChangesNothingDoubtsNobody() {
        CoreFixture core = onEth0();
        core.workers.exits(A, 0);
        core.started().configured(script("a") + tracking("a")).advance(5_500_000_000L).forget();
        core.advance(2 * CoreFixture.SECOND);
        assertEquals(Set.of(EffectKind.RUN_SCRIPT, EffectKind.SEND_ADVERTISEMENT),
                core.effects.stream().map(Recorded::kind).collect(Collectors.toSet()));
    }
}
