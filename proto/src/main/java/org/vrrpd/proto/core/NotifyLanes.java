package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.vrrpd.proto.core.NotifyLane.Notice;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * Runs notify scripts: those of one instance or group one after another, in the order of its transitions, never two at
 * a time and none left out; those of different ones beside each other. Each has a time limit, so that one that hangs
 * delays what follows but does not stop it.
 */
final class NotifyLanes {

    /** How long a script may run. */
    static final long TIMEOUT_NANOS = 60_000_000_000L;
    /** How long one that was told to end may take to be gone; after it the next one starts beside it. */
    static final long GRACE_NANOS = 10_000_000_000L;
    /** Only a script that never ends lets so many wait; the oldest is dropped then, since the newest state counts. */
    static final int MOST_WAITING = 1000;

    private final Outbox outbox;
    private final Moment moment;
    /** Those with something to do, by {@link #key}. */
    private final TreeMap<String, NotifyLane> lanes = new TreeMap<>();
    private long deadline = Moment.NEVER;
    private boolean secure;

    NotifyLanes(Outbox outbox, Moment moment) {
        this.outbox = outbox;
        this.moment = moment;
    }

    static String key(boolean group, String name) {
        return (group ? "group " : "instance ") + name;
    }

    /** A script that others than root could change is not run as root. */
    void setSecure(boolean scriptSecurity) {
        secure = scriptSecurity;
    }

    boolean areIdle() {
        return lanes.isEmpty();
    }

    void add(boolean group, String name, int instance, Notice notice) {
        NotifyLane lane = lanes.computeIfAbsent(key(group, name), key -> new NotifyLane(name, instance));
        if (lane.waiting.size() >= MOST_WAITING) {
            drop(lane);
        }
        lane.waiting.add(notice);
        if (lane.running == null) {
            runNext(lane);
        }
        refresh();
    }

    private void drop(NotifyLane lane) {
        Notice oldest = lane.waiting.poll();
        lane.dropped++;
        if (lane.dropped == 1) {
            note(lane, NoteKind.NOTIFICATION_DROPPED, oldest.purpose(), MOST_WAITING + " others wait", 1);
        }
    }

    private void note(NotifyLane lane, NoteKind kind, String subject, String detail, long count) {
        outbox.note(kind, lane.instance, lane.name, subject, detail, count);
    }

    private void runNext(NotifyLane lane) {
        lane.running = lane.waiting.poll();
        lane.giveUpAt = Moment.NEVER;
        if (lane.running == null) {
            return;
        }
        long timeout = lane.running.stop() ? StopPhase.ALLOWANCE_NANOS : TIMEOUT_NANOS;
        lane.effectId = outbox.runScript(lane.instance, lane.running.run(timeout, secure));
        lane.giveUpAt = moment.nowNanos() + timeout + GRACE_NANOS;
        if (lane.waiting.isEmpty() && lane.dropped > 0) {
            note(lane, NoteKind.NOTIFICATIONS_DROPPED, "", "", lane.dropped);
            lane.dropped = 0;
        }
    }

    /** Lanes that have nothing to do are forgotten. */
    private void refresh() {
        lanes.values().removeIf(NotifyLane::isIdle);
        deadline = Moment.NEVER;
        for (NotifyLane lane : lanes.values()) {
            deadline = Math.min(deadline, lane.giveUpAt);
        }
    }

    /** True when the run was one of these. */
    boolean onScriptEnded(long effectId, ScriptOutcome outcome, int status, String detail) {
        for (NotifyLane lane : lanes.values()) {
            if (lane.running != null && lane.effectId == effectId) {
                ended(lane, outcome, status, detail);
                refresh();
                return true;
            }
        }
        return false;
    }

    private void ended(NotifyLane lane, ScriptOutcome outcome, int status, String detail) {
        String failure = ScriptFailures.text(outcome, status, detail);
        if (!failure.isEmpty()) {
            note(lane, NoteKind.NOTIFICATION_FAILED, lane.running.purpose(), failure, 1);
        }
        if (outcome != ScriptOutcome.TIMED_OUT) {
            runNext(lane); // not before the last one is gone: they could undo each other's work
        }
    }

    void onDeadline() {
        if (moment.nowNanos() < deadline) {
            return;
        }
        for (NotifyLane lane : lanes.values()) {
            if (moment.nowNanos() >= lane.giveUpAt) {
                note(lane, NoteKind.NOTIFICATION_FAILED, lane.running.purpose(),
                        "it cannot be ended; later ones no longer wait for it", 1);
                runNext(lane);
            }
        }
        refresh();
    }

    /** NEVER while none runs. */
    long deadline() {
        return deadline;
    }

    /** What is to be told of the stop waits for nothing any more. */
    void hasten() {
        for (NotifyLane lane : lanes.values()) {
            if (lane.owesStop()) {
                skipToStop(lane);
            }
        }
        refresh();
    }

    private void skipToStop(NotifyLane lane) {
        if (lane.running != null) {
            note(lane, NoteKind.NOTIFICATION_UNFINISHED, lane.running.purpose(), "the stop does not wait for it", 1);
        }
        while (!lane.waiting.peek().stop()) {
            note(lane, NoteKind.NOTIFICATION_NOT_RUN, lane.waiting.poll().purpose(), "", 1);
        }
        runNext(lane);
    }

    /** The daemon ends: what has not ended is told. */
    void abandon() {
        for (NotifyLane lane : lanes.values()) {
            if (lane.running != null) {
                note(lane, NoteKind.NOTIFICATION_UNFINISHED, lane.running.purpose(), "the daemon ends", 1);
            }
            lane.waiting.forEach(notice -> note(lane, NoteKind.NOTIFICATION_NOT_RUN, notice.purpose(), "", 1));
        }
        lanes.clear();
        refresh();
    }

    void save(SnapshotWriter out) {
        List<String> keys = new ArrayList<>(lanes.keySet());
        out.putInt(keys.size());
        for (String key : keys) {
            out.putText(key);
            lanes.get(key).save(out);
        }
    }

    void load(SnapshotReader in) {
        for (int i = in.getInt(); i > 0; i--) {
            lanes.put(in.getText(), NotifyLane.load(in));
        }
        refresh();
    }
}
