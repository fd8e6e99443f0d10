package org.vrrpd.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vrrpd.system.Await;
import org.vrrpd.system.Lab;
import org.vrrpd.system.LogLines;
import org.vrrpd.system.Namespace;
import org.vrrpd.system.Shell;
import org.vrrpd.system.Times;

/**
 * A machine in a lab: a Debian whose systemd is its first process and whose interfaces are those of one of the lab's
 * routers. What is written to its disk stays from boot to boot, and ends with the lab.
 */
final class Machine implements AutoCloseable {

    private static final Duration BOOT = Times.seconds(30);
    private static final Duration END = Times.seconds(40);
    private static final List<String> ENVIRONMENT = List.of("env", "-i", "LANG=C.UTF-8", "TERM=dumb",
            "DEBIAN_FRONTEND=noninteractive", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    private final Namespace namespace;
    private final String hostname;
    private final Path directory;
    private final Process holder;
    private final LogLines words = new LogLines();
    private final Path console;
    private long nspawn;
    private long leader;

    /** @param layers the directories its disk begins with, upmost first; it writes to none of them */
    Machine(Lab lab, int router, String hostname, List<Path> layers) {
        this.namespace = lab.router(router);
        this.hostname = hostname;
        directory = Lab.makeDirectory(lab.directory().resolve(hostname));
        console = lab.directory().resolve(hostname + "-console.log");
        List<String> command = List.of("unshare", "--mount", DebianRoot.script("machine.sh").toString(),
                directory.toString(), lab.name() + "-" + hostname, namespace.name(), hostname,
                layers.stream().map(Path::toString).collect(Collectors.joining(":")));
        try {
            holder = new ProcessBuilder(command).redirectError(console.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.follow(holder.getInputStream(), hostname);
        lab.with(this);
        awaitWord("ready", 0, Times.seconds(10));
    }

    /** A file of its disk, whether it runs or not. */
    Path file(String path) {
        return Path.of("/proc/" + holder.pid() + "/root" + directory.resolve("root") + path);
    }

    String read(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine write(String path, String text) {
        try {
            Files.createDirectories(file(path).getParent());
            Files.writeString(file(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Puts a copy of a file on its disk. */
    Machine copy(Path from, String to) {
        try {
            Files.createDirectories(file(to).getParent());
            Files.copy(from, file(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    boolean has(String path) {
        return Files.exists(file(path), java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }

    Namespace namespace() {
        return namespace;
    }

    /** Starts the first process and returns as soon as commands can run, long before all services have started. */
    Machine boot() {
        long since = Await.now();
        say("boot");
        String word = awaitWord("nspawn ", since, Times.seconds(10));
        nspawn = Long.parseLong(word.substring("nspawn ".length()));
        leader = Await.value(() -> "a first process of " + hostname + ": " + console(), BOOT, this::firstProcess);
        return this;
    }

    /** The child that is process 1 in a namespace of its own. Before that it is still being made. */
    private Optional<Long> firstProcess() {
        try {
            String children = Files.readString(Path.of("/proc/" + nspawn + "/task/" + nspawn + "/children"));
            for (String child : children.split(" ")) {
                if (!child.isBlank() && isFirstSystemd(child)) {
                    return Optional.of(Long.parseLong(child));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isFirstSystemd(String pid) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        return status.matches("(?s)Name:\\s+systemd\n.*NSpid:\\s+\\d+\\s+1\n.*");
    }

    /** Until every service that the boot starts has started, or failed. */
    Machine awaitBooted() {
        Await.until("the end of the boot of " + hostname, BOOT, () -> {
            String state = sh("systemctl is-system-running").output();
            return state.equals("running") || state.equals("degraded");
        });
        return this;
    }

    /** Runs a command inside, to its end. */
    Shell.Result run(List<String> command) {
        return Shell.run(inside(command));
    }

    private List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--all", "--target", Long.toString(leader)));
        whole.addAll(ENVIRONMENT);
        whole.addAll(command);
        return whole;
    }

    Shell.Result sh(String command) {
        return run(List.of("sh", "-c", command));
    }

    /** The output of a command that succeeds. */
    String must(String command) {
        return sh(command).orFail().output();
    }

    /** Repeats a command until its output is as wished. */
    String await(String command, Duration limit, Predicate<String> wished) {
        String[] last = {""};
        String where = hostname + ": " + command;
        return Await.value(() -> where + " to say otherwise than: " + last[0], limit, () -> {
            last[0] = sh(command).output();
            return Optional.of(last[0]).filter(wished);
        });
    }

    String awaitState(String unit, String state, Duration limit) {
        return await("systemctl show -P ActiveState " + unit, limit, state::equals);
    }

    /** The log of a unit in this boot, with microseconds. */
    String log(String unit) {
        return must("journalctl -b --no-pager -q -o short-iso-precise -u " + unit);
    }

    boolean alive() {
        return nspawn != 0;
    }

    /** As an operator would, and waits until it is off. */
    void poweroff() {
        long since = Await.now();
        run(List.of("systemctl", "poweroff"));
        awaitWord("ended ", since, END);
        nspawn = 0;
    }

    /** Copies what differs from its layers, as another layer for other machines. It must be off. */
    Path save(Path to) {
        long since = Await.now();
        say("save " + to);
        String word = awaitWord("saved ", since, Times.seconds(60));
        if (!word.equals("saved 0")) {
            throw new AssertionError("Expected a copy of the disk of " + hostname + ", but found: " + console());
        }
        return to;
    }

    private void say(String word) {
        try {
            holder.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
            holder.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the holder of " + hostname + " is gone: " + console(), e);
        }
    }

    private String awaitWord(String word, long since, Duration limit) {
        return Await.value(() -> "'" + word + "' of the holder of " + hostname + ": " + console(), limit,
                () -> words.since(since, text -> text.startsWith(word)).map(LogLines.Line::text).findFirst());
    }

    private String console() {
        try (Stream<String> lines = Files.lines(console, StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Whatever happened to it: its processes, its mounts and its control groups are gone afterwards. */
    @Override
    public void close() throws IOException {
        try {
            if (alive()) {
                Files.writeString(directory.resolveSibling(hostname + "-journal.log"),
                        sh("journalctl --no-pager -q -o short-precise").output());
                poweroff();
            }
        } catch (AssertionError | RuntimeException e) {
            System.out.println(hostname + " did not end by itself: " + e.getMessage());
        } finally {
            abandon();
        }
    }

    /** As when the power is cut. */
    void abandon() throws IOException {
        holder.getOutputStream().close();
        try {
            if (!holder.waitFor(20, TimeUnit.SECONDS)) {
                holder.destroyForcibly();
                throw new AssertionError("Expected the holder of " + hostname + " to end, but it runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ending " + hostname, e);
        }
        nspawn = 0;
    }

    @Override
    public String toString() {
        return hostname;
    }
}
