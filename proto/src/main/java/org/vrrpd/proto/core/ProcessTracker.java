package org.vrrpd.proto.core;

import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.ProcessWatch;

/**
 * One vrrp_track_process: well while at least the quorum and at most quorum_max of the processes run. When a change of
 * their number would change that, it counts after fork_delay (more of them run) or terminate_delay (fewer do), and not
 * at all when it was undone before. The first number counts at once.
 */
final class ProcessTracker {

    static final long ANSWER_NANOS = 10_000_000_000L;
    static final String KIND = "vrrp_track_process";

    private final Outbox outbox;
    private final Moment moment;
    private final TrackedProcessConfiguration configuration;
    private int watchId;
    private TrackerCondition condition = TrackerCondition.PENDING;
    private int count;
    private boolean counted;
    private long sinceNanos;
    /** When the number that runs now counts; NEVER: it does. */
    private long countsAt = Moment.NEVER;
    private long askAgainAt = Moment.NEVER;

    ProcessTracker(TrackedProcessConfiguration configuration, Outbox outbox, Moment moment) {
        this.configuration = configuration;
        this.outbox = outbox;
        this.moment = moment;
        this.sinceNanos = moment.nowNanos();
    }

    TrackedProcessConfiguration configuration() {
        return configuration;
    }

    int watchId() {
        return watchId;
    }

    TrackerCondition condition() {
        return condition;
    }

    /** What was tracked under that name counts until these are counted. The former may be null. */
    void inherit(ProcessTracker former) {
        if (former == null) {
            return;
        }
        condition = former.condition;
        count = former.count;
        sinceNanos = former.sinceNanos;
    }

    void watch(int newWatchId) {
        watchId = newWatchId;
        outbox.watchProcesses(new ProcessWatch(
                watchId, configuration.process(), configuration.fullCommand(), configuration.parameterMatch(),
                configuration.parameters()));
        askAgainAt = moment.nowNanos() + ANSWER_NANOS;
    }

    void stop() {
        outbox.unwatch(EffectKind.UNWATCH_PROCESSES, watchId);
    }

    long deadline() {
        return Math.min(countsAt, askAgainAt);
    }

    /** True when it is well, or not, from now on. */
    boolean onDeadline() {
        if (moment.nowNanos() >= askAgainAt) {
            stop();
            watch(watchId);
        }
        if (moment.nowNanos() < countsAt) {
            return false;
        }
        enter(verdict());
        return true;
    }

    /** True when routers or operators see another thing now. */
    boolean onCounted(int next) {
        askAgainAt = Moment.NEVER;
        boolean more = next > count;
        boolean changed = next != count;
        boolean first = !counted;
        count = next;
        counted = true;
        if (verdict() == condition) {
            countsAt = Moment.NEVER;
            return changed;
        }
        long delay = first ? 0 : more ? configuration.forkDelayNanos() : configuration.terminateDelayNanos();
        if (delay == 0) {
            enter(verdict());
            return true;
        }
        countsAt = countsAt == Moment.NEVER ? moment.nowNanos() + delay : countsAt;
        return changed;
    }

    private TrackerCondition verdict() {
        return TrackerCondition.of(count >= configuration.quorum() && count <= configuration.quorumMax());
    }

    private void enter(TrackerCondition next) {
        condition = next;
        countsAt = Moment.NEVER;
        sinceNanos = moment.nowNanos();
        outbox.note(next == TrackerCondition.WELL ? NoteKind.TRACKER_WELL : NoteKind.TRACKER_FAILED,
                KIND + " " + configuration.name(), running() + ", expected " + expected());
    }

    private String running() {
        return count == 0 ? "none runs" : count == 1 ? "1 runs" : count + " run";
    }

    private String expected() {
        int least = configuration.quorum();
        int most = configuration.quorumMax();
        if (most == TrackedProcessConfiguration.UNLIMITED) {
            return "at least " + least;
        }
        return most == 0 ? "none" : least == most ? "exactly " + least
                : least == 0 ? "at most " + most : least + " to " + most;
    }

    private String text() {
        return condition == TrackerCondition.PENDING ? "not counted yet"
                : running() + ", expected " + expected()
                        + (countsAt == Moment.NEVER ? "" : ", but not for long enough");
    }

    void findFault(boolean reverse, FaultList faults) {
        String name = configuration.name();
        if (condition == TrackerCondition.PENDING) {
            faults.found(FaultReason.PROCESSES_PENDING, name, "");
        } else if (condition == TrackerCondition.FAILED && !reverse) {
            faults.found(FaultReason.PROCESSES_MISSING, name, text() + "\n" + expected());
        } else if (condition == TrackerCondition.WELL && reverse) {
            faults.found(FaultReason.PROCESSES_PRESENT, name, text());
        }
    }

    CoreView.TrackerView view() {
        return new CoreView.TrackerView(KIND, configuration.name(), condition, text(), sinceNanos, count);
    }

    void save(SnapshotWriter out) {
        out.putInt(watchId).putInt(condition.ordinal()).putInt(count).putBoolean(counted)
                .putLong(sinceNanos).putLong(countsAt).putLong(askAgainAt);
    }

    void load(SnapshotReader in) {
        watchId = in.getInt();
        condition = TrackerCondition.ofNumber(in.getInt());
        count = in.getInt();
        counted = in.getBoolean();
        sinceNanos = in.getLong();
        countsAt = in.getLong();
        askAgainAt = in.getLong();
    }
}
