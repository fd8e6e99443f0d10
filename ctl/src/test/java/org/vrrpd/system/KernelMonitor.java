package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the kernel told of links and addresses: {@code ip monitor}, a witness beside the daemon, at a priority that
 * lets it hear within a fraction of a millisecond.
 */
public final class KernelMonitor implements AutoCloseable {

    private static final Pattern STAMP =
            Pattern.compile("^\\[(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+)\\]\\s*(.*)$");

    private final Process process;
    private final LogLines lines = new LogLines();

    public KernelMonitor(Namespace namespace) {
        ProcessBuilder builder = new ProcessBuilder(
                List.of("chrt", "-f", "60", "stdbuf", "-oL", "ip", "-n", namespace.name(), "-ts", "-o",
                        "monitor", "link", "address"));
        builder.environment().put("TZ", "UTC");
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.follow(process.getInputStream(), namespace.name() + "-monitor");
        awaitListening(namespace);
    }

    /** A marker is made until the witness tells of it: from then on nothing is missed. */
    private void awaitListening(Namespace namespace) {
        Await.until("ip monitor listening", Duration.ofSeconds(10), () -> {
            namespace.ip("link set lo alias witness");
            return !lines.all().isEmpty();
        });
    }

    /** The kernel's time of the first such message since a time. */
    public long await(String what, Duration limit, long since, Predicate<String> text) {
        return Await.value(() -> what + " by the kernel: " + lines.tail(6), limit, () -> lines.all().stream()
                .filter(line -> text.test(line.text())).map(KernelMonitor::stamp).filter(time -> time >= since)
                .findFirst());
    }

    /** All of it so far, each with the kernel's time. */
    public List<LogLines.Line> messages() {
        return lines.all().stream().filter(line -> line.text().startsWith("["))
                .map(line -> new LogLines.Line(stamp(line), text(line))).toList();
    }

    private static String text(LogLines.Line line) {
        Matcher matcher = STAMP.matcher(line.text());
        return matcher.matches() ? matcher.group(2) : line.text();
    }

    private static long stamp(LogLines.Line line) {
        Matcher matcher = STAMP.matcher(line.text());
        if (!matcher.matches()) {
            throw new AssertionError("Expected a time stamp, but found " + line.text());
        }
        LocalDateTime time = LocalDateTime.parse(matcher.group(1));
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L + time.getNano();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
