package org.vrrpd.proto.core;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.core.SysctlPlan.Sysctl;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.FaultReason;

/**
 * Keeps the sysctls that VRRP needs at their values, and puts the former values back when nobody needs them any more.
 * What is wanted is computed anew each time ({@link SysctlPlan}); an interface that was deleted and made again is a
 * new one.
 */
final class SysctlKeeper {

    /** One sysctl that was written, or is to be. */
    private static final class Entry {
        final String value;
        final Backoff backoff = new Backoff();
        /** What it was before; empty: not known yet. */
        String former = "";
        boolean written;
        long pendingEffect;
        String failure = "";

        Entry(String value) {
            this.value = value;
        }
    }

    private final Outbox outbox;
    private final Moment moment;
    private final Kernel kernel;
    private final TreeMap<Sysctl, Entry> entries = new TreeMap<>();
    private long deadline = Moment.NEVER;

    SysctlKeeper(Outbox outbox, Moment moment, Kernel kernel) {
        this.outbox = outbox;
        this.moment = moment;
        this.kernel = kernel;
    }

    void reconcile(SysctlPlan plan) {
        for (Iterator<Map.Entry<Sysctl, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Sysctl, Entry> entry = all.next();
            if (!entry.getValue().value.equals(plan.wishes().get(entry.getKey()))) {
                release(entry.getKey(), entry.getValue());
                all.remove();
            }
        }
        for (Map.Entry<Sysctl, String> wish : plan.wishes().entrySet()) {
            entries.computeIfAbsent(wish.getKey(), sysctl -> new Entry(wish.getValue()));
        }
        retry();
    }

    /** What all.rp_filter was before we lowered it; empty: we did not, or do not know yet. */
    String formerRpFilter() {
        Entry entry = entries.get(new Sysctl(SysctlPlan.ALL_RP_FILTER, SysctlPlan.NO_INTERFACE));
        return entry == null ? "" : entry.former;
    }

    private void release(Sysctl sysctl, Entry entry) {
        String path = sysctl.path(kernel);
        if (path != null && !entry.former.isEmpty() && !entry.former.equals(entry.value)) {
            outbox.writeSysctl(path, entry.former);
        }
    }

    void retry() {
        for (Map.Entry<Sysctl, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            String path = each.getKey().path(kernel);
            if (path != null && !entry.written && entry.pendingEffect == 0
                    && entry.backoff.isDue(moment.nowNanos())) {
                entry.pendingEffect = outbox.writeSysctl(path, entry.value);
            }
        }
        findDeadline();
    }

    /** True when the effect was one of these. */
    boolean onSucceeded(long effectId, String former) {
        Entry entry = pending(effectId);
        if (entry == null) {
            return false;
        }
        entry.written = true;
        entry.former = former;
        entry.failure = "";
        entry.backoff.succeeded();
        findDeadline();
        return true;
    }

    /** True when the effect was one of these. */
    boolean onFailed(long effectId, int errno) {
        Entry entry = pending(effectId);
        if (entry == null) {
            return false;
        }
        entry.failure = Errno.text(errno);
        entry.backoff.failed(moment.nowNanos());
        findDeadline();
        return true;
    }

    private Entry pending(long effectId) {
        for (Entry entry : entries.values()) {
            if (entry.pendingEffect == effectId) {
                entry.pendingEffect = 0;
                return entry;
            }
        }
        return null;
    }

    /** Adds what fails on the interface to the faults of a router that needs it. */
    void findFaults(int interfaceIndex, FaultList faults) {
        for (Map.Entry<Sysctl, Entry> each : entries.entrySet()) {
            String path = each.getKey().path(kernel);
            if (each.getKey().interfaceIndex() == interfaceIndex && path != null
                    && !each.getValue().failure.isEmpty()) {
                faults.found(FaultReason.SYSCTL_FAILED, path, each.getValue().failure);
            }
        }
    }

    /** Kept, since it is asked for with every advertisement. */
    long deadline() {
        return deadline;
    }

    /** Those of a link that is not there wait for the event that says so, not for time. */
    private void findDeadline() {
        deadline = Moment.NEVER;
        for (Map.Entry<Sysctl, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            if (!entry.written && entry.pendingEffect == 0 && each.getKey().path(kernel) != null) {
                deadline = Math.min(deadline, entry.backoff.deadline());
            }
        }
    }

    void save(SnapshotWriter out) {
        out.putInt(entries.size());
        for (Map.Entry<Sysctl, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            out.putText(each.getKey().pattern()).putInt(each.getKey().interfaceIndex()).putText(entry.value)
                    .putText(entry.former).putBoolean(entry.written).putLong(entry.pendingEffect)
                    .putText(entry.failure);
            entry.backoff.save(out);
        }
    }

    void load(SnapshotReader in) {
        for (int i = in.getInt(); i > 0; i--) {
            Sysctl sysctl = new Sysctl(in.getText(), in.getInt());
            Entry entry = new Entry(in.getText());
            entry.former = in.getText();
            entry.written = in.getBoolean();
            entry.pendingEffect = in.getLong();
            entry.failure = in.getText();
            entry.backoff.load(in);
            entries.put(sysctl, entry);
        }
        findDeadline();
    }
}
