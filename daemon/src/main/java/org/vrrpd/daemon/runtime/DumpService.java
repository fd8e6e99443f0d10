package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.vrrpd.daemon.control.DumpSource;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.ConfigurationEvents;
import org.vrrpd.daemon.input.DumpSignals;
import org.vrrpd.daemon.input.SignalNumber;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.output.Log;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.dump.DumpKind;
import org.vrrpd.proto.dump.Dumps;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.narrate.CoreClock;

/**
 * Dumps for signals, as files, and for clients, as text; never on the protocol thread. Clearing the statistics changes
 * the state, so it is an event; what is dumped then is what the core held just before it.
 */
public final class DumpService implements DumpSource, DumpSignals.Handler {

    private static final long VIEW_SECONDS = 10;
    private static final String CLEAR = "clear-statistics";
    /** Of a signal: nobody waits for the answer. */
    private static final long NO_REQUEST = 0;

    private final Supplier<CompletableFuture<CoreView>> views;
    private final ViewRequests protocolThread;
    private final CommandQueue commands;
    private final Executor worker;
    private final Log log;
    private final Map<DumpKind, String> told = new EnumMap<>(DumpKind.class);
    private final ZoneId zone = ZoneId.systemDefault();

    /** @param views how things stand */
    public DumpService(
            Supplier<CompletableFuture<CoreView>> views, ViewRequests protocolThread, CommandQueue commands,
            Executor worker, Log log) {
        this.views = views;
        this.protocolThread = protocolThread;
        this.commands = commands;
        this.worker = worker;
        this.log = log;
    }

    @Override
    public CompletableFuture<String> dump(DumpKind kind) {
        return views.get().thenApplyAsync(view -> text(kind, view), worker);
    }

    @Override
    public CompletableFuture<String> clearStatistics(int uid, int pid) {
        return seenAndCleared(uid, pid).thenApplyAsync(view -> text(DumpKind.STATS, view), worker);
    }

    private CompletableFuture<CoreView> seenAndCleared(int uid, int pid) {
        byte[] clear = ConfigurationEvents.requested(NO_REQUEST, uid, pid, CLEAR, "");
        return protocolThread.askAndThen(() -> commands.submit(EventKind.CONTROL_REQUESTED, clear));
    }

    private String text(DumpKind kind, CoreView view) {
        StringWriter text = new StringWriter();
        try {
            write(kind, view, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has none
        }
        return text.toString();
    }

    private void write(DumpKind kind, CoreView view, Writer out) throws IOException {
        Clocks clocks = new Clocks();
        CoreClock clock = new CoreClock(clocks.realtimeNanos() - clocks.monotonicNanos());
        Dumps.write(kind, view, clock, zone, out);
    }

    /** On the thread that reads the signals, which may wait. */
    @Override
    public void received(SignalNumber signal, DumpSignals.Sender sender) {
        DumpKind kind = switch (signal) {
            case DATA -> DumpKind.DATA;
            case JSON -> DumpKind.JSON;
            default -> DumpKind.STATS;
        };
        boolean clear = signal == SignalNumber.STATS_CLEAR;
        try {
            CompletableFuture<CoreView> seen =
                    clear ? seenAndCleared(sender.userId(), sender.processId()) : views.get();
            CoreView view = seen.get(VIEW_SECONDS, TimeUnit.SECONDS);
            Path file = file(kind, view);
            AtomicFile.write(file, out -> write(kind, view, out));
            tell(kind, LogLevel.INFO, "dumps go to " + file);
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            tell(kind, LogLevel.WARNING, "cannot write " + kind.fileName() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once, not for each of the dumps that an exporter asks for every few seconds. */
    private void tell(DumpKind kind, LogLevel level, String text) {
        if (!text.equals(told.put(kind, text))) {
            log.log(level, text);
        }
    }

    private static Path file(DumpKind kind, CoreView view) {
        String configured = Dumps.configuredFile(kind, view);
        if (!configured.isEmpty()) {
            return Path.of(configured);
        }
        String directory = System.getenv("TMPDIR");
        boolean usable = directory != null && !directory.isEmpty() && Files.isDirectory(Path.of(directory));
        return Path.of(usable ? directory : "/tmp", kind.fileName());
    }
}
