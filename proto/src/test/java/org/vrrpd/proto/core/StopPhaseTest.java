package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Notices.lines;
import static org.vrrpd.proto.core.Notices.pair;
import static org.vrrpd.proto.core.Notices.running;
import static org.vrrpd.proto.core.Notices.runs;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.simulation.Recorded;

/** Everything is released at once; scripts that are told of the stop get a second, and then the daemon ends. */
class StopPhaseTest {

    private static final List<String> STOPS = List.of(
            "INSTANCE \"I1\" STOP 100", "INSTANCE \"I2\" STOP 100", "GROUP \"G\" STOP 0");

    private static CoreFixture master(String configuration) {
        return running(configuration).advance(4 * CoreFixture.SECOND).forget();
    }

    @Test
    void withoutScriptsItEndsInTheSameEvent() {
        CoreFixture core = master(Notices.single());
        core.held = true;
        core.apply(org.vrrpd.proto.event.EventKind.STOP_REQUESTED, new byte[10]);
        assertTrue(core.ended);
        assertEquals(Long.MAX_VALUE, core.processor.core().nextDeadlineNanos());
    }

    @Test
    void everythingIsReleasedBeforeAnybodyIsTold() {
        CoreFixture core = master(pair());
        core.stopped();
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind).toList();
        assertTrue(kinds.lastIndexOf(EffectKind.REMOVE_ADDRESS) < kinds.indexOf(EffectKind.WRITE_FIFO));
        assertTrue(kinds.lastIndexOf(EffectKind.CLOSE_SOCKET) < kinds.indexOf(EffectKind.RUN_SCRIPT));
        assertEquals(List.of(0, 0), core.advertisements().stream().map(Recorded::priority).toList());
        assertEquals(STOPS, lines(core));
        assertEquals(List.of("notify_stop of I1: /bin/stop",
                "notify of I1: /bin/any with words INSTANCE I1 STOP 100"), runs(core, "I1"));
        assertEquals(List.of("notify_stop of G: /bin/stop", "notify of G: /bin/any with words GROUP G STOP 0"),
                runs(core, "G"));
        assertEquals(EffectKind.END, kinds.get(kinds.size() - 1));
        assertEquals(EffectKind.CLOSE_FIFO, kinds.get(kinds.size() - 2));
    }

    @Test
    void anInstanceInFaultIsToldToo() {
        CoreFixture core = master(pair());
        Notices.carrier(core, "eth0", false).forget();
        core.stopped();
        assertEquals(STOPS, lines(core));
        assertTrue(core.ended);
    }

    @Test
    void theEndWaitsForTheLastScript() {
        CoreFixture core = master(pair());
        core.workers.waits("notify_stop of I1");
        core.stopped().advance(CoreFixture.SECOND - 1);
        assertFalse(core.ended);
        assertEquals(CoreFixture.SECOND, core.workers.running("notify_stop of I1").script().timeoutNanos());
        core.workers.exits("notify_stop of I1", 0);
        core.pump();
        assertTrue(core.ended);
        assertEquals(2, runs(core, "I1").size());
    }

    @Test
    void afterASecondNobodyIsWaitedForAndThatIsNoted() {
        CoreFixture core = master(pair());
        core.workers.waits("notify_stop of I1");
        core.stopped().advance(CoreFixture.SECOND);
        assertTrue(core.ended);
        assertEquals(1, core.count(NoteKind.NOTIFICATION_UNFINISHED));
        assertEquals(1, core.count(NoteKind.NOTIFICATION_NOT_RUN), "its generic one");
    }

    @Test
    void theStopIsToldEvenWhenAFormerScriptHangs() {
        CoreFixture core = master(pair());
        core.workers.waits("notify_fault of I1");
        Notices.carrier(core, "eth0", false).forget();
        core.stopped().advance(CoreFixture.SECOND / 2 - 1);
        assertEquals(List.of(), runs(core, "I1"));
        core.advance(1);
        assertEquals(List.of("notify_stop of I1: /bin/stop",
                "notify of I1: /bin/any with words INSTANCE I1 STOP 100"), runs(core, "I1"));
        assertEquals(1, core.count(NoteKind.NOTIFICATION_UNFINISHED), "notify_fault");
        assertEquals(1, core.count(NoteKind.NOTIFICATION_NOT_RUN), "notify of FAULT");
        assertTrue(core.ended);
    }

    @Test
    void nothingThatArrivesAfterwardsChangesAnything() {
        CoreFixture core = master(pair());
        core.workers.waits("notify_stop of I1");
        core.stopped().forget();
        core.received(PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10").advertisement(50),
                core.kernel.byName("eth0"));
        Notices.carrier(core, "eth0", false);
        core.configured(pair());
        core.stopped();
        assertEquals(List.of(), core.effects);
        core.advance(CoreFixture.SECOND);
        assertTrue(core.ended);
    }

    @Test
    void theShutdownScriptRunsLastWithItsOwnTimeLimit() {
        CoreFixture core = master(pair("shutdown_script /bin/down", "shutdown_script_timeout 3"));
        core.stopped();
        assertFalse(core.ended);
        assertEquals(3 * CoreFixture.SECOND, core.workers.running("shutdown_script").script().timeoutNanos());
        core.advance(2 * CoreFixture.SECOND);
        assertFalse(core.ended);
        core.workers.exited("shutdown_script", 0);
        core.pump();
        assertTrue(core.ended);

        CoreFixture hung = master(pair("shutdown_script /bin/down", "shutdown_script_timeout 3"));
        hung.stopped().advance(3 * CoreFixture.SECOND + NotifyLanes.GRACE_NANOS);
        assertTrue(hung.ended);
    }
}
