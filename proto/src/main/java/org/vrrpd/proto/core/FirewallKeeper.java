package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.FaultReason;

/** Keeps the packet filter as {@link FirewallRules} says, and takes it away when nobody needs it any more. */
final class FirewallKeeper {

    private final Outbox outbox;
    private final Moment moment;
    private final Backoff backoff = new Backoff();
    private String wanted = "";
    private String inForce = "";
    /** What the effect under way puts into force. */
    private String pending = "";
    private long pendingEffect;
    private String failure = "";

    FirewallKeeper(Outbox outbox, Moment moment) {
        this.outbox = outbox;
        this.moment = moment;
    }

    /** Empty: no rules. */
    void reconcile(String rules) {
        if (!rules.equals(wanted)) {
            wanted = rules;
            backoff.succeeded(); // other rules may be accepted at once
        }
        retry();
    }

    void retry() {
        if (pendingEffect == 0 && !wanted.equals(inForce) && backoff.isDue(moment.nowNanos())) {
            pending = wanted;
            pendingEffect = outbox.setFirewall(wanted.isEmpty() ? FirewallRules.removal() : wanted);
        }
    }

    /** True when the effect was ours. */
    boolean onSucceeded(long effectId) {
        if (pendingEffect != effectId) {
            return false;
        }
        pendingEffect = 0;
        inForce = pending;
        failure = "";
        backoff.succeeded();
        retry();
        return true;
    }

    /** True when the effect was ours. */
    boolean onFailed(long effectId, int errno, String call) {
        if (pendingEffect != effectId) {
            return false;
        }
        pendingEffect = 0;
        failure = call + ": " + Errno.text(errno);
        backoff.failed(moment.nowNanos());
        return true;
    }

    /** Adds what fails to the faults of a router that needs rules. */
    void findFaults(VirtualRouter router, FaultList faults) {
        if (!router.configuration.accept() && !router.configuration.isOwner() && !failure.isEmpty()) {
            faults.found(FaultReason.ACCEPT_NOT_REFUSED, "", failure);
        }
    }

    long deadline() {
        return pendingEffect == 0 && !wanted.equals(inForce) ? backoff.deadline() : Moment.NEVER;
    }

    void save(SnapshotWriter out) {
        out.putText(wanted).putText(inForce).putText(pending).putLong(pendingEffect).putText(failure);
        backoff.save(out);
    }

    void load(SnapshotReader in) {
        wanted = in.getText();
        inForce = in.getText();
        pending = in.getText();
        pendingEffect = in.getLong();
        failure = in.getText();
        backoff.load(in);
    }
}
