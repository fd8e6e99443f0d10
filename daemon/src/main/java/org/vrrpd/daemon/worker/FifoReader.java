package org.vrrpd.daemon.worker;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.FifoOpening;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * The script that reads a pipe. When it ends it is started again, after a second, or longer each time when it does not
 * live for long. Belongs to the thread of {@link FifoWriter}.
 */
final class FifoReader {

    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long LAST_NANOS = 60_000_000_000L;

    private final FifoOpening opening;
    private final ScriptRunner scripts;
    private final FifoWriter owner;
    private Run run;
    private long backoff = FIRST_NANOS;
    private long startAt = WorkLoop.NEVER;
    private boolean ended;

    FifoReader(FifoOpening opening, ScriptRunner scripts, FifoWriter owner) {
        this.opening = opening;
        this.scripts = scripts;
        this.owner = owner;
        start();
    }

    boolean isFor(FifoOpening other) {
        return other.equals(opening);
    }

    private void start() {
        startAt = WorkLoop.NEVER;
        List<String> arguments = new ArrayList<>(opening.reader());
        arguments.add(opening.path());
        ScriptRun request = new ScriptRun("reader of " + opening.path(), 0,
                opening.readerUser(), opening.readerGroup(), opening.secure(), arguments);
        run = scripts.begin(request, (outcome, status, nanos, detail) -> {
            if (outcome != ScriptOutcome.TIMED_OUT) {
                owner.execute(() -> gone(outcome, status, nanos, detail));
            }
        });
    }

    private void gone(ScriptOutcome outcome, int status, long nanos, String detail) {
        if (ended) {
            return;
        }
        if (nanos >= LAST_NANOS) {
            backoff = FIRST_NANOS;
        }
        startAt = System.nanoTime() + backoff;
        String what = switch (outcome) {
            case EXITED -> "exited with status " + status;
            case SIGNALLED -> "was ended by signal " + status;
            default -> "was not started";
        };
        owner.log("the reader of " + opening.path() + " " + what + (detail.isEmpty() ? "" : ": " + detail)
                + "; it is started again in " + backoff / FIRST_NANOS + " s");
        backoff = Math.min(LAST_NANOS, 2 * backoff);
    }

    long nextNanos() {
        return startAt;
    }

    void timePassed(long now) {
        if (now >= startAt) {
            start();
        }
    }

    /** For good: it has so long to end by itself. */
    void end(long nanos) {
        ended = true;
        startAt = WorkLoop.NEVER;
        scripts.endWithin(run, nanos);
    }
}
