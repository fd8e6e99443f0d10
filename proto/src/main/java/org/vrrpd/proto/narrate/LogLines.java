package org.vrrpd.proto.narrate;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.Severity;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.narrate.LogEntry.Class;
import org.vrrpd.proto.narrate.LogEntry.Field;
import org.vrrpd.proto.narrate.LogEntry.Topic;

/**
 * What the daemon logs: the words, the level and the fields (see daemon/docs/LOGGING.md). The lines that log scrapers
 * look for, {@code (NAME) Entering MASTER STATE}, end where keepalived's end; what we know beyond them stands on lines
 * of its own.
 */
public final class LogLines {

    /** Never changed: operators search for them. */
    public static final String TRANSITION_ID = "382bd95646174b9899f83177e14094de";
    public static final String FAULT_BEGAN_ID = "1fbb6162966d4d6db037fbe1e71b3396";
    public static final String FAULT_CLEARED_ID = "683fc6145984455ca57660c1e7681fde";

    private LogLines() {}

    public static LogLevel level(Severity severity) {
        return severity == Severity.ERROR ? LogLevel.ERROR : LogLevel.WARNING;
    }

    /**
     * Both lines have all fields, but only the first has the id, so that whoever counts by it counts each once.
     *
     * @param sequence of the record that the report follows from, as in all of these methods
     */
    public static List<LogEntry> of(Transition transition, long sequence) {
        String name = "(" + transition.instance() + ") ";
        String initial = transition.from() == RouterState.INIT ? " (init)" : "";
        LogLevel level = transition.to() == RouterState.FAULT ? LogLevel.WARNING : LogLevel.NOTICE;
        Topic topic = new Topic(Class.TRANSITION, transition.instance(), "");
        List<Field> fields = fields(transition.instance());
        fields.add(new Field("VRRPD_STATE", transition.to().name()));
        fields.add(new Field("VRRPD_FROM_STATE", transition.from().name()));
        addCause(fields, transition.causeText(), transition.causeSequence());
        addSequence(fields, sequence);
        return List.of(
                new LogEntry(level, topic, name + transition.from() + " -> " + transition.to() + ", because of "
                        + Narrator.cause(transition.causeSequence(), transition.causeText()), TRANSITION_ID, fields),
                new LogEntry(level, topic, name + "Entering " + transition.to() + " STATE" + initial, "", fields));
    }

    /** @param coreNanos core time of the event that began or cleared it */
    public static LogEntry of(Fault fault, long sequence, long coreNanos) {
        List<Field> fields = fields(fault.instance());
        fields.add(new Field("VRRPD_FAULT", fault.reason().name()));
        addCause(fields, fault.causeText(), fault.causeSequence());
        addSequence(fields, sequence);
        LogLevel level = !fault.began() || fault.reason().isPending() ? LogLevel.NOTICE : LogLevel.WARNING;
        return new LogEntry(level, new Topic(Class.FAULT, fault.instance(), ""), words(fault, coreNanos),
                fault.began() ? FAULT_BEGAN_ID : FAULT_CLEARED_ID, fields);
    }

    private static String words(Fault fault, long coreNanos) {
        String name = "(" + fault.instance() + ") ";
        if (fault.began()) {
            return name + "fault: " + fault.reasonText() + "; clears when " + fault.clearsWhen();
        }
        return name + "fault cleared after " + HumanDuration.ofNanos(coreNanos - fault.beganCoreNanos())
                + ": " + fault.reasonText() + "; cleared by "
                + Narrator.cause(fault.causeSequence(), fault.causeText());
    }

    public static LogEntry of(Note note, long sequence) {
        NoteKind kind = note.kind();
        List<Field> fields = fields(note.instance());
        fields.add(new Field("VRRPD_NOTE", kind.name()));
        addSequence(fields, sequence);
        return new LogEntry(kind.level(), new Topic(Class.NOTE, note.instance(), kind.name()),
                (note.instance().isEmpty() ? "" : "(" + note.instance() + ") ") + note.text(), "", fields);
    }

    /** A record as {@code vrrpctl events} tells it, for those who debug. */
    public static LogEntry ofEvent(long sequence, String instance, String text) {
        List<Field> fields = fields(instance);
        addSequence(fields, sequence);
        return new LogEntry(LogLevel.DEBUG, new Topic(Class.EVENT, "", ""), "#" + sequence + " " + text, "", fields);
    }

    private static List<Field> fields(String instance) {
        List<Field> fields = new ArrayList<>();
        if (!instance.isEmpty()) {
            fields.add(new Field("VRRPD_INSTANCE", instance));
        }
        return fields;
    }

    private static void addCause(List<Field> fields, String text, long sequence) {
        fields.add(new Field("VRRPD_CAUSE", text));
        fields.add(new Field("VRRPD_CAUSE_SEQUENCE", Long.toString(sequence)));
    }

    private static void addSequence(List<Field> fields, long sequence) {
        fields.add(new Field("VRRPD_SEQUENCE", Long.toString(sequence)));
    }
}
