package org.vrrpd.proto.core;

import org.vrrpd.proto.config.ScriptCommand;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.ScriptOutcome;

/** startup_script or shutdown_script: one run for which the daemon waits, but never longer than its time limit. */
final class LifecycleScript {

    private final String word;
    private final Outbox outbox;
    private final Moment moment;
    /** 0: none runs. */
    private long effectId;
    private long giveUpAt = Moment.NEVER;

    LifecycleScript(String word, Outbox outbox, Moment moment) {
        this.word = word;
        this.outbox = outbox;
        this.moment = moment;
    }

    /** The command may be null: then nothing is waited for. */
    void run(ScriptCommand command, long timeoutNanos, boolean secure) {
        if (command != null) {
            effectId = outbox.runScript(Effects.NO_INSTANCE, new ScriptRun(
                    word, timeoutNanos, command.user(), command.group(), secure, command.arguments()));
            giveUpAt = moment.nowNanos() + timeoutNanos + NotifyLanes.GRACE_NANOS;
        }
    }

    boolean isRunning() {
        return effectId != 0;
    }

    /** True when it was this one and it is gone. */
    boolean onEnded(long endedEffect, ScriptOutcome outcome, int status, String detail) {
        if (!isRunning() || endedEffect != effectId) {
            return false;
        }
        String failure = ScriptFailures.text(outcome, status, detail);
        if (!failure.isEmpty()) {
            outbox.note(NoteKind.NOTIFICATION_FAILED, word, failure);
        }
        if (outcome == ScriptOutcome.TIMED_OUT) {
            return false;
        }
        forget();
        return true;
    }

    /** True when it is not waited for any longer. */
    boolean onDeadline() {
        if (moment.nowNanos() < giveUpAt) {
            return false;
        }
        outbox.note(NoteKind.NOTIFICATION_FAILED, word, "it cannot be ended");
        forget();
        return true;
    }

    private void forget() {
        effectId = 0;
        giveUpAt = Moment.NEVER;
    }

    /** NEVER while none runs. */
    long deadline() {
        return giveUpAt;
    }

    void save(SnapshotWriter out) {
        out.putLong(effectId).putLong(giveUpAt);
    }

    void load(SnapshotReader in) {
        effectId = in.getLong();
        giveUpAt = in.getLong();
    }
}
