package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.dualStack;
import static org.vrrpd.proto.core.Configurations.running;

import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;

/** The wall clock is in every record, for the narrator alone: it may be set forth and back without a decision. */
class WallClockTest {

    private static final long HOUR = 3600 * CoreFixture.SECOND;

    /** As MASTER, through a take-over, and with a peer that is heard in between. */
    private static CoreFixture run(long... offsets) {
        CoreFixture core = running(dualStack("use_vmac"));
        PeerRouter peer = PeerRouter.of(3, 51, "192.0.2.3", CoreFixture.SECOND, "192.0.2.10");
        for (long offset : offsets) {
            core.wallOffset = offset;
            core.advance(2 * CoreFixture.SECOND);
            core.received(peer.advertisement(50), core.kernel.byName("eth0"));
            core.advance(3 * CoreFixture.SECOND);
        }
        return core;
    }

    @Test
    void anHourForthAndBackChangesNothing() {
        CoreFixture steady = run(0, 0, 0);
        CoreFixture jumping = run(HOUR, -HOUR, 0);

        assertEquals(RouterState.MASTER, steady.state("V4"));
        assertEquals(steady.digest(), jumping.digest(), "every effect, byte for byte");
        assertEquals(steady.instance("V4"), jumping.instance("V4"));
    }
}
