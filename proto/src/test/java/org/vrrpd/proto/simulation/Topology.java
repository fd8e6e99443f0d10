package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.LoadResult;

/** Two to sixteen routers that back each other, drawn from a seed: each with a configuration as operators write it. */
record Topology(Map<String, String> texts) {

    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST = 7200 * SECOND;
    private static final String[] FAST = {"0.01", "0.02", "0.05", "0.1"};
    private static final String[] USUAL = {"0.3", "1", "1", "1", "2", "3"};
    private static final String[] SLOW = {"10", "20", "40.95"};
    private static final int FIRST_HOST = 200;
    private static final int FIRST_CHOSEN_HOST = 150;
    private static final String[] LINKS = {"eno1", "eno2"};

    /** How fast the routers of a LAN advertise. Fast ones are few, so that a run has as many turns as with others. */
    private enum Pace {
        FAST(Topology.FAST, 2, 1), USUAL(Topology.USUAL, 15, 3), SLOW(Topology.SLOW, 7, 3);

        private final String[] intervals;
        private final int mostFurtherRouters;
        private final int mostInstances;

        Pace(String[] intervals, int mostFurtherRouters, int mostInstances) {
            this.intervals = intervals;
            this.mostFurtherRouters = mostFurtherRouters;
            this.mostInstances = mostInstances;
        }

        static Pace draw(Chance chance) {
            int of = chance.below(10);
            return of < 2 ? FAST : of < 8 ? USUAL : SLOW;
        }

        /** Whole seconds, as version 2 knows them. */
        String interval(Chance chance, int version) {
            String interval = intervals[chance.below(intervals.length)];
            return version == 3 || interval.indexOf('.') < 0 ? interval : Integer.toString(1 + chance.below(3));
        }
    }

    /**
     * What all routers of a LAN have in common.
     *
     * @param crossed each router has its virtual routers on interfaces of its own choice: all are on one wire
     */
    private record Common(
            Pace pace, int routers, boolean grouped, boolean crossed, int equalPriority, List<Shared> shared) {

        boolean isMixed() {
            return shared.stream().map(Shared::link).distinct().count() > 1;
        }
    }

    /**
     * What all routers agree on of one virtual router.
     *
     * @param link the interface of all routers
     * @param owner the number of the router whose address it is; 0: nobody's
     * @param settings lines that are the same everywhere
     */
    private record Shared(
            int number, int vrid, int version, boolean ipv6, String interval, String link, boolean unicast, int owner,
            String settings, String addresses) {

        static Shared draw(Chance chance, int number, Pace pace, int routers, String link, boolean mayBeOwned) {
            boolean ipv6 = chance.perMille(400);
            int version = ipv6 || pace == Pace.FAST || chance.perMille(650) ? 3 : 2;
            boolean unicast = chance.perMille(200);
            boolean authenticated = version == 2 && chance.perMille(400);
            StringBuilder settings = new StringBuilder("version " + version + "\n");
            if (chance.perMille(400)) {
                settings.append("use_vmac").append(chance.perMille(300) ? " vm" + number : "").append('\n')
                        .append(chance.perMille(500) ? "vmac_xmit_base\n" : "");
            }
            if (authenticated) {
                settings.append("authentication {\nauth_type ").append(chance.perMille(500) ? "PASS" : "AH")
                        .append("\nauth_pass secret\n}\n");
            }
            if (!unicast && !authenticated && chance.perMille(150)) {
                settings.append("strict_mode on\n");
            } else if (chance.perMille(200)) {
                settings.append("no_accept\n");
            }
            if (chance.perMille(100)) {
                settings.append("down_timer_adverts ").append(2 + chance.below(4)).append('\n');
            }
            int owner = mayBeOwned && chance.perMille(150) ? 1 + chance.below(routers) : 0;
            return new Shared(number, 10 + number, version, ipv6, pace.interval(chance, version), link, unicast, owner,
                    settings.toString(), addresses(chance, number, ipv6));
        }

        private static String addresses(Chance chance, int number, boolean ipv6) {
            StringBuilder text = new StringBuilder("virtual_ipaddress {\n");
            text.append(ipv6 ? "fe80::5:" + (10 + number) + "/64\n" : "10.0." + number + ".5/24\n");
            for (int more = chance.below(6) - 3; more > 0; more--) {
                text.append(ipv6
                        ? "fd00:" + number + "::" + more + "/64\n" : "10.0." + number + "." + (5 + more) + "/24\n");
            }
            text.append("}\n");
            if (chance.perMille(200)) {
                text.append("virtual_ipaddress_excluded {\n").append(ipv6 ? "10.1." + number + ".1/32"
                        : "fd00:ee:" + number + "::1/128").append("\n}\n");
            }
            return text.toString();
        }

        /** Version 3 learns the master's, so that routers may differ (RFC 9568 section 6.1). */
        String ownInterval(Chance chance, Pace pace) {
            return version == 3 && chance.perMille(250) ? pace.interval(chance, version) : interval;
        }

        /** Over IPv6 a link-local address (RFC 9568 section 5.1.2.1); nobody gets it who does not say so. */
        String multicastSource(int router) {
            int host = FIRST_CHOSEN_HOST + router;
            return ipv6 ? "fe80::6:" + number + ":" + host : "10.0." + number + "." + host;
        }

        String source(int router) {
            int host = FIRST_HOST + router;
            return ipv6 ? "fd00:" + number + ":0:1::" + host : "10.0." + number + "." + host;
        }
    }

    static Topology draw(Chance chance) {
        Pace pace = Pace.draw(chance);
        int further = chance.perMille(700) ? chance.below(2) : chance.below(pace.mostFurtherRouters);
        int routers = 2 + further;
        int instances = 1 + chance.below(pace.mostInstances);
        boolean grouped = instances > 1 && chance.perMille(500);
        boolean gateways = instances > 1 && chance.perMille(600); // with an inside and an outside
        List<Shared> shared = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            String link = LINKS[gateways ? i % 2 : 0];
            shared.add(Shared.draw(chance, i + 1, pace, routers, link, !grouped));
        }
        int equal = chance.perMille(300) ? 1 + chance.below(254) : 0;
        Common common = new Common(pace, routers, grouped, gateways && chance.perMille(300), equal, shared);
        Map<String, String> texts = new TreeMap<>();
        for (int i = 1; i <= routers; i++) {
            texts.put("r" + i, new Own(chance, common, i).text());
        }
        return new Topology(texts);
    }

    /** One router's own ideas. */
    private static final class Own {

        private final Chance chance;
        private final Common common;
        private final int number;
        private final StringBuilder text = new StringBuilder();
        private final DrawnTrackers trackers;
        private final String tracking;
        private final String election;
        private final int priority;

        Own(Chance chance, Common common, int number) {
            this.chance = chance;
            this.common = common;
            this.number = number;
            priority = common.equalPriority > 0 ? common.equalPriority : 1 + chance.below(254);
            trackers = new DrawnTrackers(chance, common.pace == Pace.SLOW, common.grouped, common.isMixed());
            tracking = trackers.ofInstance();
            election = chance.perMille(150) ? "nopreempt\n"
                    : chance.perMille(150) ? "preempt_delay " + (1 + chance.below(8)) + "\n" : "";
        }

        String text() {
            text.append("global_defs {\nvrrp_version 3\n");
            if (chance.perMille(100)) {
                text.append("vrrp_startup_delay ").append(1 + chance.below(8)).append('\n');
            }
            if (chance.perMille(200)) {
                text.append("notify_fifo /run/states\n");
            }
            if (chance.perMille(100)) {
                text.append("vrrp_garp_interval 0.0").append(1 + chance.below(9)).append('\n');
            }
            text.append("}\n");
            linkDelays();
            text.append(trackers.definitions());
            boolean notifies = chance.perMille(300);
            for (Shared each : common.shared) {
                instance(each, notifies);
            }
            if (common.grouped) {
                text.append("vrrp_sync_group all {\ngroup {\n");
                common.shared.forEach(each -> text.append('v').append(each.number).append('\n'));
                text.append("}\n").append(trackers.ofGroup());
                text.append(notifies ? "notify \"/bin/tell group\"\n" : "").append("}\n");
            }
            return text.toString();
        }

        private void linkDelays() {
            if (chance.perMille(400)) {
                text.append("interface_up_down_delays {\n");
                for (String link : LINKS) {
                    text.append(chance.perMille(700) ? link + delay() + delay() + "\n" : "");
                }
                text.append("}\n");
            }
        }

        private String delay() {
            return chance.perMille(300) ? " 0" : " " + chance.below(6) + "." + (1 + chance.below(9));
        }

        private void instance(Shared shared, boolean notifies) {
            int here = common.grouped || chance.perMille(500) ? priority
                    : common.equalPriority > 0 ? common.equalPriority : 1 + chance.below(254);
            String link = common.crossed ? LINKS[chance.below(2)] : shared.link;
            text.append("vrrp_instance v").append(shared.number).append(" {\ninterface ").append(link).append('\n')
                    .append("virtual_router_id ").append(shared.vrid).append('\n')
                    .append("priority ").append(shared.owner == number ? 255 : here).append('\n')
                    .append("advert_int ").append(shared.ownInterval(chance, common.pace)).append('\n')
                    .append(shared.settings).append(shared.owner == number ? "" : election)
                    .append(link.equals(LINKS[0]) ? tracking : tracking.replace("{\neno2", "{\neno1"));
            if (shared.unicast) {
                unicast(shared);
            } else if (chance.perMille(150)) {
                text.append("mcast_src_ip ").append(shared.multicastSource(number)).append('\n')
                        .append(chance.perMille(500) ? "track_src_ip\n" : "");
            }
            if (chance.perMille(200)) {
                text.append("garp_master_refresh ").append(5 + chance.below(30)).append("\ngarp_master_delay ")
                        .append(chance.below(4))
                        .append("\ngarp_lower_prio_repeat ").append(chance.below(3)).append('\n');
            }
            text.append(chance.perMille(100) ? "dont_track_primary\n" : "")
                    .append(chance.perMille(100) ? "higher_prio_send_advert on\n" : "")
                    .append(notifies ? "notify \"/bin/tell\"\nnotify_master \"/bin/master\"\n" : "")
                    .append(shared.addresses).append("}\n");
        }

        private void unicast(Shared shared) {
            text.append("unicast_src_ip ").append(shared.source(number)).append("\nunicast_peer {\n");
            for (int i = 1; i <= common.routers; i++) {
                text.append(i == number ? "" : shared.source(i) + "\n");
            }
            text.append("}\n").append(chance.perMille(300) ? "check_unicast_src\n" : "");
        }
    }

    /** Whether daemons would start with these. */
    boolean isValid() {
        return texts.entrySet().stream().map(each ->
                        ConfigurationParser.parse(each.getValue(), each.getKey() + ".conf", each.getKey()))
                .noneMatch(each -> each.hasErrors() || each.configuration().instances().isEmpty());
    }

    Map<String, Configuration> configurations() {
        Map<String, Configuration> parsed = new TreeMap<>();
        texts.forEach((name, text) -> {
            LoadResult result = ConfigurationParser.parse(text, name + ".conf", name);
            if (result.hasErrors()) {
                throw new AssertionError("Expected a configuration without errors, but found "
                        + result.problems() + "\n" + text);
            }
            parsed.put(name, result.configuration());
        });
        return parsed;
    }

    private List<InstanceConfiguration> instances() {
        return configurations().values().stream().flatMap(each -> each.instances().stream()).toList();
    }

    /** The longest of a virtual router's intervals. */
    long slowestIntervalNanos() {
        return instances().stream().mapToLong(InstanceConfiguration::advertisementIntervalNanos).max().orElseThrow();
    }

    /** How long trouble lasts: as many turns, roughly, at any pace. */
    long durationNanos(Chance chance) {
        long perHour = 0;
        for (InstanceConfiguration each : instances()) {
            perHour += 3600 * SECOND / each.advertisementIntervalNanos();
        }
        long turns = chance.between(2_000, 10_000);
        long least = 20 * SECOND + 4 * slowestIntervalNanos();
        return Math.max(least, Math.min(LONGEST, turns * 3600 / perHour * SECOND));
    }
}
