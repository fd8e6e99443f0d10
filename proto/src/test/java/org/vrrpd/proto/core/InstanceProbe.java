package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;

/**
 * An instance as it is at this moment, read in place: what a check asks after every turn must not cost as much as a
 * {@link CoreView}, which others may keep.
 */
public final class InstanceProbe {

    private final VirtualRouter router;

    private InstanceProbe(VirtualRouter router) {
        this.router = router;
    }

    public static List<InstanceProbe> of(VrrpCore core) {
        List<InstanceProbe> all = new ArrayList<>(core.routers().size());
        for (VirtualRouter router : core.routers()) {
            all.add(new InstanceProbe(router));
        }
        return all;
    }

    /** Null when the core has no instance of that name. */
    public static InstanceProbe of(VrrpCore core, String name) {
        for (VirtualRouter router : core.routers()) {
            if (router.configuration.name().equals(name)) {
                return new InstanceProbe(router);
            }
        }
        return null;
    }

    public String name() {
        return router.configuration.name();
    }

    /** The one in force. */
    public InstanceConfiguration configuration() {
        return router.configuration;
    }

    /** Null: of none. */
    public String groupName() {
        return router.group == null ? null : router.group.name;
    }

    /** The same, or of one group. */
    public boolean isWith(InstanceProbe other) {
        return router == other.router || router.group != null && router.group == other.router.group;
    }

    public RouterState state() {
        return router.state();
    }

    public int version() {
        return router.configuration.version();
    }

    public int effectivePriority() {
        return router.effectivePriority();
    }

    public long advertisementIntervalNanos() {
        return router.configuration.advertisementIntervalNanos();
    }

    /** The one that is in force, which version 3 learns. */
    public long masterIntervalNanos() {
        return router.masterIntervalNanos();
    }

    /** As the peer last said; of a BACKUP. */
    public int masterPriority() {
        return router.peer.priority();
    }

    public long masterDownNanos() {
        return router.masterDownInterval();
    }

    /** When the timer of its state fires. */
    public long dueNanos() {
        return Math.min(router.advertisementAt, router.masterDownAt);
    }

    /** Of the link that is used, which an earlier run may have called otherwise; empty: it has none. */
    public String vmacName() {
        return router.vmac == null ? "" : router.vmac.link() == null ? router.vmac.name() : router.vmac.link().name;
    }

    /** What it sends from; null: it cannot. */
    public IpAddress source() {
        return router.source();
    }

    /** The virtual ones, those that no advertisement names too. */
    public List<IpAddress> addresses() {
        ManagedAddress[] managed = router.addresses.all();
        List<IpAddress> addresses = new ArrayList<>(managed.length);
        for (ManagedAddress address : managed) {
            addresses.add(address.wish.address());
        }
        return addresses;
    }

    public boolean hasFault(List<FaultReason> reasons) {
        for (ActiveFault fault : router.faults.active()) {
            if (reasons.contains(fault.reason())) {
                return true;
            }
        }
        return false;
    }

    /** As the core words them. */
    public List<String> faults() {
        return router.faults.view().stream().map(CoreView.FaultView::reasonText).toList();
    }
}
