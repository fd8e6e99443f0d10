package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Notices.carrier;
import static org.vrrpd.proto.core.Notices.lines;
import static org.vrrpd.proto.core.Notices.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FifoOpening;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.simulation.Recorded;

/** The pipes that get a line for every change. */
class FifoKeeperTest {

    private static final String INSTANCE = Configurations.instance("I1", "eth0", 51, "192.0.2.10/24");
    private static final int FULL = 11;

    private static List<String> closed(CoreFixture core) {
        return core.all(EffectKind.CLOSE_FIFO).stream().map(each -> Payloads.readText(each.buffer(), 0)).toList();
    }

    private static List<FifoOpening> opened(CoreFixture core) {
        return core.all(EffectKind.OPEN_FIFO).stream().map(each -> FifoOpening.read(each.buffer(), 0)).toList();
    }

    @Test
    void bothPipesGetEachLine() {
        CoreFixture core = running("global_defs {\nnotify_fifo /run/all daemon sys\n"
                + "notify_fifo_script \"/bin/reader -v\"\nvrrp_notify_fifo /run/vrrp\n}\n" + INSTANCE);
        assertEquals(List.of("INSTANCE \"I1\" BACKUP 100"), lines(core, "/run/all"));
        assertEquals(List.of("INSTANCE \"I1\" BACKUP 100"), lines(core, "/run/vrrp"));
        FifoOpening all = opened(core).get(0);
        assertEquals("/run/all daemon sys [/bin/reader, -v]",
                all.path() + " " + all.user() + " " + all.group() + " " + all.reader());
        assertEquals(List.of(), opened(core).get(1).reader());
    }

    @Test
    void aPipeIsOpenedBeforeItIsWrittenTo() {
        CoreFixture core = running(Notices.globals() + INSTANCE);
        List<EffectKind> kinds = core.effects.stream().map(Recorded::kind)
                .filter(kind -> kind == EffectKind.OPEN_FIFO || kind == EffectKind.WRITE_FIFO).toList();
        assertEquals(List.of(EffectKind.OPEN_FIFO, EffectKind.WRITE_FIFO), kinds);
    }

    @Test
    void aReloadKeepsAPipeThatDidNotChangeAndClosesOneThatIsGone() {
        CoreFixture core = running(Notices.globals("notify_fifo /run/all") + INSTANCE).forget();
        core.configured(Notices.globals() + INSTANCE);
        assertEquals(List.of("/run/all"), closed(core));
        assertEquals(List.of(), opened(core));
        core.forget().configured(Notices.globals("vrrp_notify_fifo_script /bin/reader") + INSTANCE);
        assertEquals(List.of(), closed(core), "it is the same pipe with a reader");
        assertEquals(List.of("/bin/reader"), opened(core).get(0).reader());
    }

    @Test
    void aPipeThatCannotBeOpenedIsToldAndSoIsThatItCanBeAgain() {
        CoreFixture core = Notices.fixture();
        core.fifoErrno = 13;
        core.started().configured(Notices.globals() + INSTANCE);
        assertEquals(1, core.count(NoteKind.FIFO_FAILED));
        // whoever opens pipes tries again, and answers again
        core.succeeded(core.all(EffectKind.OPEN_FIFO).get(0).id(), "");
        core.pump();
        assertEquals(1, core.count(NoteKind.FIFO_OPEN));
        core.forget().configured(Notices.globals() + INSTANCE);
        assertEquals(List.of(), opened(core));
    }

    @Test
    void linesThatNobodyReadsAreLostAndCountedOnceAMinute() {
        CoreFixture core = running(Notices.globals() + INSTANCE).forget();
        core.lineErrno = FULL;
        for (int i = 0; i < 50; i++) {
            carrier(core, "eth0", false);
            carrier(core, "eth0", true);
        }
        assertEquals(1, core.count(NoteKind.FIFO_LINES_LOST));
        core.advance(60 * CoreFixture.SECOND).forget();
        carrier(core, "eth0", false);
        var note = core.all(EffectKind.REPORT_NOTE).get(0).note();
        assertEquals(NoteKind.FIFO_LINES_LOST, note.kind());
        assertEquals(101, note.count(), "100 of the flaps less the first, the take-over and this one");
    }
}
