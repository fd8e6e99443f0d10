package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.FaultReason;

/**
 * The faults of one router: predicates over what is observed, computed anew, never counted up and down. Between
 * {@link #begin} and {@link #finish} the finders name what holds; what was not named has cleared.
 */
final class FaultList {

    private final VirtualRouter router;
    private final CoreContext context;
    private final List<ActiveFault> found = new ArrayList<>();
    private List<ActiveFault> active = new ArrayList<>();

    FaultList(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.context = context;
    }

    List<ActiveFault> active() {
        return active;
    }

    void begin() {
        found.clear();
    }

    void found(FaultReason reason, String subject, String detail) {
        for (ActiveFault fault : found) {
            if (fault.isSameAs(reason, subject)) {
                return;
            }
        }
        for (ActiveFault fault : active) {
            if (fault.isSameAs(reason, subject)) {
                found.add(fault.withDetail(detail));
                return;
            }
        }
        Moment moment = context.moment();
        found.add(new ActiveFault(reason, subject, detail, moment.nowNanos(), moment.sequence()));
    }

    /** Reports what began and what cleared. */
    void finish() {
        for (ActiveFault fault : active) {
            if (!isIn(found, fault)) {
                context.outbox().reportFault(router.id, router.configuration.name(), false, fault);
            }
        }
        for (ActiveFault fault : found) {
            if (!isIn(active, fault)) {
                context.outbox().reportFault(router.id, router.configuration.name(), true, fault);
            }
        }
        active = new ArrayList<>(found);
    }

    private static boolean isIn(List<ActiveFault> list, ActiveFault fault) {
        for (ActiveFault each : list) {
            if (each.isSameAs(fault.reason(), fault.subject())) {
                return true;
            }
        }
        return false;
    }

    /** True when one of those being found, the sync group's left out, keeps the router from working. */
    boolean foundBlocking() {
        for (ActiveFault fault : found) {
            if (fault.reason().blocking() && fault.reason() != FaultReason.SYNC_GROUP) {
                return true;
            }
        }
        return false;
    }

    /** True when one that holds, the sync group's left out, keeps the router from working. */
    boolean hasBlockingOfItsOwn() {
        for (ActiveFault fault : active) {
            if (fault.reason().blocking() && fault.reason() != FaultReason.SYNC_GROUP) {
                return true;
            }
        }
        return false;
    }

    /** True when those found that keep the router from working, the sync group's left out, are all pending. */
    boolean foundOnlyPending() {
        for (ActiveFault fault : found) {
            boolean own = fault.reason().blocking() && fault.reason() != FaultReason.SYNC_GROUP;
            if (own && !fault.reason().isPending()) {
                return false;
            }
        }
        return true;
    }

    boolean isBlocking() {
        for (ActiveFault fault : active) {
            if (fault.reason().blocking()) {
                return true;
            }
        }
        return false;
    }

    List<CoreView.FaultView> view() {
        List<CoreView.FaultView> view = new ArrayList<>();
        for (ActiveFault fault : active) {
            view.add(new CoreView.FaultView(
                    fault.reason(), fault.subject(), fault.detail(), fault.sinceNanos(), fault.sinceSequence()));
        }
        return view;
    }

    void save(SnapshotWriter out) {
        out.putInt(active.size());
        active.forEach(fault -> fault.save(out));
    }

    void load(SnapshotReader in) {
        for (int i = in.getInt(); i > 0; i--) {
            active.add(ActiveFault.load(in));
        }
    }
}
