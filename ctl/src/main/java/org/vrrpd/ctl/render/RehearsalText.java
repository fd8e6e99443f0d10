package org.vrrpd.ctl.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.vrrpd.proto.simulation.Rehearsed;
import org.vrrpd.proto.simulation.Rehearsed.Address;
import org.vrrpd.proto.simulation.Rehearsed.Happening;
import org.vrrpd.proto.simulation.Rehearsed.Router;
import org.vrrpd.proto.simulation.Timeline.Holder;
import org.vrrpd.proto.simulation.Timeline.Span;

/** Rehearsals as text: first the answer, then what does not fit together, then each scenario. */
final class RehearsalText {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    /** What is longer by less than this does not look longer. */
    private static final long SHOWN = 10 * MILLISECOND;
    private static final String GAP = "  ";
    private static final String TIME = "TIME";

    /** The longest span of a kind, and the scenario that it was in. */
    private record Longest(long nanos, String scenario) {
        Longest or(Longest other) {
            return other.nanos / SHOWN > nanos / SHOWN ? other : this;
        }

        String text() {
            return nanos < MILLISECOND ? "-" : seconds(nanos);
        }

        String named() {
            return nanos < MILLISECOND ? "none" : seconds(nanos) + " (" + scenario + ")";
        }
    }

    private record Mastership(String node, long from, long until) {}

    private final Layout layout;
    private final Style style;
    private final RehearsalReport report;
    private final int timeWidth;
    private final List<String> out = new ArrayList<>();

    RehearsalText(Layout layout, RehearsalReport report) {
        this.layout = layout;
        this.style = new Style(layout.colour());
        this.report = report;
        this.timeWidth = report.scenarios().stream().map(each -> thousandths(each.untilNanos()).length())
                .reduce(TIME.length(), Math::max);
    }

    String text() {
        wrap("", answer());
        out.add("");
        if (report.disagreements().isEmpty()) {
            out.add("The configurations fit together.");
        } else {
            out.add(style.heading("The configurations do not fit together:"));
            report.disagreements().forEach(line -> wrap(GAP, line));
        }
        start();
        if (report.scenarios().size() > 1) {
            out.add("");
            summary();
        }
        report.scenarios().forEach(this::scenario);
        if (!report.assumptions().isEmpty()) {
            out.add("");
            out.add(style.heading("Taken for granted:"));
            report.assumptions().forEach(line -> wrap(GAP, line));
        }
        return String.join("\n", out);
    }

    private void wrap(String head, String text) {
        out.addAll(Table.wrap(head, text, layout.columns()));
    }

    private String answer() {
        Set<String> addresses = new LinkedHashSet<>();
        Longest absence = new Longest(0, "");
        Longest overlap = new Longest(0, "");
        List<String> broken = new ArrayList<>();
        for (Rehearsed scenario : report.scenarios()) {
            if (!scenario.isWhole()) {
                broken.add(scenario.name());
            }
            absence = absence.or(absence(scenario));
            overlap = overlap.or(overlap(scenario));
            scenario.routers().forEach(router -> router.addresses().forEach(address ->
                    addresses.add(router.id().wire() + " " + address.address())));
        }
        return Amounts.of(report.scenarios().size(), "scenario") + ", " + Amounts.of(report.nodes().size(), "node")
                + ", " + addresses.size() + (addresses.size() == 1 ? " address: " : " addresses: ")
                + (broken.isEmpty() ? "each address is served by one node at the end"
                        : "NOT every address is served by one node at the end (" + String.join(", ", broken) + ")")
                + "; longest absence " + absence.named() + ", longest overlap " + overlap.named();
    }

    private static Longest absence(Rehearsed scenario) {
        return longest(scenario, Address::absences);
    }

    private static Longest overlap(Rehearsed scenario) {
        return longest(scenario, Address::overlaps);
    }

    private static Longest longest(Rehearsed scenario, Function<Address, List<Span>> which) {
        return new Longest(scenario.routers().stream().flatMap(router -> router.addresses().stream())
                .flatMap(address -> which.apply(address).stream()).mapToLong(Span::nanos).max().orElse(0),
                scenario.name());
    }

    private void summary() {
        Table table = new Table().row("SCENARIO", "ABSENT", "OVERLAP", "AT THE END");
        for (Rehearsed scenario : report.scenarios()) {
            table.row(scenario.name(), absence(scenario).text(), overlap(scenario).text(),
                    scenario.isWhole() ? "each address by one" : "NOT each address by one");
        }
        List<String> lines = table.lines();
        out.add(style.heading(lines.get(0)));
        lines.subList(1, lines.size()).forEach(line -> out.add(style.bad(line, "NOT")));
    }

    private void start() {
        if (report.scenarios().isEmpty()) {
            return;
        }
        Rehearsed first = report.scenarios().get(0);
        wrap("", first.startNanos() < 0 ? "When all nodes start together, an address is never served."
                : "When all nodes start together, each address is served after " + seconds(first.startNanos()) + ".");
        if (!first.settled()) {
            out.add("The nodes never settle: states go on changing with nothing befalling them.");
        }
    }

    // one scenario

    private void scenario(Rehearsed scenario) {
        out.add("");
        List<String> heading = Table.wrap("", scenario.name() + (scenario.about().isEmpty() ? "" : ": ")
                + scenario.about(), layout.columns());
        heading.forEach(line -> out.add(style.heading(line)));
        happenings(scenario);
        routers(scenario.routers());
    }

    private void happenings(Rehearsed scenario) {
        Table table = new Table().row(time(scenario.untilNanos()), "NODE", "INSTANCE", "STATE");
        for (Happening each : scenario.happenings()) {
            table.row(time(each.atNanos()), each.node(), each.instance(), each.state());
        }
        int width = table.width() + GAP.length();
        List<String> heads = table.lines().stream().map(line -> line + " ".repeat(width - line.length())).toList();
        out.add(" ".repeat(timeWidth - TIME.length()) + TIME + heads.get(0).substring(timeWidth) + "WHY");
        for (int i = 0; i < scenario.happenings().size(); i++) {
            Happening each = scenario.happenings().get(i);
            if (each.node().isEmpty()) {
                wrap(time(each.atNanos()) + GAP, "> " + each.text());
            } else {
                wrap(heads.get(i + 1), each.text());
            }
        }
    }

    /** Routers that went through the same, as those of a sync group do, are told of together. */
    private void routers(List<Router> routers) {
        Map<List<List<String>>, List<Router>> alike = new LinkedHashMap<>();
        routers.forEach(each -> alike.computeIfAbsent(rows(each), key -> new ArrayList<>()).add(each));
        alike.forEach((rows, those) -> {
            for (Router router : those) {
                wrap(GAP, router.id() + " " + String.join(", ", router.instances()) + ": " + names(router.addresses()));
            }
            Table table = new Table();
            rows.forEach(row -> table.row(GAP + GAP + row.get(0), row.get(1), row.get(2), ""));
            int width = table.width();
            List<String> heads = table.lines();
            for (int i = 0; i < heads.size(); i++) {
                String text = rows.get(i).get(3);
                if (text.isEmpty()) {
                    out.add(heads.get(i));
                } else {
                    wrap(heads.get(i) + " ".repeat(width - heads.get(i).length()), text);
                }
            }
        });
    }

    private static String names(List<Address> addresses) {
        return String.join(", ", addresses.stream().map(each -> each.address().toString()).toList());
    }

    private List<List<String>> rows(Router router) {
        List<List<String>> rows = new ArrayList<>();
        masters(router).forEach(master -> row(rows, "MASTER", master.from, master.until, master.node));
        for (List<Address> alike : alike(router.addresses())) {
            String of = alike.size() == router.addresses().size() ? "" : names(alike);
            alike.get(0).absences().forEach(span -> row(rows, "absent", span.fromNanos(), span.untilNanos(), of));
            alike.get(0).overlaps().forEach(span -> row(rows, "overlap", span.fromNanos(), span.untilNanos(),
                    String.join(", ", span.holders().stream().map(RehearsalText::holder).toList())
                            + (of.isEmpty() ? "" : ": " + of)));
        }
        return rows;
    }

    /** What is shorter than the model is exact is not worth a line. */
    private void row(List<List<String>> rows, String what, long from, long until, String who) {
        if (until - from >= MILLISECOND) {
            rows.add(List.of(what, time(from) + " to " + time(until), time(until - from) + " s", who));
        }
    }

    private static String holder(Holder holder) {
        return holder.node() + (holder.leftBehind() ? " (left behind)" : "");
    }

    /** Addresses that were served alike, as most are. */
    private static List<List<Address>> alike(List<Address> addresses) {
        Map<List<Span>, List<Address>> groups = new LinkedHashMap<>();
        addresses.forEach(each -> groups.computeIfAbsent(each.served(), key -> new ArrayList<>()).add(each));
        return List.copyOf(groups.values());
    }

    /** One node after the other is MASTER; where two are, the one that began first comes first. */
    private static List<Mastership> masters(Router router) {
        List<Mastership> masters = new ArrayList<>();
        for (Span span : router.masters()) {
            for (String node : span.nodes()) {
                int last = masters.size() - 1;
                while (last >= 0 && !masters.get(last).node.equals(node)) {
                    last--;
                }
                if (last >= 0 && masters.get(last).until == span.fromNanos()) {
                    masters.set(last, new Mastership(node, masters.get(last).from, span.untilNanos()));
                } else {
                    masters.add(new Mastership(node, span.fromNanos(), span.untilNanos()));
                }
            }
        }
        return masters;
    }

    // numbers

    /** Aligned with all others. */
    private String time(long nanos) {
        String text = thousandths(nanos);
        return " ".repeat(timeWidth - text.length()) + text;
    }

    private static String thousandths(long nanos) {
        long millis = (nanos + MILLISECOND / 2) / MILLISECOND;
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    private static String seconds(long nanos) {
        long hundredths = (nanos + 5_000_000L) / 10_000_000L;
        return nanos < SECOND / 10 ? (nanos + MILLISECOND / 2) / MILLISECOND + " ms"
                : String.format(Locale.ROOT, "%d.%02d s", hundredths / 100, hundredths % 100);
    }
}
