package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.vrrpd.daemon.control.CommandSink;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.ConfigurationEvents;
import org.vrrpd.daemon.input.ConfigurationSource;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/**
 * Reads the configuration again when a client or a signal asks for it, on the worker thread, so that reloads never mix.
 * A configuration with an error changes nothing.
 */
public final class Reloader implements CommandSink {

    private static final long APPLY_SECONDS = 10;
    private static final String RELOAD = "reload";

    private final ConfigurationSource source;
    private final CommandQueue commands;
    private final Executor worker;
    private final Consumer<String> log;
    private final AtomicLong nextRequest = new AtomicLong(1);

    /** @param worker one thread */
    public Reloader(ConfigurationSource source, CommandQueue commands, Executor worker, Consumer<String> log) {
        this.source = source;
        this.commands = commands;
        this.worker = worker;
        this.log = log;
    }

    @Override
    public CompletableFuture<Reply> submit(Command command) {
        if (!command.verb().equals(RELOAD)) {
            return CompletableFuture.completedFuture(
                    new Reply(false, "Expected the command reload, but found " + command.verb()));
        }
        long request = nextRequest.getAndIncrement();
        return CompletableFuture.supplyAsync(() -> {
            commands.submit(EventKind.CONTROL_REQUESTED, requested(request, command));
            return reload(request);
        }, worker);
    }

    /** For SIGHUP, which nobody waits for. */
    public void reloadOnSignal() {
        worker.execute(() -> reload(0));
    }

    private Reply reload(long request) {
        try {
            ConfigurationSource.Loaded loaded = source.load();
            loaded.problems().forEach(log);
            String problems = String.join("\n", loaded.problems());
            if (loaded.refused()) {
                await(ConfigurationEvents.refused(commands, request, problems));
                return new Reply(false, problems);
            }
            await(ConfigurationEvents.loaded(commands, loaded.canonicalText()));
            return new Reply(true, problems.isEmpty() ? "configuration reloaded" : problems);
        } catch (Exception e) {
            log.accept("reload: " + e + Failures.place(e));
            return new Reply(false, "reload failed: " + e);
        }
    }

    private static void await(CompletableFuture<Void> applied) throws Exception {
        applied.get(APPLY_SECONDS, TimeUnit.SECONDS);
    }

    private static byte[] requested(long request, Command command) {
        ByteBuffer payload = ByteBuffer.allocate(32 + command.verb().length() + 0xFFFF);
        int length = Payloads.writeControlRequested(
                payload, 0, request, command.uid(), command.pid(), command.verb(), command.argument());
        byte[] bytes = new byte[length];
        payload.get(0, bytes);
        return bytes;
    }
}
