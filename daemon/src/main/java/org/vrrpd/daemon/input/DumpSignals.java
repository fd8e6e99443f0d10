package org.vrrpd.daemon.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.SignalFd;

/**
 * The signals that ask for a dump. The launcher starts the JVM with all of them blocked, so that they wait here,
 * whichever thread they might have interrupted: two of them are real-time signals, which the JVM can neither handle nor
 * survive.
 */
public final class DumpSignals {

    /** Those that ask for a dump. */
    private static final List<SignalNumber> ALL =
            List.of(SignalNumber.DATA, SignalNumber.STATS, SignalNumber.JSON, SignalNumber.STATS_CLEAR);
    /** Whoever sends signals in a loop gets so many dumps a second and no more. */
    private static final int PAUSE_MILLIS = 50;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String BLOCKED = "SigBlk:";

    /** Who sent a signal; what is not known is 0. */
    public record Sender(int userId, int processId) {}

    /** What is done about a signal. It may take its time: further ones wait, and are done once each. */
    @FunctionalInterface
    public interface Handler {
        void received(SignalNumber signal, Sender sender);
    }

    private final Handler handler;
    private final Consumer<String> log;

    public DumpSignals(Handler handler, Consumer<String> log) {
        this.handler = handler;
        this.log = log;
    }

    /** Waits for signals for ever, on the calling thread; or makes do with what the JVM can, and returns. */
    public void run() {
        try {
            long set = 0;
            for (SignalNumber signal : ALL) {
                set |= 1L << signal.number() - 1;
            }
            if ((blocked() & set) == set) {
                read(new SignalFd(set));
            } else {
                withoutMask();
            }
        } catch (IOException e) {
            log.accept("no dumps on signals: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many that have come meanwhile are one: each kind is done once for all of them. */
    private void read(SignalFd signals) throws NativeCallException, InterruptedException {
        while (true) {
            Map<SignalNumber, Sender> received = new EnumMap<>(SignalNumber.class);
            int count = signals.await();
            for (int i = 0; i < count; i++) {
                Sender sender = new Sender(signals.userId(i), signals.processId(i));
                received.put(SignalNumber.of(signals.number(i)), sender);
            }
            received.forEach(handler::received);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static long blocked() throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(BLOCKED)) {
                return Long.parseUnsignedLong(line.substring(BLOCKED.length()).strip(), 16);
            }
        }
        return 0;
    }

    private void withoutMask() {
        StringBuilder handled = new StringBuilder();
        handle("USR1", SignalNumber.DATA, handled);
        handle("USR2", SignalNumber.STATS, handled);
        log.accept("started without the launcher, or by one that cannot block signals: of those for dumps "
                + (handled.length() == 0 ? "none works" : "only" + handled + " work")
                + ", the others would end the daemon; vrrpctl dump does the same");
    }

    /** The JVM uses SIGUSR2 itself unless it is told to use another. */
    private void handle(String name, SignalNumber signal, StringBuilder handled) {
        try {
            Signals.handle(name, number -> handler.received(signal, new Sender(0, 0)));
            handled.append(handled.length() == 0 ? " SIG" : " and SIG").append(name);
        } catch (IllegalStateException e) {
            return; // named in the log by its absence
        }
    }
}
