package org.vrrpd.proto.core;

import org.vrrpd.proto.event.ScriptOutcome;

/** What became of a script, in words for a note. */
final class ScriptFailures {

    private ScriptFailures() {}

    /** Empty: it succeeded. */
    static String text(ScriptOutcome outcome, int status, String detail) {
        String failure = text(outcome, status);
        return failure.isEmpty() || detail.isEmpty() ? failure : failure + ": " + detail;
    }

    private static String text(ScriptOutcome outcome, int status) {
        if (outcome == null) {
            return "it ended in an unknown way";
        }
        return switch (outcome) {
            case EXITED -> status == 0 ? "" : "it exited with status " + status;
            case SIGNALLED -> "it was ended by signal " + status;
            case NOT_STARTED -> "it was not started";
            case TIMED_OUT -> "it took too long and is being ended";
        };
    }
}
