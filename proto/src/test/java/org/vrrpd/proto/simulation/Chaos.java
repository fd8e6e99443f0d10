package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;

/** Draws what can go wrong, and then sets everything right again: whatever is still wrong after that is our fault. */
final class Chaos {

    private static final long SECOND = 1_000_000_000L;
    private static final String[] WALL = {"+3600s", "-7200s", "+1s"};
    private static final String[] REFUSED = {
        "add-address", "make-link", "set-link", "remove-address", "send", "socket"};
    private static final int[] ERRNOS = {1, 12, 19, 105}; // EPERM, ENOMEM, ENODEV, ENOBUFS

    private final Chance chance;
    private final List<String> routers;
    private final long duration;
    private final List<Statement> statements = new ArrayList<>();

    private Chaos(Chance chance, List<String> routers, long duration) {
        this.chance = chance;
        this.routers = routers;
        this.duration = duration;
    }

    /** @param calm how long after the last trouble everything must have been repaired */
    static Scenario draw(Chance chance, Lan lan, long duration, long calm) {
        List<String> names = lan.routers().stream().map(SimulatedRouter::name).toList();
        Chaos chaos = new Chaos(chance, names, duration);
        int troubles = 3 + chance.below(40);
        for (int i = 0; i < troubles; i++) {
            chaos.trouble();
        }
        chaos.setRight(lan);
        chaos.statements.sort(java.util.Comparator.comparingLong(Statement::atNanos));
        return new Scenario(chaos.statements, duration + calm);
    }

    private String router() {
        return routers.get(chance.below(routers.size()));
    }

    private void at(long nanos, String line) {
        if (nanos < duration) {
            statements.add(Director.checked(new Statement(nanos, List.of(line.split(" ")))));
        }
    }

    /** What lasts for a while ends by itself, or not before everything is set right. */
    private void during(long from, String begin, String end) {
        at(from, begin);
        if (chance.perMille(700)) {
            at(from + chance.between(1_000_000, 20 * SECOND), end);
        }
    }

    private void trouble() {
        long at = chance.between(0, duration - 1);
        String router = router();
        switch (chance.below(14)) {
            case 0 -> during(at, "link " + router + ":eno1 down", "link " + router + ":eno1 up");
            case 1 -> during(at, "carrier " + router + ":eno1 off", "carrier " + router + ":eno1 on");
            case 2 -> during(at, "link " + router + ":eno2 down", "link " + router + ":eno2 up");
            case 3 -> during(at, "node " + router + " pause", "node " + router + " resume");
            case 4 -> during(at, "node " + router + " kill", "node " + router + " start");
            case 5 -> during(at, "node " + router + " stop", "node " + router + " start");
            case 6 -> paths(at);
            case 7 -> address(at, router);
            case 8 -> during(at, "remove-link " + router + ":eno1", "make-link " + router + ":eno1");
            case 9 -> during(at, "rename-link " + router + ":eno1 old1", "rename-link " + router + ":old1 eno1");
            case 10 -> during(at, "file " + router + " /load holds " + chance.below(100),
                    "file " + router + " /load holds 0");
            case 11 -> during(at, "netlink " + router + " lost", "netlink " + router + " overrun");
            case 12 -> refusal(at, router);
            default -> clocks(at, router);
        }
    }

    private void paths(long at) {
        String path = chance.perMille(300) ? "all" : router() + (chance.perMille(500) ? " -> " : " <-> ") + router();
        String trouble = switch (chance.below(5)) {
            case 0 -> "cut " + path;
            case 1 -> "loss " + path + " " + chance.between(1, 90) + "%";
            case 2 -> "duplicate " + path + " " + chance.between(1, 90) + "%";
            case 3 -> "corrupt " + path + " " + chance.between(1, 90) + "%";
            default -> "jitter " + path + " " + chance.between(1, 500) + "ms";
        };
        during(at, trouble, "heal " + path);
    }

    private void address(long at, String router) {
        String address = chance.perMille(500) ? "10.0." + (1 + chance.below(3)) + ".5/24"
                : "10.0." + (1 + chance.below(3)) + "." + (201 + routers.indexOf(router)) + "/24";
        String port = router + ":eno1";
        if (address.contains(".5/")) {
            at(at, "address " + port + " remove " + address); // a virtual one, taken away by somebody
        } else {
            during(at, "address " + port + " remove " + address, "address " + port + " add " + address);
        }
    }

    private void refusal(long at, String router) {
        String what = REFUSED[chance.below(REFUSED.length)];
        during(at, "refuse " + router + " " + what + " " + ERRNOS[chance.below(ERRNOS.length)],
                "refuse " + router + " " + what + " 0");
    }

    private void clocks(long at, String router) {
        if (chance.perMille(500)) {
            at(at, "drift " + router + " " + chance.between(-500, 500) + "ppm");
        } else {
            at(at, "wall-clock " + router + " " + WALL[chance.below(WALL.length)]);
        }
    }

    private void setRight(Lan lan) {
        right("heal all");
        for (SimulatedRouter router : lan.routers()) {
            String name = router.name();
            for (String what : REFUSED) {
                right("refuse " + name + " " + what + " 0");
            }
            right("rename-link " + name + ":old1 eno1");
            right("make-link " + name + ":eno1");
            for (String link : List.of("eno1", "eno2")) {
                right("carrier " + name + ":" + link + " on");
                right("link " + name + ":" + link + " up");
            }
            ModelKernel.Link eno1 = router.host().kernel.byName("eno1");
            for (ModelKernel.Address address : eno1.addresses) {
                right("address " + name + ":eno1 add " + address.address + "/" + address.prefix);
            }
            right("file " + name + " /load holds 0");
            right("netlink " + name + " overrun");
            right("node " + name + " resume");
            right("node " + name + " start");
            // one that was still stopping
            statements.add(Statement.of(duration + 5 * SECOND, "node", name, "start"));
        }
    }

    private void right(String line) {
        statements.add(Director.checked(new Statement(duration, List.of(line.split(" ")))));
    }
}
