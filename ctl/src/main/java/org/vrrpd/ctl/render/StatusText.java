package org.vrrpd.ctl.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.vrrpd.proto.control.Build;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.control.Status.Address;
import org.vrrpd.proto.control.Status.Fault;
import org.vrrpd.proto.control.Status.Instance;
import org.vrrpd.proto.control.Status.Journal;
import org.vrrpd.proto.control.Status.Master;
import org.vrrpd.proto.effect.RouterState;

/** Status as text: the first line answers, then one line an instance, and under it what is wrong with it. */
final class StatusText {

    private static final RouterState[] WORST_LAST =
            {RouterState.MASTER, RouterState.BACKUP, RouterState.INIT, RouterState.FAULT};
    private static final int LEAST_FOR_ADDRESSES = 20;
    private static final int LONGEST_NAME = "virtual router".length();

    private final int longestCounter;
    private final Layout layout;
    private final Times times;
    private final Style style;
    private final Status status;
    private final Instant now;
    private final List<String> out = new ArrayList<>();

    StatusText(Layout layout, Status status) {
        this.layout = layout;
        this.times = new Times(layout.zone());
        this.style = new Style(layout.colour());
        this.status = status;
        this.now = status.now();
        this.longestCounter = status.instances().stream()
                .flatMap(instance -> instance.counters().keySet().stream())
                .mapToInt(String::length).max().orElse(0);
    }

    String all() {
        head();
        if (!status.instances().isEmpty()) {
            out.add("");
            table();
        }
        if (!status.trackers().isEmpty()) {
            trackers();
        }
        return String.join("\n", out);
    }

    private void head() {
        String answer = status.routerId() + ": " + summary();
        if (status.startupDelayUntil() != null) {
            answer += ", start-up delay until " + times.seconds(status.startupDelayUntil(), now);
        }
        String daemon = "vrrpd " + Build.version(status.build()) + ", up " + Times.ago(status.started(), now)
                + ", journal " + journal();
        String gap = " ".repeat(Math.max(2, 32 - answer.length()));
        if (answer.length() + gap.length() + daemon.length() <= layout.columns()) {
            out.add(coloured(answer) + gap + daemon);
        } else {
            out.add(coloured(answer));
            out.addAll(Table.wrap("", daemon, layout.columns()));
        }
    }

    private String coloured(String answer) {
        return status.healthy() ? style.heading(answer) : style.bad(answer, faulty() > 0 ? faulty() + " FAULT" : "");
    }

    private long faulty() {
        return status.instances().stream().filter(i -> i.state() == RouterState.FAULT).count();
    }

    private String summary() {
        StringJoiner states = new StringJoiner(", ");
        for (RouterState state : WORST_LAST) {
            long count = status.instances().stream().filter(i -> i.state() == state).count();
            if (count > 0) {
                states.add(count + " " + state);
            }
        }
        long impaired = status.instances().stream()
                .filter(i -> i.state() != RouterState.FAULT && !i.faults().isEmpty()).count();
        if (impaired > 0) {
            states.add(impaired + " impaired");
        }
        return status.instances().isEmpty() ? "no instances are configured" : states.toString();
    }

    private String journal() {
        Journal journal = status.journal();
        String size = " (" + Amounts.of(journal.records(), "record") + ", " + Amounts.bytes(journal.bytes()) + ")";
        return journal.writing() ? "writing" + size
                : "SUSPENDED since " + times.seconds(journal.since(), now) + " (" + journal.reason() + ", "
                        + Amounts.of(journal.lost(), "record") + " lost)";
    }

    private void table() {
        Table table = new Table();
        boolean beside = isRoomForAddresses();
        String[] titles = {"INSTANCE", "STATE", "SINCE", "", "PRIORITY", "ON", "ADDRESSES"};
        table.row(beside ? titles : java.util.Arrays.copyOf(titles, titles.length - 1));
        status.instances().forEach(instance -> table.row(cells(instance, beside)));
        List<String> lines = table.lines();
        out.add(style.heading(lines.get(0)));
        int addressColumn = table.lines().get(0).indexOf("ADDRESSES");
        for (int i = 0; i < status.instances().size(); i++) {
            Instance instance = status.instances().get(i);
            out.add(style.state(lines.get(i + 1), instance.state()));
            List<Address> addresses = instance.virtualAddresses();
            for (int a = beside ? 1 : 0; a < addresses.size(); a++) {
                out.add(" ".repeat(beside ? addressColumn : 4) + text(instance, addresses.get(a)));
            }
            instance.faults().forEach(this::fault);
        }
    }

    private void trackers() {
        out.add("");
        Table table = new Table().row("TRACKED", "STATE", "SINCE", "", "LAST");
        status.trackers().forEach(t -> table.row(
                t.kind() + " " + t.name(), t.condition().name().toLowerCase(Locale.ROOT),
                times.seconds(t.since(), now), Times.ago(t.since(), now), t.outcome()));
        List<String> lines = table.lines();
        out.add(style.heading(lines.get(0)));
        lines.stream().skip(1).forEach(line -> out.add(
                line.length() <= layout.columns() ? line : line.substring(0, layout.columns() - 3) + "..."));
    }

    private boolean isRoomForAddresses() {
        Table trial = new Table();
        status.instances().forEach(instance -> trial.row(cells(instance, true)));
        int widest = status.instances().stream()
                .flatMap(i -> i.virtualAddresses().stream().map(a -> text(i, a).length()))
                .max(Integer::compare).orElse(0);
        int first = trial.width() - status.instances().stream()
                .mapToInt(i -> cells(i, true)[6].length()).max().orElse(0);
        return Math.max(trial.width(), first + Math.max(widest, LEAST_FOR_ADDRESSES)) <= layout.columns();
    }

    private String[] cells(Instance instance, boolean withAddress) {
        String priority = instance.effectivePriority() == instance.basePriority()
                ? Integer.toString(instance.effectivePriority())
                : instance.effectivePriority() + " of " + instance.basePriority();
        String on = instance.interfaceName() + " " + instance.vrid() + " v" + instance.version();
        List<Address> addresses = instance.virtualAddresses();
        String first = addresses.isEmpty() ? "none" : text(instance, addresses.get(0));
        return withAddress
                ? new String[] {instance.name(), instance.state().name(), times.seconds(instance.since(), now),
                    Times.ago(instance.since(), now), priority, on, first}
                : new String[] {instance.name(), instance.state().name(), times.seconds(instance.since(), now),
                    Times.ago(instance.since(), now), priority, on};
    }

    /** A BACKUP has none of its addresses and a MASTER all: only what is otherwise is said. */
    private static String text(Instance instance, Address address) {
        boolean expected = instance.state() == RouterState.MASTER;
        String note = address.installed() == expected && instance.state() != RouterState.FAULT ? ""
                : address.installed() ? " (installed)" : " (not installed)";
        return address.address() + note;
    }

    private void fault(Fault fault) {
        out.addAll(Table.wrap("    " + (fault.blocking() ? "fault: " : "impaired: "), fault.reason(),
                layout.columns()));
        out.addAll(Table.wrap("    ", remedy(fault), layout.columns()));
    }

    private String remedy(Fault fault) {
        return "since " + times.seconds(fault.since(), now) + " (" + Times.ago(fault.since(), now)
                + "); clears when " + fault.clearsWhen();
    }

    String one(Instance instance) {
        out.add(style.state(instance.name() + ": " + instance.state() + " since "
                + times.seconds(instance.since(), now) + ", " + Times.ago(instance.since(), now), instance.state()));
        pair("because of", "#" + instance.causeSequence() + " " + instance.cause());
        for (Fault fault : instance.faults()) {
            pair(fault.blocking() ? "fault" : "impaired", fault.reason());
            pair("", remedy(fault));
        }
        pair("virtual router", instance.vrid() + " on " + instance.interfaceName() + ", " + instance.family()
                + ", VRRPv" + instance.version());
        pair("priority", instance.effectivePriority() + (instance.effectivePriority() == instance.basePriority()
                ? "" : " (" + instance.basePriority() + " configured)")
                + ", advertised every " + millis(instance.advertisementIntervalMillis()));
        pair("master", master(instance));
        if (instance.syncGroup() != null) {
            pair("sync group", instance.syncGroup());
        }
        for (Address address : instance.virtualAddresses()) {
            pair("address", address.address() + "/" + address.prefixLength() + " on " + address.device()
                    + (address.installed() ? ", installed" : ", not installed")
                    + (address.excluded() ? ", not advertised" : ""));
        }
        instance.counters().forEach((name, value) -> {
            if (value != 0) {
                out.add("    " + name + " ".repeat(longestCounter + 2 - name.length()) + Amounts.number(value));
            }
        });
        return String.join("\n", out);
    }

    private static String master(Instance instance) {
        Master master = instance.master();
        if (master == null) {
            return "none known";
        }
        String who = instance.state() == RouterState.MASTER ? "this router, as " : "";
        return who + master.address() + ", priority " + master.priority() + ", every "
                + millis(master.advertisementIntervalMillis())
                + (master.checksum() == null ? "" : ", checksums " + master.checksum());
    }

    private static String millis(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private void pair(String name, String value) {
        String head = "    " + name + " ".repeat(LONGEST_NAME + 2 - name.length());
        out.addAll(Table.wrap(head, value, layout.columns()));
    }
}
