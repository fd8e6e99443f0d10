package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Notices.lines;
import static org.vrrpd.proto.core.Notices.running;
import static org.vrrpd.proto.core.Notices.runs;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.RouterState;

/** vrrp_startup_delay, vrrp_delay_after_boot, startup_script. Core time counts from the boot: tests begin at 1000 s. */
class StartupDelayTest {

    private static final long MASTER_DOWN = 3_609_375_000L;
    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private static String delayed(String delay, String... lines) {
        return Notices.globals(delay) + Configurations.instance("I1", "eth0", 51, "192.0.2.10/24", lines);
    }

    @Test
    void timersCountFromTheEndOfTheDelay() {
        CoreFixture core = running(delayed("vrrp_startup_delay 10.5"));
        assertEquals(List.of("INSTANCE \"I1\" BACKUP 100"), lines(core), "its state is told at once");
        long end = core.now + 10_500 * CoreFixture.MILLISECOND;
        core.advanceTo(end + MASTER_DOWN - 1);
        assertEquals(RouterState.BACKUP, core.state("I1"));
        core.advanceTo(end + MASTER_DOWN);
        assertEquals(RouterState.MASTER, core.state("I1"));
        assertEquals(1, core.count(NoteKind.STARTUP_DELAYED));
        assertEquals(1, core.count(NoteKind.STARTUP_DELAY_OVER));
    }

    @Test
    void theLaterOfTheTwoDelaysCounts() {
        long begin = new CoreFixture().now;
        assertEquals(begin + 5 * CoreFixture.SECOND, until("vrrp_startup_delay 5\nvrrp_delay_after_boot 1003"));
        assertEquals(begin + 8 * CoreFixture.SECOND, until("vrrp_startup_delay 5\nvrrp_delay_after_boot 1008"));
        assertEquals(begin + 8 * CoreFixture.SECOND, until("vrrp_delay_after_boot 1008"));
        assertEquals(0, until("vrrp_delay_after_boot 600"), "booted longer ago");
        assertEquals(0, until(""));
    }

    private static long until(String delays) {
        return running(delayed(delays)).processor.core().view().startupUntilNanos();
    }

    @Test
    void whatIsHeardInTheMeantimeIsDiscardedAndCounted() {
        CoreFixture core = running(delayed("vrrp_startup_delay 10"));
        long end = core.now + 10 * CoreFixture.SECOND;
        core.advance(9 * CoreFixture.SECOND).received(PEER.advertisement(0), core.kernel.byName("eth0"));
        core.received(PEER.advertisement(200), core.kernel.byName("eth0"));
        assertEquals(2, core.counter("I1", "ignoredInStartupDelay"));
        assertEquals(0, core.counter("I1", "advertisementsReceived"));
        core.advanceTo(end + MASTER_DOWN);
        assertEquals(RouterState.MASTER, core.state("I1"));
    }

    @Test
    void anOwnerBecomesMasterWhenTheDelayIsOver() {
        CoreFixture core = running(delayed("vrrp_startup_delay 10", "priority 255"));
        assertEquals(RouterState.BACKUP, core.state("I1"));
        core.advance(10 * CoreFixture.SECOND - 1);
        assertEquals(RouterState.BACKUP, core.state("I1"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("I1"));
        assertEquals("the router owns the addresses (priority 255)", core.instance("I1").cause());
    }

    @Test
    void ownersOfAGroupBecomeMasterTogether() {
        CoreFixture core = running(Notices.pair("vrrp_startup_delay 10").replace("priority 100", "priority 255"));
        core.advance(10 * CoreFixture.SECOND);
        assertEquals(RouterState.MASTER, core.state("I1"));
        assertEquals(RouterState.MASTER, core.state("I2"));
    }

    @Test
    void aFaultThatClearsInTheMeantimeDoesNotShortenIt() {
        CoreFixture core = running(delayed("vrrp_startup_delay 10", "track_interface { eth1 weight -20 }"));
        long end = core.now + 10 * CoreFixture.SECOND;
        Notices.carrier(core, "eth0", false);
        core.advance(CoreFixture.SECOND);
        Notices.carrier(core, "eth0", true);
        Notices.carrier(core, "eth1", false);
        Notices.carrier(core, "eth1", true);
        core.advanceTo(end + MASTER_DOWN - 1);
        assertEquals(RouterState.BACKUP, core.state("I1"));
        core.advance(1);
        assertEquals(RouterState.MASTER, core.state("I1"));
    }

    @Test
    void aReloadNeitherEndsNorRestartsIt() {
        CoreFixture core = running(delayed("vrrp_startup_delay 10"));
        long end = core.now + 10 * CoreFixture.SECOND;
        core.advance(5 * CoreFixture.SECOND).configured(delayed("vrrp_startup_delay 30"));
        assertEquals(end, core.processor.core().view().startupUntilNanos());
        core.advanceTo(end + MASTER_DOWN);
        assertEquals(RouterState.MASTER, core.state("I1"));
        core.configured(delayed("vrrp_startup_delay 30"));
        assertEquals(0, core.processor.core().view().startupUntilNanos());
    }

    @Test
    void nothingBeginsBeforeTheStartupScriptHasEnded() {
        CoreFixture core = running(delayed("startup_script /bin/up"));
        core.advance(5 * CoreFixture.SECOND);
        assertEquals(RouterState.INIT, core.state("I1"));
        assertEquals(List.of("startup_script: /bin/up"), runs(core));
        assertEquals(10 * CoreFixture.SECOND, core.workers.running("startup_script").script().timeoutNanos());
        core.workers.exited("startup_script", 1);
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("I1"), "whether it succeeds or not");
        assertEquals(1, core.count(NoteKind.NOTIFICATION_FAILED));
        core.forget().configured(delayed("startup_script /bin/up"));
        assertEquals(List.of(), runs(core), "not at a reload");
    }

    @Test
    void aStartupScriptThatHangsDoesNotHoldUpForEver() {
        CoreFixture core = running(delayed("startup_script /bin/up"));
        core.advance(10 * CoreFixture.SECOND);
        core.workers.timedOut("startup_script");
        core.advance(NotifyLanes.GRACE_NANOS);
        assertEquals(RouterState.BACKUP, core.state("I1"));
        core.stopped();
        assertTrue(core.ended);
    }
}
