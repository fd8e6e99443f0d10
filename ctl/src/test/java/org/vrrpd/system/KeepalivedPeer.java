package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's keepalived, with pid files of its own so that several run side by side. */
public final class KeepalivedPeer extends Daemon {

    private static final String PROGRAM = "/usr/sbin/keepalived";

    KeepalivedPeer(Namespace namespace, Path directory, Conf configuration) {
        super(namespace, directory);
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            throw new AssertionError("Expected keepalived at " + PROGRAM + " (apt-get install keepalived)");
        }
        write(configuration);
    }

    void write(Conf configuration) {
        try {
            Files.writeString(directory().resolve("keepalived.conf"), configuration.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a kill -9 its pid files may name a process that nobody has reaped yet, and it would refuse to start. */
    @Override
    public void start() {
        try {
            Files.deleteIfExists(directory().resolve("parent.pid"));
            Files.deleteIfExists(directory().resolve("vrrp.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        super.start();
    }

    @Override
    List<String> command() {
        String run = directory().toString();
        return List.of(PROGRAM, "-n", "-l", "-D", "-G", "-P", "-f", run + "/keepalived.conf",
                "-p", run + "/parent.pid", "-r", run + "/vrrp.pid");
    }

    /** Its dumps go where its other files are. */
    @Override
    Map<String, String> environment() {
        return Map.of("TMPDIR", directory().toString());
    }

    /** Parent and child at once: the child would say goodbye if it saw its parent die. */
    @Override
    public void kill() {
        String[] command = Stream.concat(Stream.of("kill", "-KILL"),
                Stream.concat(children().stream(), Stream.of(Long.toString(pid())))).toArray(String[]::new);
        Shell.must(command);
        awaitEnd(Times.seconds(10));
    }

    @Override
    long residentKiB() {
        return super.residentKiB() + children().stream().mapToLong(Daemon::residentKiB).sum();
    }

    private List<String> children() {
        String text = Shell.must("cat", "/proc/" + pid() + "/task/" + pid() + "/children");
        return Stream.of(text.split("\\s+")).filter(pid -> !pid.isEmpty()).toList();
    }
}
