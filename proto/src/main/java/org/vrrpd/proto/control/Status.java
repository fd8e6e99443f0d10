package org.vrrpd.proto.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.core.TrackerCondition;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.narrate.CoreClock;

/**
 * What {@code status} answers, in wall time.
 *
 * @param build of the daemon
 * @param now when it answered
 * @param startupDelayUntil until when no instance acts; null: they do
 */
public record Status(
        String build, long processId, String routerId, Instant started, Instant now,
        List<Instance> instances, List<Group> groups, List<Tracker> trackers, Journal journal,
        Instant startupDelayUntil) {

    /** Without a start-up delay, and with nothing that is tracked. */
    public Status(
            String build, long processId, String routerId, Instant started, Instant now,
            List<Instance> instances, List<Group> groups, Journal journal) {
        this(build, processId, routerId, started, now, instances, groups, List.of(), journal, null);
    }

    /**
     * @param cause in words, why the state was entered
     * @param master null when none is known
     * @param syncGroup null when it is in none
     */
    public record Instance(
            String name, RouterState state, Instant since, long causeSequence, String cause,
            String interfaceName, int vrid, String family, int version,
            int basePriority, int effectivePriority, long advertisementIntervalMillis, String syncGroup,
            List<Address> virtualAddresses, List<Fault> faults, Master master, Map<String, Long> counters) {}

    public record Address(
            String address, int prefixLength, String device, boolean installed, boolean excluded) {}

    /** @param blocking false: the instance works in spite of it */
    public record Fault(
            String kind, String reason, Instant since, long sinceSequence, String clearsWhen, boolean blocking) {}

    /** @param checksum the habit of an IPv4 v3 master, or null */
    public record Master(String address, int priority, long advertisementIntervalMillis, String checksum) {}

    public record Group(String name, RouterState state, Instant since, List<String> members) {}

    /**
     * @param kind such as "vrrp_script"
     * @param condition since when it stands so; a file is well when it was read
     * @param outcome what its last run or look found, in words
     * @param number a script's result, a file's number, or how many processes run
     */
    public record Tracker(
            String kind, String name, TrackerCondition condition, String outcome, Instant since, long number) {}

    /**
     * @param writing false: suspended since then, for the reason given
     * @param since when it began to write, or was suspended
     * @param records written by this process
     * @param bytes of all files
     * @param lost records that could not be written while it was suspended
     * @param reason why it is suspended; empty while writing
     */
    public record Journal(
            boolean writing, Instant since, long records, long bytes, long lost, String directory, String reason) {}

    /** @param clock with the present offset between wall time and core time */
    public static Status of(
            CoreView view, CoreClock clock, Instant now, String build, long processId, Journal journal) {
        return new Status(
                build, processId, view.routerId(), clock.at(view.startedNanos()), now,
                view.instances().stream().map(instance -> instance(instance, clock)).toList(),
                view.groups().stream()
                        .map(g -> new Group(g.name(), g.state(), clock.at(g.sinceNanos()), g.members()))
                        .toList(),
                view.trackers().stream()
                        .map(t -> new Tracker(t.kind(), t.name(), t.condition(), t.outcome(),
                                clock.at(t.sinceNanos()), t.number()))
                        .toList(),
                journal, view.startupUntilNanos() == 0 ? null : clock.at(view.startupUntilNanos()));
    }

    private static Instance instance(InstanceView view, CoreClock clock) {
        Map<String, Long> counters = new LinkedHashMap<>();
        view.counters().forEach(counter -> counters.put(counter.name(), counter.value()));
        Master master = view.masterAddress() == null ? null
                : new Master(view.masterAddress().toString(), view.masterPriority(),
                        view.masterIntervalNanos() / 1_000_000, view.peerChecksum());
        return new Instance(
                view.name(), view.state(), clock.at(view.sinceNanos()), view.causeSequence(), view.cause(),
                view.interfaceName(), view.vrid(), view.family().text(), view.version(),
                view.basePriority(), view.effectivePriority(), view.advertisementIntervalNanos() / 1_000_000,
                view.syncGroup() == null || view.syncGroup().isEmpty() ? null : view.syncGroup(),
                view.addresses().stream()
                        .map(a -> new Address(a.address().toString(), a.prefixLength(), a.device(),
                                a.installed(), a.excluded()))
                        .toList(),
                view.faults().stream()
                        .map(f -> new Fault(f.reason().name(), f.reasonText(), clock.at(f.sinceNanos()),
                                f.sinceSequence(), f.clearsWhen(), f.reason().blocking()))
                        .toList(),
                master, counters);
    }

    /** With the one instance of this name, or with none. */
    public Status only(String name) {
        return new Status(build, processId, routerId, started, now,
                instances.stream().filter(instance -> instance.name().equals(name)).toList(),
                groups, trackers, journal, startupDelayUntil);
    }

    /** No instance is in FAULT and none has a fault. */
    public boolean healthy() {
        return instances.stream().allMatch(i -> i.state() != RouterState.FAULT && i.faults().isEmpty());
    }
}
