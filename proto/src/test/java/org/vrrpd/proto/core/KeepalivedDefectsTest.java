package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.CoreFixture.MILLISECOND;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.ModelKernel;

/** Defects of keepalived that no other test is about. */
class KeepalivedDefectsTest {

    private static final int ARPHRD_PPP = 512;
    private static final PeerRouter PEER = PeerRouter.of(3, 51, "192.0.2.3", SECOND, "192.0.2.10");

    private static void hear(CoreFixture core, PeerRouter peer, int priority) {
        core.received(peer.advertisement(priority), core.kernel.byName("eth0"));
    }

    @Test
    @DisplayName("the learned interval is forgotten on becoming MASTER, whatever is logged: the next wait is our own")
    void learnedIntervalIsForgottenAsMaster() {
        CoreFixture core = Configurations.running(Configurations.ipv4());
        hear(core, PEER.every(200 * MILLISECOND), 200);
        assertEquals(200 * MILLISECOND, core.instance("V4").masterIntervalNanos());
        core.advance(SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(SECOND, core.instance("V4").masterIntervalNanos());
    }

    @Test
    @DisplayName("a VMAC on what is not Ethernet is a fault, and takes no setting of the instance away")
    void vmacOnAnotherKindOfLink() {
        CoreFixture core = new CoreFixture();
        ModelKernel.Link tunnel = core.kernel.linkReady("eth0", "192.0.2.2/24");
        tunnel.hardwareType = ARPHRD_PPP;
        core.started().configured(Configurations.ipv4("use_vmac", "nopreempt"));
        assertEquals(RouterState.FAULT, core.state("V4"));
        assertEquals(List.of(FaultReason.NOT_ETHERNET), core.faults("V4"));
        core.kernel.linkRemoved(tunnel);
        core.kernel.linkReady("eth0", "192.0.2.2/24");
        core.pump();
        assertEquals(RouterState.BACKUP, core.state("V4"));
        for (int i = 0; i < 10; i++) {
            core.advance(SECOND);
            hear(core, PEER, 50);
        }
        assertEquals(RouterState.BACKUP, core.state("V4"), "nopreempt holds");
    }
}
