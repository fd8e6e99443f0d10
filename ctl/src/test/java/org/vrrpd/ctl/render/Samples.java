package org.vrrpd.ctl.render;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.control.Status.Address;
import org.vrrpd.proto.control.Status.Fault;
import org.vrrpd.proto.control.Status.Group;
import org.vrrpd.proto.control.Status.Instance;
import org.vrrpd.proto.control.Status.Journal;
import org.vrrpd.proto.control.Status.Master;
import org.vrrpd.proto.control.Status.Tracker;
import org.vrrpd.proto.core.TrackerCondition;
import org.vrrpd.proto.effect.RouterState;

/** A gateway on a bad afternoon. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-22T14:34:10Z");

    private Samples() {}

    public static Instant at(String time) {
        return Instant.parse("2026-11-22T" + time + "Z");
    }

    public static Status badAfternoon() {
        Instance master = instance("XN_VI_ipv4", RouterState.MASTER, at("12:31:07.250"), "IPv4",
                List.of(new Address("192.168.1.5", 32, "vrrp.51", true, false),
                        new Address("192.168.1.6", 32, "vrrp.51", false, false)),
                List.of(new Fault("ADDRESS_FAILED", "cannot install 192.168.1.6: exists already (EEXIST)",
                        at("14:30:00"), 88_100, "the kernel accepts it; it is retried", false)),
                new Master("192.168.1.2", 32, 1000, null));
        Instance faulty = instance("XN_VI_ipv6", RouterState.FAULT, at("14:33:41"), "IPv6",
                List.of(new Address("fe80::200:5eff:fe00:205", 64, "vrrp.51", false, false)),
                List.of(new Fault("SOURCE_TENTATIVE", "no IPv6 source on eno1: fe80::5054:ff:fe12:3456 is tentative",
                        at("14:33:41"), 88_213,
                        "duplicate address detection of fe80::5054:ff:fe12:3456 completes", true)),
                null);
        return status(List.of(master, faulty),
                new Journal(true, at("11:00:00"), 1_204_113, 224_395_264, 0, "/var/lib/vrrpd/journal", ""));
    }

    public static Status healthy() {
        Instance backup = instance("VI_1", RouterState.BACKUP, Instant.parse("2026-11-19T10:00:00Z"), "IPv4",
                List.of(new Address("192.0.2.10", 24, "eth0", false, false)), List.of(),
                new Master("192.0.2.2", 200, 250, "message only"));
        return status(List.of(backup),
                new Journal(false, at("14:00:00"), 12, 4096, 7, "/var/lib/vrrpd/journal", "no space left"));
    }

    public static Status tracking() {
        Status healthy = healthy();
        return new Status(healthy.build(), healthy.processId(), healthy.routerId(), healthy.started(), healthy.now(),
                healthy.instances(), healthy.groups(), List.of(
                        new Tracker("vrrp_script", "chk_http", TrackerCondition.FAILED,
                                "exited with status 1: " + "no route ".repeat(20), at("14:33:41"), 0),
                        new Tracker("track_file", "load", TrackerCondition.WELL, "3", at("11:00:00"), 3),
                        new Tracker("vrrp_track_process", "nginx", TrackerCondition.PENDING, "not counted yet",
                                at("14:34:09"), 0)),
                healthy.journal(), null);
    }

    public static Status status(List<Instance> instances, Journal journal) {
        return new Status("0.1.0+3f2c1a9", 4711, "gw1", Instant.parse("2026-11-19T10:00:00Z"), NOW, instances,
                List.of(new Group("XN", RouterState.FAULT, at("14:33:41"), List.of("XN_VI_ipv4", "XN_VI_ipv6"))),
                journal);
    }

    public static Instance instance(
            String name, RouterState state, Instant since, String family, List<Address> addresses,
            List<Fault> faults, Master master) {
        Map<String, Long> counters = new TreeMap<>(Map.of("advertisementsSent", 7_383L, "becameMaster", 1L));
        return new Instance(name, state, since, 88_213, "link eno1 lost carrier", "eno1", 51, family, 3, 32, 32, 1000,
                "XN", addresses, faults, master, counters);
    }

    public static List<FaultLine> faults() {
        return List.of(
                new FaultLine("XN_VI_ipv6", "SOURCE_TENTATIVE",
                        "no IPv6 source on eno1: fe80::5054:ff:fe12:3456 is tentative", true,
                        "duplicate address detection of fe80::5054:ff:fe12:3456 completes", at("14:33:41"), 88_213,
                        "link eno1 was set up", null, 0, "", Duration.ofSeconds(29)),
                new FaultLine("XN_VI_ipv4", "NO_CARRIER", "no carrier on eno1", true, "eno1 has carrier",
                        Instant.parse("2026-11-21T09:12:05Z"), 71_002, "link eno1 lost carrier",
                        Instant.parse("2026-11-21T09:12:05.400Z"), 71_019, "link eno1 running",
                        Duration.ofMillis(400)));
    }

    public static List<EventLine> events() {
        return List.of(
                new EventLine(71_019, Instant.parse("2026-11-21T09:12:05.400Z"), "netlink-received", "",
                        "link eno1 running", 0, false),
                new EventLine(88_213, at("14:33:41.120"), "netlink-received", "", "link eno1 lost carrier", 0, false),
                new EventLine(88_214, at("14:33:41.120"), "transition", "XN_VI_ipv4",
                        "XN_VI_ipv4: MASTER -> FAULT, because of #88213 link eno1 lost carrier", 88_213, false),
                new EventLine(100_001, at("14:34:00.001"), "netlink-received", "", "link eno1 running", 0, false));
    }
}
