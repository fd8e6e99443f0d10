package org.vrrpd.daemon.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.vrrpd.daemon.control.CommandSink.Command;
import org.vrrpd.daemon.control.CommandSink.Reply;
import org.vrrpd.daemon.control.Access.Role;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.control.History;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.JsonRpc.Request;
import org.vrrpd.proto.control.RpcException;
import org.vrrpd.proto.control.StatusJson;
import org.vrrpd.proto.dump.DumpKind;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.narrate.Narrator;

/**
 * The methods of the control socket, and who may call them: whoever can open the socket may look; only root and the
 * admins may change something or have the daemon read a file.
 */
final class ControlMethods {

    private static final int MOST_LINES = ControlProtocol.MAX_LINES;
    private static final int DEFAULT_LINES = ControlProtocol.DEFAULT_LINES;
    private static final long ANSWER_SECONDS = 10;

    private final StatusSource status;
    private final CommandSink commands;
    private final EventSource events;
    private final DumpSource dumps;
    private final String build;
    private final Access access;
    private final RefusalLog refusals;
    private final ControlLimits.Memory limits;
    private final ExecutorService readers;
    private final ExecutorService admins;
    private final ZoneId zone = ZoneId.systemDefault();
    private final StatusJson statusJson = new StatusJson(zone);

    /**
     * What is asked, and who answers.
     *
     * @param build of the daemon
     */
    record Sources(
            StatusSource status, CommandSink commands, EventSource events, DumpSource dumps, String build) {}

    /**
     * @param readers read the journal for those who may only look
     * @param admins the same for the others, who must not wait for them
     */
    ControlMethods(
            Sources sources, Access access, RefusalLog refusals, ControlLimits.Memory limits, ExecutorService readers,
            ExecutorService admins) {
        this.status = sources.status();
        this.commands = sources.commands();
        this.events = sources.events();
        this.dumps = sources.dumps();
        this.build = sources.build();
        this.access = access;
        this.refusals = refusals;
        this.limits = limits;
        this.readers = readers;
        this.admins = admins;
    }

    /** Returns at once; throws what the caller did wrong. */
    CompletableFuture<JsonNode> call(Request request, Caller caller, ControlConnection connection, Channel channel)
            throws RpcException {
        return switch (request.method()) {
            case ControlProtocol.STATUS -> status();
            case ControlProtocol.RELOAD -> reload(request, caller);
            case ControlProtocol.CHECK -> check(request, caller);
            case ControlProtocol.EVENTS -> events(request, caller, connection, channel);
            case ControlProtocol.FAULTS -> faults(request, caller);
            case ControlProtocol.DUMP -> dump(request);
            case ControlProtocol.CLEAR_STATISTICS -> clearStatistics(caller);
            case ControlProtocol.LOG_LEVEL -> logLevel(request, caller);
            case ControlProtocol.VERSION ->
                    CompletableFuture.completedFuture(JsonRpc.object().put("build", build));
            default -> throw new RpcException(ControlProtocol.METHOD_NOT_FOUND,
                    "Expected status, reload, check, events, faults, dump, clear-statistics, log-level or version,"
                            + " but found " + JsonRpc.shortened(request.method()));
        };
    }

    private CompletableFuture<JsonNode> status() {
        return status.status().copy().orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).thenApply(statusJson::write);
    }

    private CompletableFuture<JsonNode> reload(Request request, Caller caller) throws RpcException {
        requireAdmin(caller, "reload");
        String verb = request.flag("dryRun") ? ControlProtocol.PLAN : ControlProtocol.RELOAD;
        CompletableFuture<Void> groups = access.lookUp();
        return commands.submit(new Command(verb, "", caller.uid(), caller.pid()))
                .thenCombine(groups, (reply, done) -> answer(reply));
    }

    private static JsonNode answer(Reply reply) {
        if (!reply.done()) {
            throw new CompletionException(new RpcException(ControlProtocol.REFUSED, reply.text()));
        }
        return JsonRpc.object().put("text", reply.text());
    }

    private CompletableFuture<JsonNode> check(Request request, Caller caller) throws RpcException {
        requireAdmin(caller, "check");
        String path = request.text("path");
        if (path == null || !path.startsWith("/")) {
            throw new RpcException(ControlProtocol.INVALID_PARAMS,
                    "Expected an absolute path, but found " + (path == null ? "none" : JsonRpc.shortened(path)));
        }
        return commands.submit(new Command(ControlProtocol.CHECK, path, caller.uid(), caller.pid()))
                .thenApply(reply -> JsonRpc.object().put("ok", reply.done()).put("text", reply.text()));
    }

    private CompletableFuture<JsonNode> dump(Request request) throws RpcException {
        String word = request.text("what");
        DumpKind kind = word == null ? DumpKind.DATA : DumpKind.ofWord(word);
        if (kind == null) {
            throw new RpcException(ControlProtocol.INVALID_PARAMS,
                    "Expected data, stats or json, but found " + JsonRpc.shortened(word));
        }
        return dumped(dumps.dump(kind));
    }

    private CompletableFuture<JsonNode> clearStatistics(Caller caller) throws RpcException {
        requireAdmin(caller, "clear-statistics");
        return dumped(dumps.clearStatistics(caller.uid(), caller.pid()));
    }

    /** Whoever may look may ask which it is. */
    private CompletableFuture<JsonNode> logLevel(Request request, Caller caller) throws RpcException {
        String level = request.text("level");
        if (level != null) {
            requireAdmin(caller, ControlProtocol.LOG_LEVEL);
            if (LogLevel.ofWord(level) == null) {
                throw new RpcException(ControlProtocol.INVALID_PARAMS,
                        "Expected " + LogLevel.WORDS + ", but found " + JsonRpc.shortened(level));
            }
        }
        return commands.submit(new Command(
                ControlProtocol.LOG_LEVEL, level == null ? "" : level, caller.uid(), caller.pid()))
                .thenApply(ControlMethods::answer);
    }

    private static CompletableFuture<JsonNode> dumped(CompletableFuture<String> text) {
        return text.copy().orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .thenApply(whole -> JsonRpc.object().put("text", whole));
    }

    private CompletableFuture<JsonNode> events(
            Request request, Caller caller, ControlConnection connection, Channel channel) throws RpcException {
        int last = request.number("last", DEFAULT_LINES, MOST_LINES);
        boolean all = request.flag("all");
        Predicate<EventLine> filter = concerning(request.text("instance"));
        ExecutorService workers = workersFor(caller);
        if (!request.flag("follow")) {
            return onWorker(workers,
                    () -> eventsJson(History.lastEvents(events.journalDirectory(), last, all, filter)));
        }
        Follower follower = new Follower(channel, workers, limits, all, filter, zone);
        if (!connection.follow(follower)) {
            throw new RpcException(ControlProtocol.REFUSED, "Expected one follow a connection, but found a second");
        }
        return onWorker(workers, () -> {
            follower.subscribe(events);
            History.Events history = historyOrNone(last, all, filter);
            follower.continueFrom(history.narrator(), history.lastSequence());
            return eventsJson(history);
        });
    }

    /** Without a journal the past is unknown, but what comes can be followed. */
    private History.Events historyOrNone(int last, boolean all, Predicate<EventLine> filter) {
        try {
            return History.lastEvents(events.journalDirectory(), last, all, filter);
        } catch (IOException e) {
            return new History.Events(List.of(), 0, 0, List.of(problem(e)), new Narrator());
        }
    }

    private ObjectNode eventsJson(History.Events history) {
        ObjectNode out = JsonRpc.object();
        ArrayNode lines = out.putArray("events");
        history.lines().forEach(line -> lines.add(line.json(zone)));
        ArrayNode damage = out.put("leftOut", history.leftOut()).putArray("damage");
        history.damage().forEach(damage::add);
        return out;
    }

    private CompletableFuture<JsonNode> faults(Request request, Caller caller) throws RpcException {
        int last = request.number("last", MOST_LINES, MOST_LINES);
        String instance = request.text("instance");
        return onWorker(workersFor(caller), () -> {
            History.Faults found = History.faults(events.journalDirectory(), MOST_LINES, Instant.now());
            ObjectNode out = JsonRpc.object();
            ArrayNode lines = out.putArray("faults");
            found.lines().stream()
                    .filter(line -> instance == null || line.instance().equals(instance))
                    .limit(last)
                    .map((FaultLine line) -> line.json(zone))
                    .forEach(lines::add);
            ArrayNode damage = out.putArray("damage");
            found.damage().forEach(damage::add);
            return out;
        });
    }

    private static Predicate<EventLine> concerning(String instance) {
        return line -> instance == null || line.instance().isEmpty() || line.instance().equals(instance);
    }

    private ExecutorService workersFor(Caller caller) {
        return caller.role() == Role.READER ? readers : admins;
    }

    private static CompletableFuture<JsonNode> onWorker(ExecutorService workers, Callable<JsonNode> task) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return task.call();
            } catch (IOException e) {
                throw new CompletionException(new RpcException(ControlProtocol.REFUSED, problem(e)));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, workers);
    }

    private static String problem(IOException e) {
        return e instanceof NoSuchFileException
                ? "Expected a journal in " + e.getMessage() + ", but found none"
                : "cannot read the journal: " + e.getMessage();
    }

    private void requireAdmin(Caller caller, String verb) throws RpcException {
        if (caller.role() == Role.READER) {
            refusals.refused(caller.peer(), verb, "it " + access.needs());
            String needs = access.needs();
            String hint = access.hint();
            throw new RpcException(ControlProtocol.NOT_PERMITTED,
                    "you are uid " + caller.peer().uidText() + ": " + verb + " " + needs + "; " + hint,
                    JsonRpc.object().put("uid", Integer.toUnsignedLong(caller.uid())).put("pid", caller.pid())
                            .put("verb", verb).put("needs", needs).put("hint", hint));
        }
    }
}
