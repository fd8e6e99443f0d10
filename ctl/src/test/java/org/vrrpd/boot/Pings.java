package org.vrrpd.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrpd.system.Await;
import org.vrrpd.system.LogLines;
import org.vrrpd.system.Namespace;
import org.vrrpd.system.Shell;
import org.vrrpd.system.Times;

/** A host that asks an address each 100 ms whether it is there, and counts how often nobody says so. */
final class Pings implements AutoCloseable {

    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) received(, \\+\\d+ errors)?.*");

    private final Process process;
    private final LogLines lines = new LogLines();

    Pings(Namespace from, String address) {
        try {
            process = new ProcessBuilder(from.inside(List.of("chroot", DebianRoot.get().path().toString(), "ping", "-n",
                    "-i", "0.1", "-W", "1", address))).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.follow(process.getInputStream(), "pings");
    }

    /** From now on. */
    void awaitAnswers(int count) {
        long since = Await.now();
        Await.value(() -> count + " answers: " + lines.tail(5), Times.seconds(20), () -> lines.since(since,
                text -> text.contains(" bytes from ")).skip(count - 1L).findFirst());
    }

    /** Ends it, and tells how many were never answered. */
    int end() {
        // the last one's answer may still be on its way
        long sent = lines.since(0, text -> text.contains(" bytes from ")).count();
        Shell.must("kill", "-INT", Long.toString(process.pid()));
        String summary = Await.value(() -> "a summary of ping: " + lines.tail(5), Times.seconds(5),
                () -> lines.since(0, text -> SUMMARY.matcher(text).matches()).map(LogLines.Line::text).findFirst());
        Matcher matcher = SUMMARY.matcher(summary);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) < sent) {
            throw new AssertionError("Expected a summary of " + sent + " answers, but found " + summary);
        }
        return Integer.parseInt(matcher.group(1)) - Integer.parseInt(matcher.group(2));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
