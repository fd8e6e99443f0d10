package org.vrrpd.proto.dump;

import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackedProcessConfiguration;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.core.CoreView.TrackerView;
import org.vrrpd.proto.core.TrackerCondition;

/** How a tracked process stands. What it is and what it counts as differ while a delay runs. */
record ProcessState(CoreView view, TrackedProcessConfiguration process) {

    private static final String KIND = "vrrp_track_process";

    /** Null when nothing is known. */
    static TrackerView tracker(CoreView view, String kind, String name) {
        for (TrackerView tracker : view.trackers()) {
            if (tracker.kind().equals(kind) && tracker.name().equals(name)) {
                return tracker;
            }
        }
        return null;
    }

    private TrackerCondition condition() {
        TrackerView tracker = tracker(view, KIND, process.name());
        return tracker == null ? TrackerCondition.PENDING : tracker.condition();
    }

    long count() {
        TrackerView tracker = tracker(view, KIND, process.name());
        return tracker == null ? 0 : tracker.number();
    }

    boolean hasQuorum() {
        return condition() == TrackerCondition.WELL;
    }

    private boolean isInQuorum() {
        return count() >= process.quorum() && count() <= process.quorumMax();
    }

    boolean isGaining() {
        return condition() == TrackerCondition.FAILED && isInQuorum();
    }

    boolean isLosing() {
        return condition() == TrackerCondition.WELL && !isInQuorum();
    }

    /** That of the first instance that tracks it; 0: none does. */
    int weight() {
        for (InstanceView instance : view.instances()) {
            for (Tracked tracked : instance.detail().configuration().tracking().processes()) {
                if (tracked.name().equals(process.name())) {
                    return tracked.weight();
                }
            }
        }
        return 0;
    }
}
