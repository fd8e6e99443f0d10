package org.vrrpd.proto.simulation;

import java.util.List;
import java.util.Map;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.inet.Family;

/**
 * Draws troubles that do harm only together: the kernel refuses something at the moment at which it is asked, forgets
 * to tell of what changes just then, or finds a duplicate when a link flaps.
 */
final class Coincidences {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    /** Whoever has nothing to do by then has forgotten it. */
    private static final long LONGEST_RETRY = 75 * SECOND;
    private static final int[] ERRNOS = {1, 12, 105}; // EPERM, ENOMEM, ENOBUFS

    private final Chaos chaos;
    private final Chance chance;
    private final Map<String, Configuration> configurations;
    /** Until a router that hears nobody has taken over. */
    private final long silence;

    Coincidences(Chaos chaos, Chance chance, Topology topology) {
        this.chaos = chaos;
        this.chance = chance;
        this.configurations = topology.configurations();
        this.silence = SECOND + 6 * topology.slowestIntervalNanos(); // so many down_timer_adverts, and the skew
    }

    void draw(long at, String router) {
        switch (chance.below(12)) {
            case 0 -> duplicate(at, router);
            case 1 -> lostNews(at, router);
            case 2 -> storm(at, router);
            case 3, 4 -> vanishes(at, router);
            case 5, 6 -> diesAsMaster(at, router);
            default -> refused(at, chance.perMille(500) ? List.of(router) : List.copyOf(configurations.keySet()));
        }
    }

    /** Before all is set right: whatever these make of a daemon, nothing else heals it. */
    void last(long duration, String router) {
        draw(Math.max(0, duration - chance.between(SECOND, 15 * SECOND + 2 * silence)), router);
    }

    /** A stranger has the address when the link comes up, and goes some time later. */
    private void duplicate(long at, String router) {
        String link = chaos.one(chaos.links(router));
        String port = "link " + router + ":" + link;
        List<ModelKernel.Address> sources = chaos.own(router, link).stream()
                .filter(each -> each.address.family() == Family.IPV6).toList();
        if (!sources.isEmpty()) {
            String address = chaos.one(sources).address.toString();
            chaos.at(at, "stranger " + address + " comes");
            long down = chaos.soon(at);
            chaos.at(down, port + " down");
            long up = chaos.soon(down);
            chaos.at(up, port + " up");
            chaos.comeBack(up, router, link);
            chaos.at(chaos.soon(up + 3 * SECOND), "stranger " + address + " goes");
        }
    }

    /** It is alone, and MASTER, when it is killed; another has taken over when it is back. */
    private void diesAsMaster(long at, String router) {
        chaos.at(at, "split " + router);
        long dead = chaos.soon(at + silence);
        chaos.at(dead, "node " + router + " kill");
        chaos.at(chaos.soon(dead), "join " + router);
        chaos.at(chaos.soon(dead + silence), "node " + router + " start");
    }

    /** Something changes while the kernel tells nothing, and lasts until it says that it did not. */
    private void lostNews(long at, String router) {
        chaos.at(at, "netlink " + router + " lost");
        long changed = chaos.soon(at);
        long told = chaos.soon(changed);
        chaos.at(told, "netlink " + router + " overrun");
        String link = chaos.one(chaos.neededLinks(router));
        String port = router + ":" + link;
        long undone = chaos.later(told + SECOND);
        switch (chance.below(4)) {
            case 0 -> lasts("link " + port + " down", changed, "link " + port + " up", undone);
            case 1 -> lasts("carrier " + port + " off", changed, "carrier " + port + " on", undone);
            case 2 -> lasts("remove-link " + port, changed, "make-link " + port, undone);
            default -> chaos.own(router, link).forEach(each -> {
                String address = " " + each.address + "/" + each.prefix;
                lasts("address " + port + " remove" + address, changed, "address " + port + " add" + address, undone);
            });
        }
        chaos.comeBack(undone, router, link);
    }

    private void lasts(String begin, long from, String end, long to) {
        chaos.at(from, begin);
        chaos.at(to, end);
    }

    /** So much changes while the daemon stands still that it does not all fit into its buffer. */
    private void storm(long at, String router) {
        chaos.at(at, "node " + router + " pause");
        String carrier = "carrier " + router + ":" + chaos.one(chaos.links(router));
        long when = at;
        for (int i = 20 + chance.below(60); i > 0; i--) {
            when += chance.between(MILLISECOND, SECOND / 10);
            chaos.at(when, carrier + (i % 2 == 0 ? " off" : " on"));
        }
        if (chance.perMille(500)) {
            chaos.at(when + MILLISECOND, carrier + " off");
        }
        long resumed = chaos.soon(when + 2 * MILLISECOND);
        chaos.at(resumed, "node " + router + " resume");
        chaos.at(chaos.later(resumed), carrier + " on");
    }

    /** The interface goes before a change of it counts, and another one or a tunnel has its name. */
    private void vanishes(long at, String router) {
        String link = chaos.one(chaos.links(router));
        String port = router + ":" + link;
        long when = at;
        for (int i = 1 + chance.below(3); i > 0; i--) {
            chaos.at(when, "carrier " + port + " off");
            chaos.at(chaos.soon(when), "carrier " + port + " on");
            when = chaos.soon(when);
            chaos.at(when, "remove-link " + port);
            when = chaos.soon(when);
            if (chance.perMille(400)) {
                chaos.tunnel(when, port);
                when = chaos.soon(when);
                chaos.at(when, "remove-link " + port);
            }
            chaos.at(when, "make-link " + port);
            chaos.comeBack(when, router, link);
            when = chaos.soon(when + SECOND);
        }
    }

    private void refused(long at, List<String> routers) {
        boolean vmac = configurations.get(routers.get(0)).instances().stream().anyMatch(each -> each.vmac() != null);
        String what = vmac ? chaos.one("make-link", "set-link", "make-link", "set-link", "add-address")
                : chaos.one("socket", "add-address", "remove-address", "remove-address");
        int errno = ERRNOS[chance.below(ERRNOS.length)];
        routers.forEach(each -> chaos.at(at, "refuse " + each + " " + what + " " + errno));
        long asked = chaos.soon(at);
        long granted = chaos.soon(asked + (what.endsWith("link") || what.equals("socket") ? 0 : silence));
        switch (what) {
            case "remove-address" -> routers.forEach(each -> leaves(asked, each, granted));
            case "socket", "make-link" -> routers.forEach(each -> begins(asked, each));
            default -> {
                if (routers.size() > 1 || chance.perMille(500)) {
                    routers.forEach(each -> begins(asked, each));
                } else {
                    isAlone(asked, routers.get(0), granted);
                }
            }
        }
        routers.forEach(each -> chaos.at(granted, "refuse " + each + " " + what + " 0"));
        if (what.endsWith("link") && chance.perMille(500)) { // what is ours must be known for it
            String router = routers.get(0);
            String link = chaos.one(chaos.links(router));
            lasts("rename-link " + router + ":" + link + " " + Chaos.old(link), chaos.soon(granted + silence),
                    "rename-link " + router + ":" + Chaos.old(link) + " " + link, chaos.later(granted + silence));
        }
    }

    /** The daemon, or its interface, is there anew. */
    private void begins(long at, String router) {
        if (chance.perMille(500)) {
            chaos.at(at, "node " + router + " kill");
            chaos.at(at + MILLISECOND, "node " + router + " start");
        } else {
            String link = chaos.one(chaos.links(router));
            chaos.at(at, "remove-link " + router + ":" + link);
            chaos.at(at + MILLISECOND, "make-link " + router + ":" + link);
            chaos.comeBack(at + MILLISECOND, router, link);
        }
    }

    /** It hears nobody, and takes over; or has its address taken, when it had it. */
    private void isAlone(long at, String router, long until) {
        chaos.at(at, "split " + router);
        InstanceConfiguration instance = chaos.one(configurations.get(router).instances());
        instance.virtualAddresses().forEach(each -> chaos.at(chaos.soon(at), "address " + router + ":"
                + instance.interfaceName() + " remove " + each.address() + "/" + each.prefixLength()));
        chaos.at(chaos.later(until), "join " + router);
    }

    /** Who is MASTER gives up what it has. */
    private void leaves(long at, String router, long until) {
        String carrier = "carrier " + router + ":" + chaos.one(chaos.links(router));
        chaos.at(at, carrier + " off");
        chaos.at(chance.perMille(300) ? chaos.soon(until) : chaos.later(until + LONGEST_RETRY), carrier + " on");
    }
}
