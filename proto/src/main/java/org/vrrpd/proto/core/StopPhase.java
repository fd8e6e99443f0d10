package org.vrrpd.proto.core;

import org.vrrpd.proto.config.GlobalConfiguration;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * The end of the daemon, after everything is released: scripts that are told of it get a second, then
 * shutdown_script runs with its own time limit, then it ends whatever they do.
 */
final class StopPhase {

    /** From the release until scripts are no longer waited for. */
    static final long ALLOWANCE_NANOS = 1_000_000_000L;
    /** When half of it is over, the scripts that are told of the stop no longer wait for those of former states. */
    private static final long HASTE_NANOS = ALLOWANCE_NANOS / 2;

    private enum Step { NOT_BEGUN, NOTIFYING, SHUTTING_DOWN, ENDED }

    private final CoreContext context;
    private final LifecycleScript shutdown;
    private Step step = Step.NOT_BEGUN;
    private long hastenAt = Moment.NEVER;
    private long endAt = Moment.NEVER;

    StopPhase(CoreContext context) {
        this.context = context;
        this.shutdown = new LifecycleScript("shutdown_script", context.outbox(), context.moment());
    }

    boolean hasBegun() {
        return step != Step.NOT_BEGUN;
    }

    void begin(GlobalConfiguration global) {
        step = Step.NOTIFYING;
        long now = context.moment().nowNanos();
        hastenAt = now + HASTE_NANOS;
        endAt = now + ALLOWANCE_NANOS;
        context.notifier().stopped(context.routers());
        goOn(global);
    }

    void onScriptEnded(long effectId, ScriptOutcome outcome, int status, String detail, GlobalConfiguration global) {
        shutdown.onEnded(effectId, outcome, status, detail);
        goOn(global);
    }

    void onDeadline(GlobalConfiguration global) {
        long now = context.moment().nowNanos();
        if (now >= hastenAt) {
            hastenAt = Moment.NEVER;
            context.lanes().hasten();
        }
        if (now >= endAt) {
            endAt = Moment.NEVER;
            context.lanes().abandon();
        }
        shutdown.onDeadline();
        goOn(global);
    }

    private void goOn(GlobalConfiguration global) {
        if (step == Step.NOTIFYING && context.lanes().areIdle()) {
            step = Step.SHUTTING_DOWN;
            hastenAt = Moment.NEVER;
            endAt = Moment.NEVER;
            context.fifos().closeAll();
            shutdown.run(global.shutdownScript(), global.shutdownScriptTimeoutNanos(), global.scriptSecurity());
        }
        if (step == Step.SHUTTING_DOWN && !shutdown.isRunning()) {
            step = Step.ENDED;
            context.outbox().end();
        }
    }

    long deadline() {
        return Math.min(Math.min(hastenAt, endAt), shutdown.deadline());
    }

    void save(SnapshotWriter out) {
        out.putInt(step.ordinal()).putLong(hastenAt).putLong(endAt);
        shutdown.save(out);
    }

    void load(SnapshotReader in) {
        step = Step.values()[in.getInt()];
        hastenAt = in.getLong();
        endAt = in.getLong();
        shutdown.load(in);
    }
}
