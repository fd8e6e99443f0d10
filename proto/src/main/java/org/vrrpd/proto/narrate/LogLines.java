package org.vrrpd.proto.narrate;

import java.util.List;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.effect.RouterState;

/**
 * What the daemon logs. The lines that log scrapers look for, {@code (NAME) Entering MASTER STATE}, end where
 * keepalived's end; what we know beyond them stands on lines of its own.
 */
public final class LogLines {

    private LogLines() {}

    public static List<String> of(Transition transition) {
        String name = "(" + transition.instance() + ") ";
        String initial = transition.from() == RouterState.INIT ? " (init)" : "";
        return List.of(
                name + transition.from() + " -> " + transition.to() + ", because of "
                        + Narrator.cause(transition.causeSequence(), transition.causeText()),
                name + "Entering " + transition.to() + " STATE" + initial);
    }

    /** @param coreNanos core time of the event that began or cleared it */
    public static String of(Fault fault, long coreNanos) {
        String name = "(" + fault.instance() + ") ";
        if (fault.began()) {
            return name + "fault: " + fault.reasonText() + "; clears when " + fault.clearsWhen();
        }
        return name + "fault cleared after " + HumanDuration.ofNanos(coreNanos - fault.beganCoreNanos())
                + ": " + fault.reasonText() + "; cleared by "
                + Narrator.cause(fault.causeSequence(), fault.causeText());
    }

    public static String of(Note note) {
        return (note.instance().isEmpty() ? "" : "(" + note.instance() + ") ") + note.text();
    }
}
