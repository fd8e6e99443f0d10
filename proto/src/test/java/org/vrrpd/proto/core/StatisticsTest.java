package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.master;

import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;

/** Counters are part of the state: setting them to zero is an event. */
class StatisticsTest {

    private static boolean isZero(CoreFixture core) {
        return core.instance("V4").counters().stream().allMatch(counter -> counter.value() == 0);
    }

    @Test
    void clearedCountersAreZeroAndNothingElseChanges() {
        CoreFixture core = master(ipv4());
        assertTrue(!isZero(core));
        core.asked(7, "clear-statistics");

        assertTrue(isZero(core));
        assertEquals("", core.states("V4"));
        assertEquals(0, core.advertisements().size());
        assertEquals(1, core.count(NoteKind.STATISTICS_CLEARED));
        assertEquals(1, core.all(EffectKind.REPLY).size());
    }

    @Test
    void aSignalGetsNoAnswer() {
        CoreFixture core = master(ipv4());
        core.asked(0, "clear-statistics");

        assertTrue(isZero(core));
        assertEquals(0, core.all(EffectKind.REPLY).size());
    }
}
