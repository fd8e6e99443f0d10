package org.vrrpd.proto.core;

import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedFileConfiguration;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;

/**
 * One track_file: the number in it. Its worth for a router is that number times the router's weight. Until it was read
 * for the first time nobody knows the number; a watch that does not answer is begun anew.
 */
final class FileTracker {

    static final int LEAST_WORTH = -254;
    static final int MOST_WORTH = 253;
    static final long ANSWER_NANOS = 10_000_000_000L;
    static final String KIND = "track_file";

    private final Outbox outbox;
    private final Moment moment;
    private final TrackedFileConfiguration configuration;
    private int watchId;
    private int number;
    private boolean read;
    private boolean present;
    private long sinceNanos;
    private long askAgainAt = Moment.NEVER;

    FileTracker(TrackedFileConfiguration configuration, Outbox outbox, Moment moment) {
        this.configuration = configuration;
        this.outbox = outbox;
        this.moment = moment;
        this.sinceNanos = moment.nowNanos();
    }

    TrackedFileConfiguration configuration() {
        return configuration;
    }

    int watchId() {
        return watchId;
    }

    /** What the file of that name was worth counts until this one is read. The former may be null. */
    void inherit(FileTracker former) {
        if (former == null) {
            return;
        }
        number = former.number;
        read = former.read;
        present = former.present;
        sinceNanos = former.sinceNanos;
    }

    /** @param create the file is made as configured; only a daemon that starts does that */
    void watch(int newWatchId, boolean create) {
        watchId = newWatchId;
        outbox.watchFile(watchId, create ? configuration.creation().ordinal() : 0,
                configuration.initialValue(), configuration.path());
        askAgainAt = moment.nowNanos() + ANSWER_NANOS;
    }

    void stop() {
        outbox.unwatch(EffectKind.UNWATCH_FILE, watchId);
    }

    long deadline() {
        return askAgainAt;
    }

    void onDeadline() {
        if (moment.nowNanos() >= askAgainAt) {
            stop();
            watch(watchId, false);
        }
    }

    /** True when its number changed. */
    boolean onRead(boolean exists, String content) {
        int next = exists ? FileNumber.of(content) : 0;
        boolean changed = !read || next != number;
        sinceNanos = changed ? moment.nowNanos() : sinceNanos;
        number = next;
        present = exists;
        read = true;
        askAgainAt = Moment.NEVER;
        return changed;
    }

    String text() {
        return !read ? "not read yet" : present ? Integer.toString(number) : "missing, which counts as 0";
    }

    /** What it is worth for a router with a weight; nothing before it was read. */
    int worth(Tracked tracked) {
        if (tracked.weight() == 0) {
            return 0;
        }
        long product = (long) number * (tracked.reverse() ? -tracked.weight() : tracked.weight());
        return (int) Math.max(LEAST_WORTH, Math.min(MOST_WORTH, product));
    }

    void findFault(Tracked tracked, FaultList faults) {
        String name = configuration.name();
        if (tracked.weight() == 0 && !read) {
            faults.found(FaultReason.FILE_PENDING, name, "");
        } else if (tracked.weight() == 0 && number != 0 && !tracked.reverse()) {
            faults.found(FaultReason.FILE_NOT_ZERO, name, text());
        } else if (tracked.weight() == 0 && number == 0 && tracked.reverse()) {
            faults.found(FaultReason.FILE_ZERO, name, text());
        } else if (worth(tracked) <= LEAST_WORTH) {
            faults.found(FaultReason.FILE_TOO_LOW, name, number + "\n"
                    + (tracked.reverse() ? "-" : "") + tracked.weight());
        }
    }

    /** What its number means is up to each router's weight. */
    CoreView.TrackerView view() {
        return new CoreView.TrackerView(
                KIND, configuration.name(), read ? TrackerCondition.WELL : TrackerCondition.PENDING,
                text(), sinceNanos, number);
    }

    void save(SnapshotWriter out) {
        out.putInt(watchId).putInt(number).putBoolean(read).putBoolean(present).putLong(sinceNanos).putLong(askAgainAt);
    }

    void load(SnapshotReader in) {
        watchId = in.getInt();
        number = in.getInt();
        read = in.getBoolean();
        present = in.getBoolean();
        sinceNanos = in.getLong();
        askAgainAt = in.getLong();
    }
}
