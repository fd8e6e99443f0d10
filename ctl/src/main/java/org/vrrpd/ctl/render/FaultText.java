package org.vrrpd.ctl.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.narrate.HumanDuration;

/** Faults as a table where it fits, else one below the other. */
final class FaultText {

    private final Layout layout;
    private final Times times;
    private final Style style;
    private final Instant now;

    FaultText(Layout layout, Instant now) {
        this.layout = layout;
        this.times = new Times(layout.zone());
        this.style = new Style(layout.colour());
        this.now = now;
    }

    String text(List<FaultLine> faults) {
        if (faults.isEmpty()) {
            return "no faults in the journal";
        }
        Table table = new Table();
        table.row("BEGAN", "LASTED", "INSTANCE", "FAULT", "BEGAN WITH", "CLEARED BY");
        faults.forEach(fault -> table.row(began(fault), lasted(fault), fault.instance(), fault.reason(),
                beganWith(fault), clearedBy(fault)));
        if (table.width() > layout.columns()) {
            return stacked(faults);
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.set(0, style.heading(lines.get(0)));
        return String.join("\n", lines);
    }

    private String stacked(List<FaultLine> faults) {
        Table table = new Table();
        table.row("BEGAN", "LASTED", "INSTANCE", "FAULT");
        faults.forEach(fault -> table.row(began(fault), lasted(fault), fault.instance(), ""));
        List<String> heads = table.lines();
        int indent = heads.get(0).indexOf("FAULT");
        int below = heads.get(0).indexOf("LASTED");
        List<String> out = new ArrayList<>();
        out.add(style.heading(heads.get(0)));
        for (int i = 0; i < faults.size(); i++) {
            FaultLine fault = faults.get(i);
            String head = heads.get(i + 1);
            out.addAll(Table.wrap(head + " ".repeat(indent - head.length()), fault.reason(), layout.columns()));
            out.addAll(Table.wrap(" ".repeat(below) + "began with ", beganWith(fault), layout.columns()));
            out.addAll(Table.wrap(" ".repeat(below) + (fault.cleared() == null ? "" : "cleared by "),
                    clearedBy(fault), layout.columns()));
        }
        return String.join("\n", out);
    }

    private String began(FaultLine fault) {
        return times.seconds(fault.began(), now);
    }

    private static String lasted(FaultLine fault) {
        return HumanDuration.text(fault.lasted()) + (fault.cleared() == null ? " *" : "");
    }

    private static String beganWith(FaultLine fault) {
        return "#" + fault.beganSequence() + " "
                + (fault.beganWith().isEmpty() ? "(no longer in the journal)" : fault.beganWith());
    }

    private static String clearedBy(FaultLine fault) {
        return fault.cleared() == null
                ? "* still there: clears when " + fault.clearsWhen()
                : "#" + fault.clearedSequence() + " " + fault.clearedBy();
    }
}
