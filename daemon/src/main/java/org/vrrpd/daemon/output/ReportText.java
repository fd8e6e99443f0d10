package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.effect.RouterState;

/** Reports as log lines, in the shapes that tools which watch logs of VRRP daemons look for. */
final class ReportText {

    private ReportText() {}

    static String of(EffectKind kind, ByteBuffer payload) {
        return switch (kind) {
            case REPORT_TRANSITION -> transition(Reports.Transition.read(payload, 0));
            case REPORT_FAULT -> fault(Reports.Fault.read(payload, 0));
            case REPORT_NOTE -> note(Reports.Note.read(payload, 0));
            default -> throw new IllegalArgumentException("Expected a report, but found " + kind);
        };
    }

    private static String transition(Reports.Transition transition) {
        boolean first = transition.from() == RouterState.INIT
                && (transition.to() == RouterState.BACKUP || transition.to() == RouterState.FAULT);
        return "(" + transition.instance() + ") Entering " + transition.to() + " STATE" + (first ? " (init)" : "");
    }

    private static String fault(Reports.Fault fault) {
        String instance = "(" + fault.instance() + ") ";
        if (!fault.began()) {
            return instance + "fault cleared (" + fault.reasonText() + "): " + fault.causeText();
        }
        String beginning = fault.reason().blocking() ? "entering FAULT state (" : "fault (";
        return instance + beginning + fault.reasonText() + ")";
    }

    private static String note(Reports.Note note) {
        return note.instance().isEmpty() ? note.text() : "(" + note.instance() + ") " + note.text();
    }
}
