package org.vrrpd.daemon.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.vrrpd.daemon.control.CommandSink;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.ConfigurationEvents;
import org.vrrpd.daemon.input.ConfigurationSource;
import org.vrrpd.daemon.output.Log;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.ReloadPlan;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.narrate.LogLines;

/**
 * Reads the configuration again when a client or a signal asks for it, on the worker thread, so that reloads never mix.
 * A configuration with an error changes nothing.
 */
public final class Reloader implements CommandSink {

    private final ConfigurationSource source;
    private final CommandQueue commands;
    private final Supplier<CompletableFuture<CoreView>> views;
    private final Executor worker;
    private final PendingReplies replies;
    private final Log log;
    private volatile Runnable began = () -> { };
    private volatile Runnable ended = () -> { };

    /**
     * @param views how things stand, told by the protocol thread
     * @param worker one thread
     */
    public Reloader(
            ConfigurationSource source, CommandQueue commands, Supplier<CompletableFuture<CoreView>> views,
            Executor worker, PendingReplies replies, Log log) {
        this.source = source;
        this.commands = commands;
        this.views = views;
        this.worker = worker;
        this.replies = replies;
        this.log = log;
    }

    /** Told on the worker thread of each reload: when it begins, and when the core has taken or refused it. */
    public void tell(Runnable whenItBegins, Runnable whenItEnds) {
        began = whenItBegins;
        ended = whenItEnds;
    }

    @Override
    public CompletableFuture<Reply> submit(Command command) {
        if (command.verb().equals(ControlProtocol.PLAN)) {
            return CompletableFuture.supplyAsync(this::plan, worker);
        }
        PendingReplies.Request request = replies.begin();
        worker.execute(() -> {
            commands.submit(EventKind.CONTROL_REQUESTED, ConfigurationEvents.requested(
                    request.id(), command.uid(), command.pid(), command.verb(), command.argument()));
            reload(request.id());
        });
        return request.reply();
    }

    /** For SIGHUP, which nobody waits for. */
    public void reloadOnSignal() {
        worker.execute(() -> reload(0));
    }

    /** What a reload would do now; nothing is changed by asking. */
    private Reply plan() {
        ConfigurationSource.Loaded loaded = source.load();
        if (loaded.refused()) {
            return new Reply(false, String.join("\n", loaded.problemLines()));
        }
        CoreView view = views.get().orTimeout(PendingReplies.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        Map<String, RouterState> states = new TreeMap<>();
        view.instances().forEach(instance -> states.put(instance.name(), instance.state()));
        List<String> lines = new ArrayList<>(loaded.problemLines());
        lines.addAll(ReloadPlan.lines(
                view.configuration(),
                parse(loaded),
                states::get));
        return new Reply(true, String.join("\n", lines));
    }

    private static Configuration parse(ConfigurationSource.Loaded loaded) {
        return ConfigurationParser.parseCanonical(new String(loaded.canonicalText(), StandardCharsets.UTF_8));
    }

    private void reload(long request) {
        began.run();
        try {
            read(request).get(PendingReplies.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.error("reload: the protocol thread has not taken it within "
                    + PendingReplies.PATIENCE_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.run();
        }
    }

    /** Completes when the core has it. */
    private CompletableFuture<Void> read(long request) {
        try {
            ConfigurationSource.Loaded loaded = source.load();
            if (loaded.refused()) { // the core says why, in the log too
                return ConfigurationEvents.refused(commands, request, String.join("\n", loaded.problemLines()));
            }
            loaded.problems().forEach(problem -> log.log(LogLines.level(problem.severity()), problem.toString()));
            parse(loaded); // here, so that the protocol thread need not
            return ConfigurationEvents.loaded(commands, loaded.canonicalText());
        } catch (RuntimeException e) {
            log.error("reload: " + e + Failures.place(e));
            return ConfigurationEvents.refused(commands, request, "reading the configuration failed: " + e);
        }
    }
}
