package org.vrrpd.proto.dump;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Collectors;
import org.vrrpd.proto.config.ScriptCommand;

/** How keepalived spells values. */
final class Words {

    private static final long MICROSECOND = 1000;

    private Words() {}

    /** Each word in quotes. */
    static String command(ScriptCommand command) {
        return command.arguments().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** Seconds without needless digits: 5, 0.25. */
    static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /** Seconds since 1970 with microseconds. */
    static String epoch(Instant time) {
        return "%d.%06d".formatted(time.getEpochSecond(), time.getNano() / MICROSECOND);
    }
}
