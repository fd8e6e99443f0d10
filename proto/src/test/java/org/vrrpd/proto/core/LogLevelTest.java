package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.ipv4;
import static org.vrrpd.proto.core.Configurations.master;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.simulation.Recorded;

@DisplayName("log-level goes through the journal, and decides nothing")
class LogLevelTest {

    private static String reply(CoreFixture core) {
        Recorded reply = core.all(EffectKind.REPLY).get(0);
        return reply.buffer().getLong(0) + " " + (reply.buffer().get(8) == 1) + " "
                + Payloads.readText(reply.buffer(), 9);
    }

    @Test
    void itIsSetToldAndAnswered() {
        CoreFixture core = master(ipv4());
        byte[] before = core.processor.core().snapshot();
        core.asked(7, "log-level", "debug");
        assertEquals(List.of(EffectKind.SET_LOG_LEVEL, EffectKind.REPORT_NOTE, EffectKind.REPLY),
                core.effects.stream().map(Recorded::kind).toList());
        assertEquals(LogLevel.DEBUG.number(), core.effects.get(0).payload()[0]);
        assertEquals("the log level is debug now, as uid 0 (pid 1) asked", core.effects.get(1).note().text());
        assertEquals("7 true debug", reply(core));
        assertEquals(before.length, core.processor.core().snapshot().length, "no state is added");
    }

    @Test
    void whatIsNoLevelIsRefused() {
        CoreFixture core = master(ipv4());
        core.asked(7, "log-level", "loud").asked(8, "log-level");
        assertEquals(0, core.all(EffectKind.SET_LOG_LEVEL).size());
        assertEquals(0, core.count(NoteKind.LOG_LEVEL_SET));
        assertEquals("7 false Expected error, warning, notice, info or debug, but found loud", reply(core));
        assertEquals(2, core.all(EffectKind.REPLY).size());
    }

    @Test
    void everyLevelHasItsEffect() {
        for (LogLevel level : LogLevel.values()) {
            CoreFixture core = master(ipv4());
            core.asked(1, "log-level", level.word());
            assertArrayEquals(new byte[] {(byte) level.number()}, core.all(EffectKind.SET_LOG_LEVEL).get(0).payload());
        }
    }
}
