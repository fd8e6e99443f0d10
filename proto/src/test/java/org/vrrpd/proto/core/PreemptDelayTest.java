package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.running;

import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;

/**
 * preempt_delay: a weaker master is left alone for a while, from the first that is heard of it. Tests advertise every
 * second with priority 50; ours is 100 with a Master_Down_Interval of 3.609375 s and a delay of 10 s.
 */
class PreemptDelayTest {

    private static final long MASTER_DOWN = 3_609_375_000L;
    private static final long SKEW = 609_375_000L;
    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");

    private final CoreFixture core = running(ipv4("preempt_delay 10"));
    private final long start = core.now;

    private void heardAt(double second, int priority) {
        core.advanceTo(start + (long) (second * CoreFixture.SECOND));
        core.received(PEER.advertisement(priority), core.kernel.byName("eth0"));
    }

    /** Every second from the first to the last, both included. */
    private void heard(int first, int last, int priority) {
        for (int second = first; second <= last; second++) {
            heardAt(second, priority);
        }
    }

    private void becomesMasterAt(long nanos) {
        core.advanceTo(nanos - 1);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        core.advanceTo(nanos);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    private long at(double second) {
        return start + (long) (second * CoreFixture.SECOND);
    }

    @Test
    void runsFromTheFirstWeakerAdvertisementAndNotFromTheStart() {
        heard(3, 12, 50);
        // over at 13 s: that one is discarded, and the timer of the one at 12 s goes on
        heardAt(13, 50);
        becomesMasterAt(at(12) + MASTER_DOWN);
    }

    @Test
    void whenItIsOverPreemptionTakesWhatIsLeftOfTheTimer() {
        heard(1, 10, 50);
        heardAt(11, 50);
        heardAt(12, 50);
        heardAt(13, 50);
        becomesMasterAt(at(10) + MASTER_DOWN);
    }

    @Test
    void anEqualPriorityCancelsIt() {
        heard(1, 8, 50);
        heardAt(9, 100);
        heard(10, 19, 50); // begins anew at 10 s
        heardAt(20, 50);
        becomesMasterAt(at(19) + MASTER_DOWN);
    }

    @Test
    void aHigherPriorityCancelsIt() {
        heard(1, 8, 50);
        heardAt(9, 200);
        heard(10, 19, 50);
        heardAt(20, 50);
        becomesMasterAt(at(19) + MASTER_DOWN);
    }

    @Test
    void aHigherPriorityCancelsOneThatIsOverToo() {
        heard(1, 10, 50);
        heardAt(11, 50); // over: discarded
        heardAt(12, 200);
        heard(13, 22, 50);
        heardAt(23, 50);
        becomesMasterAt(at(22) + MASTER_DOWN);
    }

    @Test
    void doesNotDelayATakeOverFromAMasterThatIsGone() {
        heard(1, 3, 50);
        becomesMasterAt(at(3) + MASTER_DOWN);
    }

    @Test
    void doesNotDelayATakeOverFromAMasterThatLeaves() {
        heard(1, 3, 50);
        heardAt(3.5, 0);
        becomesMasterAt(at(3.5) + SKEW);
    }

    @Test
    void priorityZeroDoesNotCancelIt() {
        heard(1, 5, 50);
        heardAt(5.25, 0);
        heardAt(5.5, 50); // another weak one is master at once
        heard(6, 10, 50);
        heardAt(11, 50);
        becomesMasterAt(at(10) + MASTER_DOWN);
    }

    @Test
    void beginsAnewWithEachTimeAsBackup() {
        heard(1, 5, 50);
        core.kernel.setCarrier(core.kernel.byName("eth0"), false);
        core.advance(CoreFixture.SECOND);
        core.kernel.setCarrier(core.kernel.byName("eth0"), true);
        core.pump();
        heard(7, 16, 50); // begins at 7 s
        heardAt(17, 50);
        becomesMasterAt(at(16) + MASTER_DOWN);
    }

    @Test
    void hasNoInfluenceOnAMaster() {
        becomesMasterAt(start + MASTER_DOWN);
        heardAt(5, 50);
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    @Test
    void isVoidWithNopreempt() {
        CoreFixture meek = running(ipv4("preempt_delay 2", "nopreempt"));
        for (int second = 0; second < 20; second++) {
            meek.advance(CoreFixture.SECOND).received(PEER.advertisement(50), meek.kernel.byName("eth0"));
        }
        assertEquals(RouterState.BACKUP, meek.state("V4"));
        meek.advance(MASTER_DOWN);
        assertEquals(RouterState.MASTER, meek.state("V4"), "a take-over after a timeout is never blocked");
    }

    @Test
    void isVoidWithStateMaster() {
        CoreFixture eager = running(ipv4("preempt_delay 10", "state MASTER"));
        long from = eager.now;
        for (int second = 1; second <= 3; second++) {
            eager.advanceTo(from + second * CoreFixture.SECOND);
            eager.received(PEER.advertisement(50), eager.kernel.byName("eth0"));
        }
        eager.advanceTo(from + MASTER_DOWN);
        assertEquals(RouterState.MASTER, eager.state("V4"));
    }
}
