package org.vrrpd.proto.core;

import java.util.List;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * An immutable picture of the core, safe to hand to another thread. All times are core time; the narrator turns them
 * into wall time.
 *
 * @param coreNanos core time of the last event applied
 * @param sequence its sequence
 * @param configuration the one in force
 * @param startupUntilNanos until when no instance acts; 0: they do
 */
public record CoreView(
        String routerId, long startedNanos, long coreNanos, long sequence,
        List<InstanceView> instances, List<GroupView> groups, List<TrackerView> trackers,
        Configuration configuration, long startupUntilNanos) {

    /**
     * @param sinceNanos when the state was entered
     * @param causeSequence the event that caused it
     * @param cause in words
     * @param masterAddress of the master last heard, or our own as MASTER; null: none known
     * @param masterPriority 0: none known
     * @param masterIntervalNanos the interval in force (learned in v3)
     * @param peerChecksum "with pseudo-header", "message only", or null when no IPv4 v3 advertisement was heard
     * @param detail what only dumps show
     */
    public record InstanceView(
            String name, RouterState state, long sinceNanos, long causeSequence, String cause,
            String interfaceName, int vrid, Family family, int version,
            int basePriority, int effectivePriority, long advertisementIntervalNanos,
            List<AddressView> addresses, List<FaultView> faults, String syncGroup,
            IpAddress masterAddress, int masterPriority, long masterIntervalNanos, String peerChecksum,
            List<Counter> counters, Detail detail) {

        public InstanceView {
            addresses = List.copyOf(addresses);
            faults = List.copyOf(faults);
            counters = List.copyOf(counters);
        }
    }

    /**
     * @param wanted what it would be without its sync group
     * @param vmac name of its VMAC; empty: none
     * @param source of its advertisements; null: none
     * @param dueNanos when it advertises as MASTER, or takes over as BACKUP; {@code Long.MAX_VALUE}: never
     * @param masterDownNanos Master_Down_Interval
     */
    public record Detail(
            InstanceConfiguration configuration, RouterState wanted, String vmac, IpAddress source,
            long dueNanos, long masterDownNanos) {}

    /**
     * @param excluded from virtual_ipaddress_excluded: installed but not advertised
     * @param wish as configured
     */
    public record AddressView(
            IpAddress address, int prefixLength, String device, boolean installed, boolean excluded,
            VirtualAddress wish) {}

    public record FaultView(
            FaultReason reason, String subject, String detail, long sinceNanos, long sinceSequence) {

        public String reasonText() {
            return reason.reason(subject, detail);
        }

        public String clearsWhen() {
            return reason.clearsWhen(subject, detail);
        }
    }

    public record GroupView(String name, RouterState state, long sinceNanos, List<String> members) {}

    /**
     * A script, file or process that instances track.
     *
     * @param kind its keyword, such as "vrrp_script"
     * @param condition a file is well when it was read
     * @param outcome of the last run, or what was found, in words; empty: nothing yet
     * @param sinceNanos when it came to stand as it does
     * @param number a script's result, a file's number, or how many processes run
     */
    public record TrackerView(
            String kind, String name, TrackerCondition condition, String outcome, long sinceNanos, long number) {}

    /** One of advertisementsReceived, advertisementsSent, becameMaster, releasedMaster, discardedChecksum, … */
    public record Counter(String name, long value) {}

    public CoreView {
        instances = List.copyOf(instances);
        groups = List.copyOf(groups);
        trackers = List.copyOf(trackers);
    }
}
