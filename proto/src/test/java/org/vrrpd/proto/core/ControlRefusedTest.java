package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.master;

import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.NoteKind;

/** Whom the daemon turned down is told, once an event, and changes nothing. */
class ControlRefusedTest {

    @Test
    void aRefusalIsOneNoteAndNothingElse() {
        CoreFixture core = master(ipv4());
        core.clientRefused(1000, 42, 7, "reload", "it needs root");

        assertEquals(1, core.count(NoteKind.CONTROL_REFUSED));
        assertEquals(0, core.all(EffectKind.REPLY).size());
        assertEquals("", core.states("V4"));
        assertEquals(0, core.advertisements().size());
    }

    @Test
    void itLeavesNoTraceInTheSnapshot() {
        byte[] refused = master(ipv4()).clientRefused(1000, 42, 7, "reload", "it needs root")
                .processor.core().snapshot();
        byte[] anyOtherNote = master(ipv4()).refused("line 1").processor.core().snapshot();
        assertArrayEquals(anyOtherNote, refused);
    }
}
