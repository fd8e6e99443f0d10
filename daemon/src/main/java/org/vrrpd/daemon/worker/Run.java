package org.vrrpd.daemon.worker;

import org.vrrpd.daemon.linux.ChildProcess;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.ScriptOutcome;

/** One run of a script, from being asked for to its end. Belongs to the thread of {@link ScriptRunner}. */
final class Run {

    static final int SIGTERM = 15;
    static final int SIGKILL = 9;
    static final long MERCY_NANOS = 2_000_000_000L;
    static final long INSIST_NANOS = 10_000_000_000L;

    /** Hears what becomes of a run. Called by the thread of {@link ScriptRunner}. */
    @FunctionalInterface
    interface Listener {
        void ended(ScriptOutcome outcome, int status, long durationNanos, String detail);
    }

    private final ScriptRun request;
    private final Listener listener;
    private final long began = System.nanoTime();
    private long deadline;
    private ChildProcess child;
    private boolean aboutToEnd;
    private boolean ending;
    private long nextSignal = WorkLoop.NEVER;
    private int signals;
    /** Read by the thread that would start it. */
    private volatile boolean cancelled;

    Run(ScriptRun request, Listener listener) {
        this.request = request;
        this.listener = listener;
        long limit = request.timeoutNanos();
        deadline = limit <= 0 || limit > Long.MAX_VALUE - began ? WorkLoop.NEVER : began + limit;
    }

    ScriptRun request() {
        return request;
    }

    ChildProcess child() {
        return child;
    }

    boolean cancelled() {
        return cancelled;
    }

    void tell(ScriptOutcome outcome, int status, String detail) {
        listener.ended(outcome, status, System.nanoTime() - began, detail);
    }

    void started(ChildProcess process) {
        child = process;
        if (ending) {
            nextSignal = System.nanoTime();
        }
    }

    /** It and all that it has started are told to end, and are made to when they do not. */
    void end() {
        if (!ending) {
            ending = true;
            cancelled = true;
            nextSignal = child == null ? WorkLoop.NEVER : System.nanoTime();
        }
    }

    /** It should end by itself now, such as the reader of a pipe that was closed. */
    void endWithin(long nanos) {
        aboutToEnd = true;
        deadline = Math.min(deadline, System.nanoTime() + nanos);
    }

    boolean aboutToEnd() {
        return aboutToEnd;
    }

    long nextNanos() {
        return ending ? nextSignal : deadline;
    }

    void timePassed(long now) {
        if (!ending && now >= deadline) {
            tell(ScriptOutcome.TIMED_OUT, 0, child == null ? "it could not even be started" : "");
            end();
        }
        if (ending && now >= nextSignal) {
            child.signalGroup(signals == 0 ? SIGTERM : SIGKILL);
            nextSignal = now + (signals == 0 ? MERCY_NANOS : INSIST_NANOS);
            signals++;
        }
    }

    /** What is left of its process group goes with it, when it was to end. */
    void reapable() {
        if (ending) {
            child.signalGroup(SIGKILL);
        }
    }

    /** No more mercy. */
    void kill() {
        end();
        if (child != null) {
            child.signalGroup(SIGKILL);
        }
    }
}
