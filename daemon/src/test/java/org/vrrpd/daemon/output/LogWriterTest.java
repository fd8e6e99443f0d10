package org.vrrpd.daemon.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.narrate.LogEntry;
import org.vrrpd.proto.narrate.LogLines;

class LogWriterTest {

    /** What the log's thread writes; until the gate is open it stands in the first entry. */
    private static final class Written implements LogOutput {
        private final List<LogEntry> entries = new ArrayList<>();
        private final CountDownLatch gate;

        Written(boolean open) {
            gate = new CountDownLatch(open ? 0 : 1);
        }

        @Override
        public void write(LogEntry entry) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            entries.add(entry);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        List<String> messages() {
            return entries.stream().map(LogEntry::message).toList();
        }
    }

    private static void note(LogWriter log, NoteKind kind, String subject) {
        ByteBuffer payload = ByteBuffer.allocate(256);
        int length = new Reports.Note(kind, "", subject, "uid 0", 1).write(payload, 0);
        log.report(EffectKind.REPORT_NOTE, payload, 0, length, 12, 0);
    }

    @Test
    void onlyWhatTheLevelShowsIsWritten() {
        Written written = new Written(true);
        try (LogWriter log = new LogWriter(written, LogLevel.WARNING)) {
            log.error("e");
            log.warning("w");
            log.notice("n");
            log.info("i");
        }
        assertEquals(List.of("e", "w"), written.messages());
    }

    @Test
    @DisplayName("a level is in force for what is logged after it, and its own note is always written")
    void levelsChangeInOrder() {
        Written written = new Written(true);
        List<LogLevel> told = new ArrayList<>();
        try (LogWriter log = new LogWriter(written, LogLevel.ERROR)) {
            log.onLevel(told::add);
            log.info("before");
            log.setLevel(LogLevel.INFO);
            assertEquals(LogLevel.INFO, log.level());
            log.info("between");
            log.setLevel(LogLevel.ERROR);
            note(log, NoteKind.LOG_LEVEL_SET, "error");
            log.info("after");
        }
        assertEquals(List.of("between", "the log level is error now, as uid 0 asked"), written.messages());
        assertEquals(List.of(LogLevel.INFO, LogLevel.ERROR), told);
    }

    @Test
    void aReportKnowsTheRecordItFollowsFrom() {
        Written written = new Written(true);
        try (LogWriter log = new LogWriter(written, LogLevel.INFO)) {
            note(log, NoteKind.FIFO_OPEN, "/run/f");
        }
        assertEquals(List.of(new LogEntry.Field("VRRPD_NOTE", "FIFO_OPEN"),
                new LogEntry.Field("VRRPD_SEQUENCE", "12")), written.entries.get(0).fields());
    }

    @Test
    void aReportThatCannotBeReadIsToldAndEndsNothing() {
        Written written = new Written(true);
        try (LogWriter log = new LogWriter(written, LogLevel.INFO)) {
            log.report(EffectKind.REPORT_NOTE, ByteBuffer.allocate(4), 0, 4, 1, 0);
            log.info("next");
        }
        assertTrue(written.messages().get(0).contains("could not be read"), () -> written.messages().toString());
        assertEquals("next", written.messages().get(1));
    }

    @Test
    @DisplayName("nobody waits for an output that takes nothing; events leave room for what matters; drops are counted")
    void nobodyWaits() {
        Written written = new Written(false);
        LogWriter log = new LogWriter(written, LogLevel.DEBUG);
        long begun = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            log.event(() -> List.of(LogLines.ofEvent(number, "", "event")));
        }
        note(log, NoteKind.FIFO_OPEN, "/run/f");
        long millis = (System.nanoTime() - begun) / 1_000_000;
        assertTrue(millis < 2000, () -> millis + " ms");
        written.gate.countDown();
        log.close();
        List<String> messages = written.messages();
        assertTrue(messages.contains("pipe /run/f is open now"), "what matters had no room");
        String drops = messages.stream().filter(each -> each.contains("dropped")).findFirst().orElseThrow();
        int dropped = Integer.parseInt(drops.substring(0, drops.indexOf(' ')));
        assertTrue(dropped >= 97_000 && dropped < 100_000, drops);
    }
}
