package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.CoreFixture.SECOND;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.rfc.Requirement;

@DisplayName("two routers claim priority 255")
class RivalOwnerTest {

    private static final PeerRouter LOWER = PeerRouter.of(3, 51, "192.0.2.1", SECOND, "192.0.2.10");

    private CoreFixture core;

    @BeforeEach
    void owner() {
        core = Configurations.running(Configurations.ipv4("priority 255"));
        assertEquals(RouterState.MASTER, core.state("V4"));
    }

    private void hear(PeerRouter peer, int priority) {
        core.received(peer.advertisement(priority), core.kernel.byName("eth0"));
    }

    /** The rival advertises once a second, half a second after we do, for so many seconds. */
    private void rivalStays(int seconds) {
        for (int i = 0; i < seconds && core.state("V4") == RouterState.MASTER; i++) {
            core.advance(SECOND / 2);
            hear(LOWER, 255);
            core.advance(SECOND / 2);
        }
    }

    @Test
    @DisplayName("the one with the higher address wins at once")
    void higherAddressWins() {
        hear(LOWER.from("192.0.2.99"), 255);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(255, core.instance("V4").effectivePriority());
    }

    @Test
    @DisplayName("a rival with a lower address that yields to our answer changes nothing")
    void rivalYields() {
        hear(LOWER, 255);
        core.advance(60 * SECOND);
        hear(LOWER, 255);
        core.advance(2 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(255, core.instance("V4").effectivePriority());
    }

    @Test
    @DisplayName("a rival with a lower address that goes on wins after two of our advertisements and 1.2 intervals")
    @Requirement(differs = "9568-5.2.4-1")
    void rivalPersists() {
        rivalStays(3);
        assertEquals(RouterState.MASTER, core.state("V4"));
        rivalStays(3);
        assertEquals(RouterState.BACKUP, core.state("V4"));
        assertEquals(254, core.instance("V4").effectivePriority());
    }

    @Test
    @DisplayName("when the rival is gone the owner is MASTER with 255 again")
    void rivalIsGone() {
        rivalStays(6);
        core.forget().advance(4 * SECOND);
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(255, core.instance("V4").effectivePriority());
        assertEquals(255, core.advertisements().get(0).buffer().get(4 + 14 + 20 + 2) & 255);
    }

    @Test
    @DisplayName("when a router that is no owner is master after the rival, the owner preempts it with 255")
    void anotherMasterAppears() {
        rivalStays(6);
        core.forget();
        for (int i = 0; i < 4; i++) {
            core.advance(SECOND);
            hear(LOWER.from("192.0.2.77"), 200);
        }
        assertEquals(RouterState.MASTER, core.state("V4"));
        assertEquals(255, core.instance("V4").effectivePriority());
        assertTrue(core.all(EffectKind.ADD_ADDRESS).size() > 0);
    }
}
