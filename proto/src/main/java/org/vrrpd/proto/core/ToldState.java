package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.RouterState;

/** Which of a router's states its scripts and the pipes were told last. */
final class ToldState {

    private final VirtualRouter router;
    private final Notifier notifier;
    /** INIT: nothing yet. */
    private RouterState told = RouterState.INIT;

    ToldState(VirtualRouter router, Notifier notifier) {
        this.router = router;
        this.notifier = notifier;
    }

    RouterState last() {
        return told;
    }

    /** Tells the state if it is another one, and then that of the group when all its members have arrived at it. */
    void tell() {
        RouterState state = router.state();
        if (state == told || state == RouterState.INIT) {
            return;
        }
        SyncGroup group = router.group;
        boolean waits = group == null ? router.faults.foundOnlyPending() : group.onlyWaits();
        if (state == RouterState.FAULT && told == RouterState.INIT && waits) {
            return; // at the start the first result of a check is waited for, and told
        }
        if (group != null && told == RouterState.INIT) {
            group.tellStart();
        }
        told = state;
        notifier.entered(router);
        if (group != null) {
            group.tell();
        }
    }

    void tellLowerPriorityHeard() {
        notifier.heardLowerPriority(router);
    }

    void save(SnapshotWriter out) {
        out.putInt(told.ordinal());
    }

    void load(SnapshotReader in) {
        told = RouterState.ofNumber(in.getInt());
    }
}
