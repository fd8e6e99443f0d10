package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.config.LoadResult;

/** Two to sixteen routers that back each other, drawn from a seed: each with a configuration as operators write it. */
record Topology(Map<String, String> texts) {

    private static final String[] INTERVALS = {"0.01", "0.1", "1", "1", "1", "3", "40.95"};

    /** What all routers agree on of one virtual router. */
    private record Shared(
            int number, int vrid, int version, boolean ipv6, String interval, boolean vmac, boolean base) {

        static Shared draw(Chance chance, int number) {
            boolean ipv6 = chance.perMille(400);
            int version = ipv6 || chance.perMille(700) ? 3 : 2;
            String interval = INTERVALS[chance.below(INTERVALS.length)];
            return new Shared(number, 10 + number, version, ipv6,
                    version == 2 ? Integer.toString(1 + chance.below(3)) : interval,
                    chance.perMille(300), chance.perMille(500));
        }

        /** Version 3 learns the master's, so that routers may differ (RFC 9568 section 6.1). */
        String ownInterval(Chance chance) {
            return version == 3 && chance.perMille(100) ? "2.5" : interval;
        }

        String address() {
            return ipv6 ? "fe80::5:" + vrid + "/64" : "10.0." + number + ".5/24";
        }
    }

    static Topology draw(Chance chance) {
        int routers = chance.perMille(700) ? 2 + chance.below(2) : 2 + chance.below(15);
        List<Shared> shared = new ArrayList<>();
        int instances = 1 + chance.below(3);
        for (int i = 0; i < instances; i++) {
            shared.add(Shared.draw(chance, i + 1));
        }
        boolean group = instances > 1 && chance.perMille(500);
        int equal = chance.perMille(300) ? 1 + chance.below(254) : 0;
        Map<String, String> texts = new TreeMap<>();
        for (int i = 1; i <= routers; i++) {
            texts.put("r" + i, text(chance, shared, group, equal > 0 ? equal : 1 + chance.below(254)));
        }
        return new Topology(texts);
    }

    private static String text(Chance chance, List<Shared> shared, boolean group, int priority) {
        StringBuilder text = new StringBuilder("global_defs { vrrp_version 3 }\ntrack_file load {\n"
                + "file /load\nweight " + (chance.perMille(500) ? 0 : -1) + "\n}\n");
        boolean nopreempt = chance.perMille(150);
        boolean tracksInterface = chance.perMille(300);
        boolean tracksFile = chance.perMille(300);
        for (Shared router : shared) {
            text.append("vrrp_instance v").append(router.number).append(" {\ninterface eno1\n")
                    .append("virtual_router_id ").append(router.vrid).append('\n')
                    .append("version ").append(router.version).append('\n')
                    .append("priority ").append(priority).append('\n')
                    .append("advert_int ").append(router.ownInterval(chance)).append('\n')
                    .append(nopreempt ? "nopreempt\n" : "")
                    .append(router.vmac ? "use_vmac\n" : "")
                    .append(router.vmac && router.base ? "vmac_xmit_base\n" : "")
                    .append(tracksInterface ? "track_interface {\neno2\n}\n" : "")
                    .append(tracksFile ? "track_file {\nload\n}\n" : "")
                    .append("virtual_ipaddress {\n").append(router.address()).append("\n}\n}\n");
        }
        if (group) {
            text.append("vrrp_sync_group all {\ngroup {\n");
            shared.forEach(each -> text.append('v').append(each.number).append('\n'));
            text.append("}\n}\n");
        }
        return text.toString();
    }

    /** Whether daemons would start with these. */
    boolean isValid() {
        return texts.entrySet().stream().noneMatch(each ->
                ConfigurationParser.parse(each.getValue(), each.getKey() + ".conf", each.getKey()).hasErrors());
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

    long fastestIntervalNanos() {
        return configurations().values().stream().flatMap(each -> each.instances().stream())
                .mapToLong(each -> each.advertisementIntervalNanos()).min().orElseThrow();
    }

    /** The longest of a virtual router's intervals. */
    long slowestIntervalNanos() {
        return configurations().values().stream().flatMap(each -> each.instances().stream())
                .mapToLong(each -> each.advertisementIntervalNanos()).max().orElseThrow();
    }
}
