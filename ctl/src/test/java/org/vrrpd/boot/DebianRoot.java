package org.vrrpd.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vrrpd.system.Programs;

/** The Debian that all machines boot, made once and kept outside the tree; nobody ever writes to it. */
final class DebianRoot {

    private static final Path CACHE = Path.of(System.getProperty("vrrpd.root.cache", "/var/cache/vrrpd-tests"));
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final List<String> NEEDED = List.of("systemd-nspawn", "unshare", "nsenter");

    private static DebianRoot found;

    private final Path path;
    private final String problem;

    private DebianRoot(Path path, String problem) {
        this.path = path;
        this.problem = problem;
    }

    /** Made with the first call, which then takes about a minute. */
    static synchronized DebianRoot get() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    Path path() {
        if (problem != null) {
            throw new IllegalStateException("Expected a Debian to boot, but found none: " + problem);
        }
        return path;
    }

    /** Why nothing can be booted here; null when it can. */
    String problem() {
        return problem;
    }

    static Path script(String name) {
        return Programs.repository().resolve("ctl/src/test/boot").resolve(name);
    }

    private static DebianRoot find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new DebianRoot(null, "not root");
        }
        for (String program : NEEDED) {
            if (!Files.isExecutable(Path.of("/usr/bin", program))) {
                return new DebianRoot(null, "no " + program + " (apt-get install systemd-container util-linux)");
            }
        }
        List<String> making = run(List.of(script("make-root.sh").toString(), CACHE.toString()));
        if (!making.get(0).equals("0")) {
            return new DebianRoot(null, "no root could be made: "
                    + String.join(" / ", making.subList(1, making.size())));
        }
        Path root = Path.of(making.get(1));
        List<String> probe = run(List.of("unshare", "--mount", script("machine.sh").toString(), "--probe",
                root.toString()));
        return probe.get(0).equals("0") ? new DebianRoot(root, null)
                : new DebianRoot(null, "systemd-nspawn does not work here: "
                        + String.join(" / ", probe.subList(1, probe.size())));
    }

    /** The exit status, then the lines of its output. */
    private static List<String> run(List<String> command) {
        List<String> lines = new ArrayList<>();
        try {
            Path output = Files.createTempFile("boot", ".txt");
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile()).start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                lines.add("not within " + LIMIT.toSeconds() + " s");
            }
            lines.add(0, Integer.toString(process.waitFor()));
            lines.addAll(Files.readAllLines(output));
            Files.delete(output);
        } catch (IOException e) {
            return List.of("-1", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("-1", "interrupted");
        }
        return lines;
    }
}
