package org.vrrpd.proto.narrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.effect.RouterState;

/** What each entry of the log says beside its words. */
class LogLinesTest {

    private static String fields(LogEntry entry) {
        return entry.fields().stream().map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining(" "));
    }

    private static Transition to(RouterState state) {
        return new Transition("VI", RouterState.BACKUP, state, 9, Cause.MASTER_DOWN, "", "");
    }

    private static Fault fault(boolean began, FaultReason reason) {
        return new Fault("VI", began, reason, "eno1", "", 7, 0, 9, Cause.CARRIER_LOST, "eno1", "");
    }

    @Test
    void aTransitionHasItsStatesAndItsCause() {
        List<LogEntry> entries = LogLines.of(to(RouterState.MASTER), 9);
        for (LogEntry entry : entries) {
            assertEquals("VRRPD_INSTANCE=VI VRRPD_STATE=MASTER VRRPD_FROM_STATE=BACKUP"
                    + " VRRPD_CAUSE=no advertisement for a Master_Down_Interval VRRPD_CAUSE_SEQUENCE=9"
                    + " VRRPD_SEQUENCE=9", fields(entry));
            assertEquals(LogLevel.NOTICE, entry.level());
        }
    }

    @Test
    @DisplayName("of the two lines of a transition only one has the id, so that counting by it counts right")
    void aTransitionIsCountedOnce() {
        assertEquals(List.of(LogLines.TRANSITION_ID, ""),
                LogLines.of(to(RouterState.MASTER), 9).stream().map(LogEntry::messageId).toList());
    }

    @Test
    void faultIsAWarningAndWhatFollowsIsNot() {
        assertEquals(LogLevel.WARNING, LogLines.of(to(RouterState.FAULT), 9).get(0).level());
        assertEquals(LogLevel.NOTICE, LogLines.of(to(RouterState.BACKUP), 9).get(0).level());
        LogEntry began = LogLines.of(fault(true, FaultReason.NO_CARRIER), 9, 0);
        assertEquals(LogLevel.WARNING, began.level());
        assertEquals(LogLines.FAULT_BEGAN_ID, began.messageId());
        assertEquals("VRRPD_INSTANCE=VI VRRPD_FAULT=NO_CARRIER VRRPD_CAUSE=link eno1 lost carrier"
                + " VRRPD_CAUSE_SEQUENCE=9 VRRPD_SEQUENCE=9", fields(began));
        LogEntry cleared = LogLines.of(fault(false, FaultReason.NO_CARRIER), 9, 0);
        assertEquals(LogLevel.NOTICE, cleared.level());
        assertEquals(LogLines.FAULT_CLEARED_ID, cleared.messageId());
        assertEquals(LogLevel.WARNING, LogLines.of(fault(true, FaultReason.SEND_FAILED), 9, 0).level(),
                "a MASTER that cannot send is no less in trouble than an instance in FAULT");
        assertEquals(LogLevel.NOTICE, LogLines.of(fault(true, FaultReason.SCRIPT_PENDING), 9, 0).level());
    }

    @Test
    void aNoteIsNamed() {
        LogEntry ofAnInstance = LogLines.of(new Note(NoteKind.ADDRESS_TAKEN, "VI", "192.0.2.1", "eth0", 1), 12);
        assertEquals("VRRPD_INSTANCE=VI VRRPD_NOTE=ADDRESS_TAKEN VRRPD_SEQUENCE=12", fields(ofAnInstance));
        assertEquals(LogLevel.WARNING, ofAnInstance.level());
        LogEntry ofTheDaemon = LogLines.of(new Note(NoteKind.CONFIGURATION_LOADED, "", "", "1 instance", 1), 3);
        assertEquals("VRRPD_NOTE=CONFIGURATION_LOADED VRRPD_SEQUENCE=3", fields(ofTheDaemon));
    }

    @Test
    @DisplayName("LOGGING.md names every note with its level, and the ids")
    void thePageNamesEveryNote() throws IOException {
        String page = Files.readString(Path.of("../daemon/docs/LOGGING.md"));
        List<String> missing = Arrays.stream(NoteKind.values())
                .map(kind -> "| `" + kind.name() + "` | " + kind.level().word() + " |")
                .filter(row -> !page.contains(row)).toList();
        assertEquals(List.of(), missing);
        for (String id : List.of(LogLines.TRANSITION_ID, LogLines.FAULT_BEGAN_ID, LogLines.FAULT_CLEARED_ID)) {
            assertTrue(page.contains(id), id);
        }
    }

    @Test
    void levelsShowThemselvesAndWhatMattersMore() {
        assertTrue(LogLevel.NOTICE.shows(LogLevel.ERROR));
        assertTrue(LogLevel.NOTICE.shows(LogLevel.NOTICE));
        assertEquals(false, LogLevel.NOTICE.shows(LogLevel.INFO));
        for (LogLevel level : LogLevel.values()) {
            assertEquals(level, LogLevel.ofWord(level.word()));
            assertEquals(level, LogLevel.ofNumber(level.number()));
            assertTrue(LogLevel.WORDS.contains(level.word()));
        }
        assertEquals(null, LogLevel.ofWord("ERROR"));
        assertEquals(null, LogLevel.ofNumber(0));
    }
}
