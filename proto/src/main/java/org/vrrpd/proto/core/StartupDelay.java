package org.vrrpd.proto.core;

import org.vrrpd.proto.config.GlobalConfiguration;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * What the first configuration of a run makes the daemon wait for. startup_script: until it has ended, nothing begins.
 * vrrp_startup_delay and vrrp_delay_after_boot: until then what arrives is discarded and no router becomes MASTER; all
 * timers that start earlier count from its end. A reload neither begins it anew nor ends it.
 */
final class StartupDelay {

    private final Outbox outbox;
    private final LifecycleScript script;
    private final Moment moment;
    private boolean decided;
    /** Core time, which counts from the boot. */
    private long untilNanos = Long.MIN_VALUE;
    private boolean running;

    StartupDelay(Outbox outbox, Moment moment) {
        this.outbox = outbox;
        this.script = new LifecycleScript("startup_script", outbox, moment);
        this.moment = moment;
    }

    /** The first configuration of a run decides. */
    void decide(long startedNanos, GlobalConfiguration global) {
        if (decided) {
            return;
        }
        decided = true;
        script.run(global.startupScript(), global.startupScriptTimeoutNanos(), global.scriptSecurity());
        untilNanos = Math.max(startedNanos + global.startupDelayNanos(), global.delayAfterBootNanos());
        running = untilNanos > moment.nowNanos();
        if (running) {
            long seconds = (untilNanos - moment.nowNanos() + 999_999_999L) / 1_000_000_000L;
            outbox.note(NoteKind.STARTUP_DELAYED, Long.toString(seconds), "");
        }
    }

    /** startup_script has not ended. */
    boolean isHeld() {
        return script.isRunning();
    }

    /** True when that was what everything waited for. */
    boolean onScriptEnded(long effectId, ScriptOutcome outcome, int status, String detail) {
        return script.onEnded(effectId, outcome, status, detail);
    }

    boolean isRunning() {
        return moment.nowNanos() < untilNanos;
    }

    /** When what begins now counts from. */
    long base() {
        return Math.max(moment.nowNanos(), untilNanos);
    }

    /** An owner that waited for the end starts then. */
    boolean endsAt(long nanos) {
        return nanos == untilNanos;
    }

    /** 0: none. */
    long untilNanos() {
        return running ? untilNanos : 0;
    }

    /** True when everything may begin now. */
    boolean onDeadline() {
        if (running && !isRunning()) {
            running = false;
            outbox.note(NoteKind.STARTUP_DELAY_OVER, "", "");
        }
        return script.onDeadline();
    }

    /** NEVER when there is none. */
    long deadline() {
        return Math.min(script.deadline(), running ? untilNanos : Moment.NEVER);
    }

    void save(SnapshotWriter out) {
        out.putBoolean(decided).putLong(untilNanos).putBoolean(running);
        script.save(out);
    }

    void load(SnapshotReader in) {
        decided = in.getBoolean();
        untilNanos = in.getLong();
        running = in.getBoolean();
        script.load(in);
    }
}
