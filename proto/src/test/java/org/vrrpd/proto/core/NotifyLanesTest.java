package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Notices.carrier;
import static org.vrrpd.proto.core.Notices.running;
import static org.vrrpd.proto.core.Notices.runs;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.ModelWorkers;
import org.vrrpd.proto.simulation.Recorded;

/** Notify scripts run one after another, in order, none lost, and none of them for ever. */
class NotifyLanesTest {

    private static final String ONE = Notices.single("notify_backup /bin/backup", "notify_fault /bin/fault",
            "notify /bin/any");
    private static final long LIMIT = NotifyLanes.TIMEOUT_NANOS;
    private static final long GRACE = NotifyLanes.GRACE_NANOS;

    /** I1 flaps; its generic script is called for each state. */
    private static void flap(CoreFixture core, int times) {
        for (int i = 0; i < times; i++) {
            carrier(core, "eth0", false);
            carrier(core, "eth0", true);
        }
    }

    private static CoreFixture waitingForEach(String configuration) {
        CoreFixture core = Notices.fixture();
        Notices.WORDS.forEach(word -> core.workers.waits(word + " of I1"));
        return core.started().configured(configuration);
    }

    private static List<String> notes(CoreFixture core, NoteKind kind) {
        return core.effects.stream().filter(each -> each.kind() == org.vrrpd.proto.effect.EffectKind.REPORT_NOTE)
                .map(Recorded::note).filter(note -> note.kind() == kind).map(note -> note.text()).toList();
    }

    @Test
    void tenThousandTransitionsAreTenThousandNotificationsInOrder() {
        CoreFixture core = running(Notices.single("notify /bin/any"));
        core.forget();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            flap(core, 1);
            expected.add("notify of I1: /bin/any INSTANCE I1 FAULT 100");
            expected.add("notify of I1: /bin/any INSTANCE I1 BACKUP 100");
        }
        assertEquals(10_000, runs(core).size());
        assertEquals(expected, runs(core));
        assertEquals(10_000, Notices.lines(core).size());
    }

    @Test
    void neverTwoOfAnInstanceAtATime() {
        CoreFixture core = waitingForEach(ONE);
        flap(core, 2);
        assertEquals(1, core.workers.running.size());
        List<String> order = new ArrayList<>();
        while (!core.workers.running.isEmpty()) {
            assertEquals(1, core.workers.running.size());
            String purpose = core.workers.running.firstEntry().getValue().script().purpose();
            order.add(purpose);
            core.workers.exited(purpose, 0);
            core.advance(CoreFixture.MILLISECOND);
        }
        List<String> expected = new ArrayList<>();
        for (String state : List.of("backup", "fault", "backup", "fault", "backup")) {
            expected.add("notify_" + state + " of I1");
            expected.add("notify of I1");
        }
        assertEquals(expected, order);
    }

    @Test
    void aSlowScriptHoldsUpNeitherTheRouterNorOthers() {
        CoreFixture core = Notices.fixture();
        core.workers.waits("notify_backup of I1");
        core.started().configured(Notices.pair());
        core.advance(4 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("I1"));
        assertEquals(1, runs(core, "I1").size());
        assertEquals(4, runs(core, "I2").size());
        assertEquals(4, runs(core, "G").size());
        core.workers.exits("notify_backup of I1", 0);
        core.pump();
        assertEquals(List.of("notify_backup of I1", "notify of I1", "notify_master of I1", "notify of I1"),
                runs(core, "I1").stream().map(run -> run.substring(0, run.indexOf(':'))).toList());
    }

    @Test
    void failuresAreNotedAndTheNextRuns() {
        CoreFixture core = waitingForEach(ONE);
        core.workers.exited("notify_backup of I1", 3);
        core.pump();
        core.workers.signalled("notify of I1", 9);
        core.pump();
        flap(core, 1);
        core.workers.notStarted("notify_fault of I1", "/bin/fault does not exist");
        core.pump();
        assertTrue(core.workers.isRunning("notify of I1"));
        assertEquals(List.of("notify_backup of I1: it exited with status 3",
                "notify of I1: it was ended by signal 9",
                "notify_fault of I1: it was not started: /bin/fault does not exist"),
                notes(core, NoteKind.NOTIFICATION_FAILED));
    }

    @Test
    void aScriptThatIsBeingEndedIsWaitedForUntilItIsGone() {
        CoreFixture core = waitingForEach(ONE);
        core.advance(LIMIT);
        core.workers.timedOut("notify_backup of I1");
        core.advance(CoreFixture.SECOND);
        assertEquals(1, runs(core).size(), "they could undo each other's work");
        core.workers.signalled("notify_backup of I1", ModelWorkers.TERMINATED);
        core.pump();
        assertEquals(2, runs(core).size());
        assertEquals(List.of("notify_backup of I1: it took too long and is being ended",
                "notify_backup of I1: it was ended by signal 15"), notes(core, NoteKind.NOTIFICATION_FAILED));
    }

    @Test
    void aScriptThatCannotBeEndedDoesNotStopLaterOnes() {
        CoreFixture core = waitingForEach(ONE);
        long started = core.now;
        core.advance(LIMIT);
        core.workers.timedOut("notify_backup of I1");
        core.advanceTo(started + LIMIT + GRACE - 1);
        assertEquals(1, runs(core).size());
        core.advanceTo(started + LIMIT + GRACE);
        assertEquals(2, runs(core).size());
        core.workers.exited("notify_backup of I1", 0);
        core.pump();
        assertEquals(2, runs(core).size(), "its late end is not that of the one that runs now");
    }

    @Test
    void oneOfWhichNothingIsHeardDoesNotStopLaterOnesEither() {
        CoreFixture core = waitingForEach(ONE);
        core.advance(LIMIT + GRACE);
        assertEquals(2, runs(core).size());
    }

    @Test
    void onlyTheOldestAreDroppedAndThatIsTold() {
        CoreFixture core = waitingForEach(Notices.single("notify /bin/any"));
        flap(core, 600); // 1 runs, 1200 wait
        assertEquals(1, core.count(NoteKind.NOTIFICATION_DROPPED), "told once, not 200 times");
        core.workers.exits("notify of I1", 0);
        core.pump();
        assertEquals(1 + NotifyLanes.MOST_WAITING, runs(core).size());
        assertEquals("notify of I1: /bin/any INSTANCE I1 BACKUP 100", runs(core).get(NotifyLanes.MOST_WAITING));
        assertEquals(List.of("200 notifications were not run, since too many waited"),
                notes(core, NoteKind.NOTIFICATIONS_DROPPED));
    }

    @Test
    void aReloadChangesScriptsForLaterTransitionsOnly() {
        CoreFixture core = waitingForEach(ONE);
        flap(core, 1);
        core.configured(ONE.replace("/bin/fault", "/bin/other"));
        core.workers.exits("notify of I1", 0);
        core.workers.exits("notify_backup of I1", 0);
        core.workers.exits("notify_fault of I1", 0);
        core.pump();
        assertTrue(runs(core).contains("notify_fault of I1: /bin/fault"));
        assertFalse(runs(core).contains("notify_fault of I1: /bin/other"));
        core.forget();
        flap(core, 1);
        assertTrue(runs(core).contains("notify_fault of I1: /bin/other"));
    }

    @Test
    void whatARemovedInstanceOwedIsRunBeforeTheEndOfItIsTold() {
        CoreFixture core = waitingForEach(Notices.single("notify /bin/any"));
        core.configured(Notices.globals()
                + Configurations.instance("I2", "eth1", 52, "198.51.100.10/24", "notify /bin/any"));
        assertEquals(List.of("notify of I1: /bin/any INSTANCE I1 BACKUP 100"), runs(core, "I1"));
        core.workers.exits("notify of I1", 0);
        core.pump();
        assertEquals(List.of("notify of I1: /bin/any INSTANCE I1 BACKUP 100",
                "notify of I1: /bin/any INSTANCE I1 FAULT 100"), runs(core, "I1"));
    }

    @Test
    void aSnapshotTakenWhileOneRunsGoesOnWithTheOthers() {
        CoreFixture core = waitingForEach(ONE);
        flap(core, 3);
        VrrpCore restored = VrrpCore.restore(core.processor.core().snapshot());
        assertEquals(core.processor.core().nextDeadlineNanos(), restored.nextDeadlineNanos());
        // the fixture compares a restored core with this one after each event
        for (int i = 0; i < 14; i++) {
            core.workers.exited(core.workers.running.firstEntry().getValue().script().purpose(), i % 2);
            core.pump();
        }
        assertEquals(14, runs(core).size());
        assertTrue(core.workers.running.isEmpty());
    }
}
