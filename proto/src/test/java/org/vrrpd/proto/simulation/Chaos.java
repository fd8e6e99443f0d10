package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.Family;

/** Draws what can go wrong, and then sets everything right again: whatever is still wrong after that is our fault. */
final class Chaos {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final String[] WALL = {"+3600s", "-7200s", "+1s", "-0.3s"};
    private static final String[] REFUSED = {
        "add-address", "make-link", "set-link", "remove-address", "send", "socket", "firewall"};
    private static final int[] ERRNOS = {1, 12, 17, 19, 105}; // EPERM, ENOMEM, EEXIST, ENODEV, ENOBUFS
    private static final String[] LATE = {"netlink", "requests", "answers"};

    private final Chance chance;
    private final Map<String, Configuration> configurations;
    private final List<String> routers;
    private final Lan lan;
    private final long duration;
    /** Trouble may outlive a Master_Down_Interval. */
    private final long longest;
    private final Coincidences coincidences;
    private final List<Statement> statements = new ArrayList<>();
    /** Where a tunnel was in the place of a card. */
    private final Set<String> tunnels = new TreeSet<>();
    private final TrackerTroubles trackers;

    private Chaos(Chance chance, Lan lan, Topology topology, long duration) {
        this.chance = chance;
        this.configurations = topology.configurations();
        this.routers = List.copyOf(configurations.keySet());
        this.lan = lan;
        this.duration = duration;
        this.coincidences = new Coincidences(this, chance, topology);
        this.longest = Math.min(duration, 20 * SECOND + 5 * topology.slowestIntervalNanos());
        this.trackers = new TrackerTroubles(chance, configurations, longest, this::at);
    }

    /**
     * @param lan with the routers of the topology, where nothing has happened yet
     * @param calm how long after the last trouble everything must have been repaired
     */
    static Scenario draw(Chance chance, Lan lan, Topology topology, long duration, long calm) {
        Chaos chaos = new Chaos(chance, lan, topology, duration);
        chaos.begin();
        int troubles = 1 + chance.below(chance.perMille(300) ? 8 : 90);
        for (int i = 0; i < troubles; i++) {
            chaos.trouble();
        }
        if (chance.perMille(500)) {
            chaos.coincidences.last(duration, chaos.router());
        }
        chaos.setRight();
        chaos.statements.sort(Comparator.comparingLong(Statement::atNanos));
        return new Scenario(chaos.statements, duration + calm);
    }

    // words

    private String router() {
        return routers.get(chance.below(routers.size()));
    }

    <T> T one(List<T> of) {
        return of.get(chance.below(of.size()));
    }

    String one(String... of) {
        return of[chance.below(of.length)];
    }

    void at(long nanos, String line) {
        if (nanos < duration) {
            statements.add(Director.checked(new Statement(nanos, List.of(line.split(" ")))));
        }
    }

    long later(long from) {
        return from + chance.between(MILLISECOND, longest);
    }

    long soon(long from) {
        return from + chance.between(0, 3 * SECOND);
    }

    /** What lasts for a while ends by itself, or not before everything is set right. */
    private void during(long from, String begin, String end) {
        at(from, begin);
        if (chance.perMille(700)) {
            at(chance.perMille(300) ? soon(from) : later(from), end);
        }
    }

    private void trouble() {
        long at = chance.between(0, duration - 1);
        switch (chance.below(12)) {
            case 0, 1 -> paths(at);
            case 2, 3 -> node(at, router());
            case 4, 5 -> link(at, router());
            case 6 -> addresses(at, router());
            case 7 -> kernel(at, router());
            case 8, 9 -> trackers(at, router());
            case 10 -> coincidences.draw(at, router());
            default -> reload(at, router());
        }
    }

    // the wire

    private void paths(long at) {
        String path = chance.perMille(300) ? "all" : router() + one(" -> ", " <-> ") + router();
        String router = router();
        String some = String.join(" ", routers.subList(0, 1 + chance.below(routers.size() - 1)));
        switch (chance.below(9)) {
            case 0 -> during(at, "cut " + path, "heal " + path);
            case 1 -> during(at, "loss " + path + " " + chance.between(1, 90) + "%", "heal " + path);
            case 2 -> during(at, "duplicate " + path + " " + chance.between(1, 90) + "%", "heal " + path);
            case 3 -> during(at, "corrupt " + path + " " + chance.between(1, 90) + "%", "heal " + path);
            case 4 -> during(at, "jitter " + path + " " + chance.between(1, 5000) + "ms", "heal " + path);
            case 5 -> during(at, "delay " + path + " " + chance.between(1, 2000) + "ms", "heal " + path);
            case 6 -> {
                during(at, "reflect " + router + " " + chance.between(1, 100) + "%", "reflect " + router + " 0%");
                at(at, "jitter " + router + " -> " + router + " " + chance.between(1, 3000) + "ms");
            }
            case 7 -> during(at, "split " + some, "join " + some);
            default -> {
                during(at, "cut " + path, "heal " + path);
                at(soon(at), "jitter all " + chance.between(1, 300) + "ms");
            }
        }
    }

    // nodes

    private void node(long at, String router) {
        String node = "node " + router + " ";
        switch (chance.below(8)) {
            case 0, 1 -> during(at, node + "pause", node + "resume");
            case 2 -> during(at, node + "kill", node + "start");
            case 3 -> during(at, node + "stop", node + "start");
            case 4 -> { // stopped, or killed, while it starts; and started while it stops
                at(at, node + one("kill", "stop"));
                at(at + SECOND + chance.between(0, SECOND), node + "start");
                at(at + 2 * SECOND + chance.between(0, SECOND / 10), node + one("stop", "kill", "pause"));
                at(soon(at + 2 * SECOND), node + "start");
                at(soon(at + 4 * SECOND), node + "resume");
            }
            case 5 -> at(at, node + "start"); // started twice
            case 6 -> lateBoot(at, router);
            default -> clocks(at, router);
        }
    }

    /** The daemon is up before the network, which comes in any order. */
    private void lateBoot(long at, String router) {
        String port = router + ":eno1";
        at(at, "node " + router + " kill");
        at(at, "remove-link " + port);
        at(at, "remove-link " + router + ":eno2");
        at(at + chance.between(0, SECOND), "node " + router + " start");
        long there = soon(at);
        at(there, "make-link " + port + " down");
        at(there, "carrier " + port + " off");
        at(soon(there), "make-link " + router + ":eno2");
        at(soon(there), "link " + port + " up");
        at(soon(there), "carrier " + port + " on");
        links(router).forEach(link -> comeBack(there, router, link));
    }

    /** A network manager gives the interface its addresses again. */
    void comeBack(long from, String router, String link) {
        for (ModelKernel.Address address : own(router, link)) {
            at(soon(from), "address " + router + ":" + link + " add " + address.address + "/" + address.prefix);
        }
    }

    /** At the beginning. */
    List<ModelKernel.Address> own(String router, String link) {
        ModelKernel.Link found = lan.router(router).host().kernel.byName(link);
        return found == null ? List.of() : found.addresses;
    }

    /** Those that it needs: of its instances, and those that they track. */
    List<String> neededLinks(String router) {
        Stream<String> tracked = configurations.get(router).instances().stream()
                .flatMap(each -> each.tracking().interfaces().stream()).map(Tracked::name);
        return Stream.concat(links(router).stream(), tracked).distinct().toList();
    }

    /** Those that instances are on. */
    List<String> links(String router) {
        return configurations.get(router).instances().stream().map(InstanceConfiguration::interfaceName)
                .distinct().toList();
    }

    private void clocks(long at, String router) {
        if (chance.perMille(600)) {
            at(at, "drift " + router + " " + chance.between(-500, 500) + "ppm");
        } else {
            at(at, "wall-clock " + router + " " + one(WALL));
        }
    }

    // links

    private void link(long at, String router) {
        String name = one(neededLinks(router));
        String port = router + ":" + name;
        switch (chance.below(9)) {
            case 0 -> {
                during(at, "link " + port + " down", "link " + port + " up");
                comeBack(later(at), router, name);
            }
            case 1 -> during(at, "carrier " + port + " off", "carrier " + port + " on");
            case 2 -> flaps(at, one("link " + port + " down", "carrier " + port + " off"), port);
            case 3 -> {
                during(at, "remove-link " + port, "make-link " + port + one("", " down"));
                comeBack(later(at), router, name);
            }
            case 4 -> during(at, "rename-link " + port + " " + old(name),
                    "rename-link " + router + ":" + old(name) + " " + name);
            case 5 -> { // another one takes its name
                at(at, "rename-link " + port + " " + old(name));
                at(soon(at), "make-link " + port);
                at(soon(at + 3 * SECOND), "remove-link " + port);
                at(soon(at + 3 * SECOND), "rename-link " + router + ":" + old(name) + " " + name);
            }
            case 6 -> { // a tunnel, where a card was
                at(at, "remove-link " + port);
                tunnel(soon(at), port);
                at(later(at), "remove-link " + port);
                at(later(at), "make-link " + port);
                comeBack(later(at), router, name);
            }
            case 7 -> {
                String vmac = vmac(router);
                during(at, one("remove-link " + vmac, "link " + vmac + " down"), "link " + vmac + " up");
            }
            default -> {
                at(at, "link " + port + " down");
                at(soon(at), "carrier " + port + " off");
                at(soon(at), "link " + port + " up");
                at(soon(at + SECOND), "carrier " + port + " on");
            }
        }
    }

    /** One that is never set right by itself. */
    void tunnel(long at, String port) {
        tunnels.add(port);
        at(at, "make-link " + port + " tunnel");
    }

    static String old(String link) {
        return link.replace("eno", "old");
    }

    private void flaps(long at, String begin, String port) {
        String end = begin.startsWith("link") ? "link " + port + " up" : "carrier " + port + " on";
        long when = at;
        for (int i = 2 + chance.below(8); i > 0; i--) {
            at(when, begin);
            when += chance.between(0, SECOND / 2);
            at(when, end);
            when += chance.between(0, SECOND / 2);
        }
    }

    private String vmac(String router) {
        InstanceConfiguration instance = one(configurations.get(router).instances());
        return router + ":" + (instance.vmac() == null || instance.vmac().name() == null
                ? "vrrp." + instance.vrid() : instance.vmac().name());
    }

    // addresses

    private void addresses(long at, String router) {
        String link = one(links(router));
        String port = router + ":" + link;
        List<ModelKernel.Address> all = own(router, link);
        ModelKernel.Address own = one(all);
        String text = own.address + "/" + own.prefix;
        InstanceConfiguration instance = one(configurations.get(router).instances());
        VirtualAddress virtual = one(instance.virtualAddresses());
        switch (chance.below(8)) {
            case 0 -> during(at, "address " + port + " remove " + text, "address " + port + " add " + text);
            case 1 -> at(at, "address " + port + " remove " + virtual.address() + "/" + virtual.prefixLength());
            case 2 -> { // taken away again and again
                for (int i = chance.below(8); i > 0; i--) {
                    at(soon(at), "address " + port + " remove " + virtual.address() + "/" + virtual.prefixLength());
                }
            }
            case 3 -> { // all of them go and come back within a moment, in another order
                all.forEach(each -> at(at, "address " + port + " remove " + each.address + "/" + each.prefix));
                int from = chance.below(all.size());
                for (int i = 0; i < all.size(); i++) {
                    ModelKernel.Address each = all.get((from + i) % all.size());
                    at(at + chance.between(0, SECOND / 2),
                            "address " + port + " add " + each.address + "/" + each.prefix);
                }
            }
            case 4 -> during(at, "address " + port + " add " + other(router),
                    "address " + port + " remove " + other(router));
            case 5 -> { // changed to another
                at(at, "address " + port + " add " + other(router));
                during(at, "address " + port + " remove " + text, "address " + port + " add " + text);
            }
            case 6 -> during(at, "sysctl " + router + " " + ModelKernel.PROMOTE_ALL + " 0",
                    "sysctl " + router + " " + ModelKernel.PROMOTE_ALL + " 1");
            default -> {
                String stolen = own.address.family() == Family.IPV6
                        ? own.address.toString() : virtual.address().toString();
                during(at, "stranger " + stolen + " comes", "stranger " + stolen + " goes");
                if (chance.perMille(500)) {
                    at(soon(at), "link " + port + " down");
                    at(soon(at + 3 * SECOND), "link " + port + " up");
                }
            }
        }
    }

    private String other(String router) {
        return "10.0.1." + (230 + routers.indexOf(router)) + "/24";
    }

    // the kernel

    private void kernel(long at, String router) {
        switch (chance.below(4)) {
            case 0 -> during(at, "netlink " + router + " lost", "netlink " + router + " overrun");
            case 1 -> during(at, "netlink " + router + " joined", "netlink " + router + " apart");
            case 2 -> {
                String what = one(REFUSED);
                int errno = ERRNOS[chance.below(ERRNOS.length)];
                boolean gone = what.equals("remove-address") && errno == 19; // ENODEV: its interface went, and it too
                during(at, "refuse " + router + " " + what + " " + (gone ? 105 : errno),
                        "refuse " + router + " " + what + " 0");
            }
            default -> {
                String late = "late " + router + " " + one(LATE) + " ";
                during(at, late + chance.between(1, 5000) + "ms", late + "0s");
            }
        }
        if (chance.perMille(500)) { // and something to see and do meanwhile
            switch (chance.below(3)) {
                case 0 -> link(soon(at), router);
                case 1 -> node(soon(at), router());
                default -> addresses(soon(at), router);
            }
        }
    }

    // what is tracked, and who is told

    private void trackers(long at, String router) {
        switch (chance.below(6)) {
            case 0 -> during(at, "notify " + router + " " + one("waits", "hangs", "exits 1"),
                    "notify " + router + " exits 0");
            case 1 -> during(at, "fifo " + router + " " + one("full", "missing"), "fifo " + router + " read");
            default -> trackers.draw(at, router);
        }
    }

    // reloads

    private void reload(long at, String router) {
        Configuration configuration = configurations.get(router);
        String edit = "edit " + router + " ";
        String instance = edit + "instance " + one(configuration.instances()).name() + " ";
        String subnet = "10.0." + (1 + chance.below(3)) + ".";
        switch (chance.below(9)) {
            case 0 -> prioritise(at, router, 1 + chance.below(254));
            case 1 -> at(at, instance + "set " + one("preempt", "nopreempt", "accept", "no_accept",
                    "garp_master_refresh 7", "garp_master_delay 0", "preempt_delay 3"));
            case 2 -> at(at, instance + "set advert_int " + one("0.5", "1", "2", "7"));
            case 3 -> at(at, instance + "add-address " + one(subnet + "77/24", "fd00:77::1/64"));
            case 4 -> at(at, instance + "remove-address " + one(configuration.instances()).virtualAddresses().get(0)
                    .address() + "/24");
            case 5 -> at(at, instance + "vmac " + one("on", "off"));
            case 6 -> at(at, one(instance, edit + "group all ") + "gone");
            case 7 -> at(at, edit + "broken");
            default -> at(at, edit + "back");
        }
        at(at, "node " + router + " reload");
        if (chance.perMille(300)) { // and once more in the same instant, or soon
            long again = chance.perMille(500) ? at : soon(at);
            at(again, edit + "back");
            at(again, "node " + router + " reload");
        }
        if (chance.perMille(500)) {
            long back = later(at);
            at(back, edit + "back");
            at(back, "node " + router + " reload");
        }
    }

    /** In a sync group all members have one priority: what they would do otherwise is nobody's promise. */
    private void prioritise(long at, String router, int priority) {
        Configuration configuration = configurations.get(router);
        boolean grouped = !configuration.syncGroups().isEmpty();
        InstanceConfiguration chosen = one(configuration.instances());
        for (InstanceConfiguration each : configuration.instances()) {
            if (!each.isOwner() && (grouped || each == chosen)) {
                at(at, "edit " + router + " instance " + each.name() + " set priority " + priority);
            }
        }
    }

    // the beginning, and the end

    private void begin() {
        for (String router : routers) {
            trackers.begin(router);
            if (chance.perMille(500)) {
                at(0, "drift " + router + " " + chance.between(-500, 500) + "ppm");
            }
            if (chance.perMille(300)) { // it may not ask for more than rmem_max
                at(0, "buffer " + router + " " + one("212992", "425984"));
            }
            if (chance.perMille(200)) {
                lateBoot(0, router);
            }
        }
    }

    private void right(String line) {
        statements.add(Director.checked(new Statement(duration, List.of(line.split(" ")))));
    }

    private void setRight() {
        right("heal all");
        for (Statement statement : List.copyOf(statements)) {
            if (statement.verb().equals("stranger") && statement.words().get(2).equals("comes")) {
                right("stranger " + statement.words().get(1) + " goes");
            }
        }
        for (String router : routers) {
            setKernelRight(router);
            setNetworkRight(router);
            trackers.setRight(router, this::right);
            right("notify " + router + " exits 0");
            right("fifo " + router + " read");
            right("edit " + router + " back");
            right("node " + router + " resume");
            right("node " + router + " reload");
            right("node " + router + " start");
            // one that was still stopping
            statements.add(Statement.of(duration + 5 * SECOND, "node", router, "start"));
        }
    }

    private void setKernelRight(String router) {
        for (String what : REFUSED) {
            right("refuse " + router + " " + what + " 0");
        }
        for (String what : LATE) {
            right("late " + router + " " + what + " 0s");
        }
        right("netlink " + router + " apart");
        right("netlink " + router + " overrun");
        right("sysctl " + router + " " + ModelKernel.PROMOTE_ALL + " 1");
    }

    private void setNetworkRight(String router) {
        for (String link : List.of("eno1", "eno2")) {
            String port = router + ":" + link;
            right("rename-link " + router + ":" + old(link) + " " + link);
            right("remove-link " + router + ":" + old(link)); // another one has its name: that one is plugged in now
            if (tunnels.contains(port)) { // of which it is not known whether it still is one
                right("remove-link " + port);
            }
            right("make-link " + port);
            right("carrier " + port + " on");
            right("link " + port + " up");
            right("address " + port + " remove " + other(router));
            for (ModelKernel.Address address : own(router, link)) {
                right("address " + port + " add " + address.address + "/" + address.prefix);
            }
        }
    }
}
