package org.vrrpd.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vrrpd.proto.effect.RouterState;

/** A VRRP daemon in a namespace, ours or another: what it logs and the signals it gets. */
public abstract class Daemon {

    private static final Pattern STATE = Pattern.compile("\\((\\S+?)\\)[: ]+[Ee]ntering (\\w+) (?:STATE|state)");

    /** A line of the log that says that an instance changed its state. */
    public record Transition(long time, String instance, RouterState state) {}

    private final Namespace namespace;
    private final Path directory;
    private final LogLines log = new LogLines();
    private Process process;
    private long startedAt;

    Daemon(Namespace namespace, Path directory) {
        this.namespace = namespace;
        this.directory = directory;
    }

    abstract List<String> command();

    Map<String, String> environment() {
        return Map.of();
    }

    public void start() {
        ProcessBuilder builder = new ProcessBuilder(namespace.inside(command())).redirectErrorStream(true);
        builder.redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment());
        builder.directory(directory.toFile());
        startedAt = Await.now();
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log.follow(process.getInputStream(), namespace.name());
    }

    Namespace namespace() {
        return namespace;
    }

    Path directory() {
        return directory;
    }

    public LogLines log() {
        return log;
    }

    /** When the running process was started, which is when {@code ip netns exec} was. */
    long startedAt() {
        return startedAt;
    }

    public boolean alive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The log's state changes of an instance since a time. */
    public List<Transition> transitions(String instance, long since) {
        return log.since(since, text -> text.contains("(" + instance + ")"))
                .map(Daemon::transition).flatMap(Optional::stream).toList();
    }

    /** Of all instances. */
    public List<Transition> transitions(long since) {
        return log.since(since, text -> true).map(Daemon::transition).flatMap(Optional::stream).toList();
    }

    private static Optional<Transition> transition(LogLines.Line line) {
        Matcher matcher = STATE.matcher(line.text());
        return matcher.find()
                ? Optional.of(new Transition(line.time(), matcher.group(1),
                        RouterState.valueOf(matcher.group(2).toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    /** Waits until the log says that the instance entered the state, at or after a time. */
    public Transition awaitState(String instance, RouterState state, Duration limit, long since) {
        return Await.value(() -> instance + " of " + namespace.name() + " in " + state + " (log: " + log.tail(8) + ")",
                limit, () -> transitions(instance, since).stream().filter(t -> t.state() == state).findFirst());
    }

    public Transition awaitState(String instance, RouterState state, Duration limit) {
        return awaitState(instance, state, limit, startedAt);
    }

    public void awaitLog(String part, Duration limit, long since) {
        Await.until("a line with '" + part + "' of " + namespace.name(), limit,
                () -> log.since(since, text -> text.contains(part)).findAny().isPresent());
    }

    void signal(String name) {
        Shell.must("kill", "-" + name, Long.toString(pid()));
    }

    /** Ends the daemon as a service manager would, and returns its exit status. */
    public int stop() {
        signal("CONT");
        signal("TERM");
        return awaitEnd(Duration.ofSeconds(10));
    }

    public void kill() {
        signal("KILL");
        awaitEnd(Duration.ofSeconds(10));
    }

    int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Expected " + namespace.name() + " to end within " + limit.toMillis()
                        + " ms, but it runs: " + log.tail(8));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + namespace.name(), e);
        }
    }

    /** Its part of the memory that it shares with others, in KiB. */
    long proportionalKiB() {
        return Long.parseLong(Shell.must(
                "sed", "-n", "s/^Pss:[^0-9]*\\([0-9]*\\) kB/\\1/p", "/proc/" + pid() + "/smaps_rollup"));
    }

    /** Resident memory in KiB. */
    long residentKiB() {
        return residentKiB(Long.toString(pid()));
    }

    static long residentKiB(String pid) {
        String size = Shell.must("sed", "-n", "s/^VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p", "/proc/" + pid + "/status");
        return Long.parseLong(size);
    }
}
