package org.vrrpd.ctl.render;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.control.EventLine;

/** Lines of events, aligned: time, number, what. A consequence of the line above repeats no time. */
final class EventText {

    private final Times times;
    private final Instant began;
    private LocalDate date;
    private int numberWidth = 2;
    private Instant previous = Instant.MIN;

    /** @param now a day that is not its day is named */
    EventText(Times times, Instant now) {
        this.times = times;
        this.began = now;
    }

    String lines(List<EventLine> lines) {
        lines.forEach(line -> numberWidth = Math.max(numberWidth, number(line).length()));
        List<String> out = new ArrayList<>();
        lines.forEach(line -> out.add(line(line)));
        return String.join("\n", out);
    }

    String line(EventLine line) {
        String number = number(line);
        numberWidth = Math.max(numberWidth, number.length());
        boolean consequence = line.causeSequence() != 0 && line.time().equals(previous);
        previous = line.time();
        String time = times.millis(line.time());
        return dayOf(line) + (consequence ? " ".repeat(time.length()) : time) + "  "
                + number + " ".repeat(numberWidth - number.length()) + "  " + line.text();
    }

    /** Empty for today, and for a day that was named before. */
    private String dayOf(EventLine line) {
        LocalDate day = times.date(line.time());
        boolean known = date == null ? day.equals(times.date(began)) : day.equals(date);
        date = day;
        return known ? "" : "-- " + day + " --\n";
    }

    private static String number(EventLine line) {
        return "#" + line.sequence();
    }
}
