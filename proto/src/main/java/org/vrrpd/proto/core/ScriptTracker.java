package org.vrrpd.proto.core;

import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * One vrrp_script: run at once and then at every interval from that first start on, one run at a time. A run that is
 * due while the one before has not ended is left out. A run whose time is over has failed, and still runs until it is
 * gone: one that cannot be ended holds up itself alone.
 */
final class ScriptTracker {

    /** How much longer than its time limit a run may stay unanswered. */
    static final long ANSWER_MARGIN_NANOS = 30_000_000_000L;
    /** After this a run that cannot be ended no longer keeps the next from beginning. */
    static final long ABANDON_NANOS = 3_600_000_000_000L;
    private static final long NOTE_SPACING_NANOS = 60_000_000_000L;
    private static final int MOST_DETAIL = 200;
    static final String KIND = "vrrp_script";

    private final Outbox outbox;
    private final Moment moment;
    private final ScriptResult result;
    private ScriptConfiguration configuration;
    private long sinceNanos;
    private String outcome = "";
    /** The outcome of the last run that failed. */
    private String failure = "";

    private long nextRunAt;
    private long startedAt;
    /** Of the run that has not ended; 0: none. */
    private long runEffect;
    private boolean timedOut;
    private long giveUpAt = Moment.NEVER;
    private boolean unanswered;
    private long skipped;
    private long quietUntil;

    ScriptTracker(ScriptConfiguration configuration, Outbox outbox, Moment moment) {
        this.configuration = configuration;
        this.outbox = outbox;
        this.moment = moment;
        this.result = new ScriptResult(configuration);
        this.sinceNanos = moment.nowNanos();
        this.nextRunAt = moment.nowNanos();
    }

    TrackerCondition condition() {
        return result.condition();
    }

    long deadline() {
        return Math.min(nextRunAt, giveUpAt);
    }

    /** A script that only changed keeps its result; with the same command also its run. */
    void reconfigure(ScriptConfiguration next) {
        if (next.equals(configuration)) {
            return;
        }
        boolean sameCommand = next.command().equals(configuration.command());
        configuration = next;
        result.adopt(next.rise(), next.fall());
        if (sameCommand) {
            nextRunAt = Math.max(moment.nowNanos(), startedAt + next.intervalNanos());
        } else {
            result.beginAnew();
            stop();
            nextRunAt = moment.nowNanos();
        }
    }

    /** Ends the run, if there is one; what it answers counts no more. */
    void stop() {
        if (runEffect != 0) {
            outbox.stopScript(runEffect);
        }
        forgetRun();
    }

    private void forgetRun() {
        runEffect = 0;
        timedOut = false;
        giveUpAt = Moment.NEVER;
    }

    /** True when something about it changed that routers or operators see. */
    boolean onDeadline(boolean secure) {
        boolean changed = moment.nowNanos() >= giveUpAt && giveUp();
        if (moment.nowNanos() >= nextRunAt) {
            long interval = configuration.intervalNanos();
            nextRunAt += ((moment.nowNanos() - nextRunAt) / interval + 1) * interval;
            if (runEffect == 0) {
                start(secure);
            } else {
                skip();
            }
        }
        return changed;
    }

    private void start(boolean secure) {
        startedAt = moment.nowNanos();
        giveUpAt = startedAt + configuration.timeoutNanos() + ANSWER_MARGIN_NANOS;
        runEffect = outbox.runScript(Effects.NO_INSTANCE, new ScriptRun(
                KIND + " " + configuration.name(), configuration.timeoutNanos(), configuration.command().user(),
                configuration.command().group(), secure, configuration.command().arguments()));
    }

    private void skip() {
        skipped++;
        if (moment.nowNanos() >= quietUntil) {
            quietUntil = moment.nowNanos() + NOTE_SPACING_NANOS;
            outbox.note(NoteKind.SCRIPT_SKIPPED, Effects.NO_INSTANCE, "", configuration.name(),
                    ConfigurationPrinter.seconds(moment.nowNanos() - startedAt), skipped);
            skipped = 0;
        }
    }

    /** No answer: the first time it is only run again, since whoever was to answer may be what failed. */
    private boolean giveUp() {
        outbox.note(NoteKind.SCRIPT_ABANDONED, configuration.name(),
                ConfigurationPrinter.seconds(moment.nowNanos() - startedAt));
        boolean counts = !timedOut && unanswered;
        unanswered = true;
        stop();
        nextRunAt = moment.nowNanos();
        return counts && failed("gave no answer");
    }

    boolean isRun(long effectId) {
        return runEffect != 0 && runEffect == effectId;
    }

    /** The run ended, or its time did. True when something about it changed that routers or operators see. */
    boolean onEnded(ScriptOutcome how, int status, String detail) {
        unanswered = false;
        boolean late = timedOut;
        if (how != ScriptOutcome.TIMED_OUT) {
            forgetRun();
        } else if (!late) {
            timedOut = true;
            giveUpAt = moment.nowNanos() + ABANDON_NANOS;
        }
        if (late) {
            return false; // it has counted already
        }
        if (how == ScriptOutcome.EXITED && status == 0) {
            return counted("succeeded", true);
        }
        String text = switch (how) {
            case EXITED -> "exited with status " + status;
            case SIGNALLED -> "was ended by signal " + status;
            case TIMED_OUT -> "took longer than " + ConfigurationPrinter.seconds(moment.nowNanos() - startedAt);
            case NOT_STARTED -> "was not started";
        };
        return failed(detail.isEmpty() ? text : text + ": " + oneLine(detail));
    }

    private static String oneLine(String detail) {
        return detail.substring(0, Math.min(detail.length(), MOST_DETAIL)).replaceAll("\\s+", " ").strip();
    }

    private boolean failed(String text) {
        return counted(text, false);
    }

    private boolean counted(String text, boolean success) {
        TrackerCondition former = result.condition();
        boolean otherFailure = !success && !text.equals(failure);
        outcome = text;
        if (success) {
            result.succeeded();
        } else {
            result.failed();
            failure = text;
        }
        if (result.condition() != former) {
            sinceNanos = moment.nowNanos();
            outbox.note(result.condition() == TrackerCondition.WELL ? NoteKind.TRACKER_WELL : NoteKind.TRACKER_FAILED,
                    KIND + " " + configuration.name(), text);
        }
        return result.condition() != former || otherFailure && former == TrackerCondition.FAILED;
    }

    String outcome() {
        return outcome;
    }

    /** The fault of a router that tracks it without a weight. */
    void findFault(boolean reverse, FaultList faults) {
        String name = configuration.name();
        if (condition() == TrackerCondition.PENDING) {
            faults.found(FaultReason.SCRIPT_PENDING, name, "");
        } else if (condition() == TrackerCondition.FAILED && !reverse) {
            faults.found(FaultReason.SCRIPT_FAILED, name, (failure.isEmpty() ? "init_fail" : failure)
                    + "\n" + times("it succeeds", configuration.rise()));
        } else if (condition() == TrackerCondition.WELL && reverse) {
            faults.found(FaultReason.SCRIPT_SUCCEEDED, name, times("it fails", configuration.fall()));
        }
    }

    private static String times(String what, int count) {
        return count == 1 ? what : what + " " + count + " times in a row";
    }

    CoreView.TrackerView view() {
        return new CoreView.TrackerView(
                KIND, configuration.name(), condition(), outcome, sinceNanos, result.number());
    }

    void save(SnapshotWriter out) {
        result.save(out);
        out.putLong(sinceNanos).putText(outcome).putText(failure).putLong(nextRunAt).putLong(startedAt)
                .putLong(runEffect).putBoolean(timedOut).putLong(giveUpAt).putBoolean(unanswered)
                .putLong(skipped).putLong(quietUntil);
    }

    void load(SnapshotReader in) {
        result.load(in);
        sinceNanos = in.getLong();
        outcome = in.getText();
        failure = in.getText();
        nextRunAt = in.getLong();
        startedAt = in.getLong();
        runEffect = in.getLong();
        timedOut = in.getBoolean();
        giveUpAt = in.getLong();
        unanswered = in.getBoolean();
        skipped = in.getLong();
        quietUntil = in.getLong();
    }
}
