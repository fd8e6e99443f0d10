package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.ScriptConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.TrackingConfiguration;

/** Draws what befalls that which is tracked, one thing beside the other, and what a reload makes of it. */
final class TrackerTroubles {

    private static final long SECOND = 1_000_000_000L;
    private static final String[] GARBAGE = {
        "garbage", "-", "99999999999999999999", "7x", "-255", "300", "0x10", "-017"};
    /** Of a check that takes a moment. */
    private static final String MOMENT = "5ms";

    private final Chance chance;
    private final Map<String, Configuration> configurations;
    /** What shall befall whom, and when. */
    private final BiConsumer<Long, String> at;
    /** How long trouble may last. */
    private final long longest;

    TrackerTroubles(Chance chance, Map<String, Configuration> configurations, long longest,
            BiConsumer<Long, String> at) {
        this.chance = chance;
        this.configurations = configurations;
        this.longest = longest;
        this.at = at;
    }

    /** How the host is well: what the checks that it has then say. */
    static String well(String script) {
        return script.equals(DrawnTrackers.BUSY) ? "exits 1" : "exits 0";
    }

    private static String ill(String script) {
        return script.equals(DrawnTrackers.BUSY) ? "exits 0" : "exits 1";
    }

    private String one(String... of) {
        return of[chance.below(of.length)];
    }

    private long soon(long from) {
        return from + chance.between(0, 3 * SECOND);
    }

    private void during(long from, String begin, String end) {
        at.accept(from, begin);
        if (chance.perMille(700)) {
            at.accept(chance.perMille(300) ? soon(from) : from + chance.between(SECOND / 1000, longest), end);
        }
    }

    /** The names that its instances track, or their group. */
    private List<String> tracked(String router, Function<TrackingConfiguration, List<Tracked>> kind) {
        return configurations.get(router).instances().stream().flatMap(each -> kind.apply(each.tracking()).stream())
                .map(Tracked::name).distinct().sorted().toList();
    }

    /** One that it tracks; any when it tracks none. */
    private String script(String router) {
        List<String> tracked = tracked(router, TrackingConfiguration::scripts);
        return tracked.isEmpty() ? one(DrawnTrackers.SCRIPTS) : tracked.get(chance.below(tracked.size()));
    }

    /** From the first moment. */
    void begin(String router) {
        at.accept(0L, "processes " + router + " haproxy " + DrawnTrackers.PROCESSES);
        at.accept(0L, "script " + router + " " + DrawnTrackers.BUSY + " " + well(DrawnTrackers.BUSY));
        at.accept(0L, "script " + router + " " + DrawnTrackers.SLOW + " takes " + chance.between(10, 9000) + "ms");
        if (!tracked(router, TrackingConfiguration::processes).isEmpty() && chance.perMille(600)) {
            processes(soon(SECOND), router);
        }
        if (hasSeveral(router) && chance.perMille(600)) {
            whileOneIsAwaited(soon(SECOND), router);
        }
    }

    private boolean hasSeveral(String router) {
        return tracked(router, TrackingConfiguration::scripts).size() > 1;
    }

    /** Of what it tracks, and now and then of what it may come to track. */
    void draw(long at, String router) {
        List<Runnable> possible = new ArrayList<>(List.of(() -> reload(at, router), () -> file(at, router)));
        if (!tracked(router, TrackingConfiguration::files).isEmpty()) {
            possible.addAll(Collections.nCopies(3, () -> file(at, router)));
        }
        if (!tracked(router, TrackingConfiguration::processes).isEmpty()) {
            possible.addAll(Collections.nCopies(2, () -> processes(at, router)));
        }
        for (String link : tracked(router, TrackingConfiguration::interfaces)) {
            possible.addAll(List.of(
                    () -> during(at, "remove-link " + router + ":" + link, "make-link " + router + ":" + link),
                    () -> during(at, "carrier " + router + ":" + link + " off",
                            "carrier " + router + ":" + link + " on")));
        }
        if (!tracked(router, TrackingConfiguration::scripts).isEmpty()) {
            possible.addAll(Collections.nCopies(3, () -> script(at, router, script(router))));
            possible.add(() -> beside(at, router));
        }
        if (hasSeveral(router)) {
            possible.addAll(Collections.nCopies(3, () -> whileOneIsAwaited(at, router)));
        }
        possible.get(chance.below(possible.size())).run();
    }

    private void file(long at, String router) {
        if (chance.perMille(500)) {
            during(at, "file " + router + " /load holds " + number(),
                    "file " + router + " /load holds 0");
        } else {
            during(at, "file " + router + " /load holds " + one(GARBAGE), "file " + router + " /load gone");
        }
    }

    /** As C writes it. */
    private String number() {
        long number = chance.between(-10, 260);
        String sign = number < 0 ? "-" : one("", "", "+");
        return sign + switch (chance.below(5)) {
            case 0, 1 -> "0x" + Long.toHexString(Math.abs(number));
            case 2, 3 -> "0" + Long.toOctalString(Math.abs(number));
            default -> Long.toString(Math.abs(number));
        };
    }

    private void script(long at, String router, String script) {
        String line = "script " + router + " " + script + " ";
        switch (chance.below(5)) {
            case 0 -> during(at, line + "exits " + (1 + chance.below(254)), line + well(script));
            case 1 -> during(at, line + one("waits", "hangs"), line + well(script));
            case 2 -> during(at, line + ill(script), line + well(script));
            default -> { // too few in a row, or just enough
                long interval = intervalNanos(router, script);
                for (int i = 4 + chance.below(12); i > 0; i--) {
                    this.at.accept(at + i * interval, line + "exits " + chance.below(2));
                }
            }
        }
    }

    private long intervalNanos(String router, String script) {
        return configurations.get(router).scripts().stream().filter(each -> each.name().equals(script))
                .mapToLong(ScriptConfiguration::intervalNanos).findFirst().orElse(SECOND);
    }

    /** All of them within some seconds. */
    private void beside(long at, String router) {
        for (String script : DrawnTrackers.SCRIPTS) {
            script(soon(at), router, script);
        }
    }

    /** One fails and recovers while the first run of another goes on. */
    private void whileOneIsAwaited(long at, String router) {
        List<String> all = tracked(router, TrackingConfiguration::scripts);
        String awaited = all.contains(DrawnTrackers.SLOW) ? DrawnTrackers.SLOW : all.get(chance.below(all.size()));
        List<String> others = all.stream().filter(each -> !each.equals(awaited)).toList();
        String failing = others.get(chance.below(others.size()));
        String line = "script " + router + " " + failing + " ";
        this.at.accept(at, "script " + router + " " + awaited + " takes " + chance.between(2000, 9000) + "ms");
        this.at.accept(at, line + ill(failing));
        long begin = at;
        if (chance.perMille(700)) {
            this.at.accept(at, "node " + router + " kill");
            this.at.accept(at, "node " + router + " start");
        } else {
            begin += 2 * intervalNanos(router, failing);
            for (InstanceConfiguration each : configurations.get(router).instances()) {
                this.at.accept(at, "edit " + router + " instance " + each.name() + " untrack script " + awaited);
            }
            reread(at, router);
            this.at.accept(begin, "edit " + router + " back");
            reread(begin, router);
        }
        this.at.accept(begin + chance.between(SECOND / 10, 2 * SECOND), line + well(failing));
    }

    private void processes(long at, String router) {
        String line = "processes " + router + " haproxy ";
        if (chance.perMille(500)) {
            during(at, line + chance.below(5), line + DrawnTrackers.PROCESSES);
        } else {
            for (int i = chance.below(8); i > 0; i--) {
                this.at.accept(at + chance.between(0, 10 * SECOND), line + chance.below(4));
            }
        }
    }

    // reloads

    private InstanceConfiguration instance(String router) {
        List<InstanceConfiguration> all = configurations.get(router).instances();
        return all.get(chance.below(all.size()));
    }

    private void reread(long at, String router) {
        this.at.accept(at, "node " + router + " reload");
    }

    /** What is tracked changes while it is what it is. */
    void reload(long at, String router) {
        if (chance.perMille(400)) {
            script(soon(at), router, script(router));
        }
        long when = soon(at);
        String edit = "edit " + router + " ";
        List<String> changes = new ArrayList<>();
        if (chance.perMille(400)) {
            changes.add("script " + script(router) + " set " + one("rise 1", "rise 4", "fall 1", "fall 4",
                    "interval 3", "timeout 1", "script /bin/other", "init_fail"));
        } else {
            String change = change(router);
            for (InstanceConfiguration each : members(router)) {
                changes.add("instance " + each.name() + " " + change);
            }
        }
        changes.forEach(each -> this.at.accept(when, edit + each));
        reread(when, router);
        if (chance.perMille(600)) {
            long back = when + chance.between(SECOND / 1000, longest);
            this.at.accept(back, edit + "back");
            reread(back, router);
        }
    }

    /** In a sync group all members have one priority. */
    private List<InstanceConfiguration> members(String router) {
        Configuration configuration = configurations.get(router);
        return configuration.syncGroups().isEmpty() ? List.of(instance(router)) : configuration.instances();
    }

    private String change(String router) {
        Configuration configuration = configurations.get(router);
        String what = "interface eno2";
        switch (chance.below(4)) {
            case 0 -> what = configuration.files().isEmpty() ? what : "file load";
            case 1 -> what = configuration.processes().isEmpty() ? what : "process proxy";
            case 2 -> what = configuration.scripts().isEmpty() ? what : "script " + script(router);
            default -> { }
        }
        if (chance.perMille(300)) {
            return "untrack " + what;
        }
        boolean weighted = chance.perMille(700);
        return "track " + what + (weighted ? " weight " + chance.between(-60, 60) : "")
                + (weighted && chance.perMille(300) ? " reverse" : "");
    }

    // the end

    void setRight(String router, Consumer<String> right) {
        for (String script : DrawnTrackers.SCRIPTS) {
            right.accept("script " + router + " " + script + " takes " + MOMENT);
            right.accept("script " + router + " " + script + " " + well(script));
        }
        right.accept("file " + router + " /load holds 0");
        right.accept("processes " + router + " haproxy " + DrawnTrackers.PROCESSES);
    }
}
