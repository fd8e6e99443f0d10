package org.vrrpd.ctl.render;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.vrrpd.proto.narrate.HumanDuration;

/** Times for people: the clock's alone when it is of today, else with the date. */
final class Times {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final DateTimeFormatter DATED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ZoneId zone;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    String seconds(Instant time, Instant now) {
        return (date(time).equals(date(now)) ? SECONDS : DATED).format(time.atZone(zone));
    }

    String millis(Instant time) {
        return MILLIS.format(time.atZone(zone));
    }

    LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    static String ago(Instant time, Instant now) {
        return HumanDuration.text(Duration.between(time, now));
    }
}
