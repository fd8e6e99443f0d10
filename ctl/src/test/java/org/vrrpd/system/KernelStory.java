package org.vrrpd.system;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.vrrpd.system.Happening.Lane;

/** Addresses as the kernel has them: each change at its place among the frames, and the lists that remain. */
final class KernelStory {

    /** The witness is a process like others: it may hear of an address after the GARP that the address allowed. */
    private static final long HEARSAY = 150_000_000L;

    private KernelStory() {}

    /** The frames and the changes of addresses since a time, in one order. */
    static List<Happening> merge(
            List<Happening> wire, List<LogLines.Line> changes, long since, UnaryOperator<String> owner) {
        List<Happening> all = new ArrayList<>(wire);
        for (LogLines.Line change : changes) {
            if (change.time() >= since && change.text().contains(" inet") && !change.text().contains(": lo ")) {
                String router = router(owner.apply(address(change.text())), change.text());
                insert(all, Happening.of(change.time(), Lane.WIRE, router, change(change.text())));
            }
        }
        return all;
    }

    private static void insert(List<Happening> all, Happening change) {
        int at = all.size();
        while (at > 0 && all.get(at - 1).time() > change.time()) {
            at--;
        }
        all.add(beforeItsAnnouncements(all, at, change), change);
    }

    /** What other virtual routers send meanwhile is in no order with it. */
    private static int beforeItsAnnouncements(List<Happening> all, int from, Happening change) {
        int place = from;
        for (int i = from; i > 0 && all.get(i - 1).time() > change.time() - HEARSAY; i--) {
            Happening former = all.get(i - 1);
            if (former.router().equals(change.router())) {
                if (!isAnnouncement(former)) {
                    break;
                }
                place = i - 1;
            }
        }
        return place;
    }

    /** The kernel tells of IPv6 addresses when it gets to it: an IPv4 router's are in no order with its others. */
    private static String router(String owner, String change) {
        return change.contains(" inet6 ") && !owner.startsWith("IPv6") ? owner + " IPv6" : owner;
    }

    private static String address(String text) {
        return text.replaceFirst(".* inet6? ([0-9a-f.:]+).*", "$1");
    }

    private static boolean isAnnouncement(Happening happening) {
        return happening.text().startsWith("GARP") || happening.text().startsWith("NA");
    }

    private static String change(String text) {
        return text.startsWith("Deleted ") ? "- " + plain(text.substring("Deleted ".length())) : "+ " + plain(text);
    }

    /** The addresses of a namespace's interfaces but the loopback, sorted: the order they came in is told elsewhere. */
    static List<Happening> addresses(Namespace namespace) {
        return namespace.show("addr", "show").lines().filter(line -> !line.contains(": lo "))
                .map(KernelStory::plain).sorted().map(line -> Happening.untimed(Lane.ADDRESSES, line)).toList();
    }

    /** The routes of all tables, in an order of their own. */
    static List<Happening> routes(Namespace namespace) {
        return Stream.of("-4", "-6").flatMap(family -> namespace.show(family, "route", "show", "table", "all").lines())
                .map(String::strip).filter(line -> !line.isEmpty() && !line.contains(" lo ")).sorted()
                .map(line -> Happening.untimed(Lane.ROUTES, line)).toList();
    }

    /** Without the interface's number, and lifetimes only where there is an end to them. */
    private static String plain(String text) {
        return text.replaceFirst("^\\d+: ", "").replace("\\", " ")
                .replace("valid_lft forever", "").replace("preferred_lft forever", "")
                .replaceAll("\\s+", " ").strip();
    }
}
