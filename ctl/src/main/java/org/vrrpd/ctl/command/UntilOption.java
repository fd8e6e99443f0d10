package org.vrrpd.ctl.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.vrrpd.proto.replay.Replay.Until;

/** {@code --until}: a sequence number, or a time with or without a date and a zone. */
final class UntilOption {

    private UntilOption() {}

    static Until parse(String text, Clock clock) throws ProblemException {
        try {
            if (text.matches("#?\\d+")) {
                return new Until(Long.parseLong(text.replace("#", "")), Long.MAX_VALUE);
            }
            Instant time = instant(text.replace(' ', 'T'), clock);
            return new Until(Long.MAX_VALUE, time.getEpochSecond() * 1_000_000_000L + time.getNano());
        } catch (DateTimeException | NumberFormatException e) {
            throw new ProblemException("expected a sequence number, or a time such as 14:33:41 or "
                    + "2026-11-22T14:33:41+01:00, but found " + text);
        }
    }

    private static Instant instant(String text, Clock clock) {
        if (!text.contains("T")) {
            return LocalTime.parse(text).atDate(LocalDate.now(clock)).atZone(clock.getZone()).toInstant();
        }
        return text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$") && !text.matches(".*T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?$")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(clock.getZone()).toInstant();
    }
}
