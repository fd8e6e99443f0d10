package org.vrrpd.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/** vrrpd, the program under test. Its journal is on disk, its control socket and ring on tmpfs. */
public final class Router extends Daemon {

    private final Path control;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private Path programs;
    private Path journal;
    private boolean expectedAlive;

    Router(Namespace namespace, Path directory, Path control, Conf configuration) {
        super(namespace, directory);
        this.control = control;
        this.journal = directory.resolve("journal");
        write(configuration);
    }

    /** JVM options beside those of the launcher. */
    Router javaOptions(String options) {
        environment.put("VRRPD_JAVA_OPTS", options);
        return this;
    }

    Router environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** On the daemon's command line, behind those that every test needs. */
    Router options(String... words) {
        options.addAll(List.of(words));
        return this;
    }

    Path control() {
        return control;
    }

    /** The directory of both launchers, when it is not the build's own. */
    Router programsIn(Path directory) {
        programs = directory;
        return this;
    }

    Router journalAt(Path path) {
        journal = path;
        return this;
    }

    void write(Conf configuration) {
        try {
            Files.writeString(configurationFile(), configuration.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path configurationFile() {
        return directory().resolve("vrrpd.conf");
    }

    /** Beside the control socket, where it is by default. */
    Path pidFile() {
        return control.resolveSibling("vrrpd.pid");
    }

    Path journal() {
        return journal;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(program("vrrpd", Programs.vrrpd()), "-f",
                configurationFile().toString(), "--control", control.toString(), "--journal", journal.toString()));
        command.addAll(options);
        return command;
    }

    @Override
    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void start() {
        super.start();
        expectedAlive = true;
    }

    @Override
    public int stop() {
        expectedAlive = false;
        return super.stop();
    }

    @Override
    public void kill() {
        expectedAlive = false;
        super.kill();
    }

    private String program(String name, Path built) {
        return (programs == null ? built : programs.resolve(name)).toString();
    }

    /** Started, and neither stopped nor killed by the test. */
    boolean expectedAlive() {
        return expectedAlive;
    }

    /** Empty while nobody answers. */
    public Optional<Status> status() {
        try {
            JsonNode answer = ControlClient.call(control, "status");
            return Optional.of(new Status(answer));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public Status awaitStatus(String what, Duration limit, Predicate<Status> condition) {
        return Await.value(() -> what + " in the status (" + status().map(Status::toString).orElse("no answer")
                + "; log: " + log().tail(8) + ")", limit, () -> status().filter(condition));
    }

    /** Waits until the instance is in FAULT for this reason, by its words, and says what will clear it. */
    void awaitFault(String instance, FaultReason reason, String... words) {
        awaitStatus(instance + " with " + reason + " " + List.of(words), Duration.ofSeconds(15), status ->
                (!reason.blocking() || status.state(instance) == RouterState.FAULT)
                        && status.hasFault(instance, reason, words));
    }

    public void awaitMaster(String instance) {
        awaitStatus(instance + " MASTER with its addresses", Duration.ofSeconds(30), status ->
                status.state(instance) == RouterState.MASTER && status.allInstalled(instance));
    }

    /** Master, with its addresses in place, one Master_Down_Interval after the last thing it needed, at the latest. */
    void awaitMasterInTime(String instance, Duration masterDown, long lastFact) {
        Duration limit = masterDown.plus(Times.TOLERANCE);
        long master = awaitState(instance, RouterState.MASTER, Times.seconds(10), lastFact - 100_000_000L).time();
        if (master - lastFact > limit.toNanos()) {
            throw new AssertionError("Expected " + instance + " MASTER " + limit.toMillis() + " ms after the last fact,"
                    + " but found " + Await.millis(master - lastFact) + " ms");
        }
        awaitMaster(instance);
    }

    /**
     * Gives a daemon that was started a moment ago the time to open its journal: told to stop before, it leaves its
     * records in the ring for the next start, and there is nothing yet to replay. One that has none is found out then.
     */
    void awaitJournal() {
        signal("CONT");
        Await.within(Duration.ofSeconds(20), () -> status().filter(status -> status.journalState().equals("writing")));
    }

    /** Runs vrrpctl against this daemon. */
    public Shell.Result ctl(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(program("vrrpctl", Programs.vrrpctl()), "--control", control.toString()));
        Stream.of(arguments).forEach(command::add);
        return Shell.run(command);
    }
}
