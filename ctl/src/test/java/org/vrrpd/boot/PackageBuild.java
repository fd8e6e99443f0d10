package org.vrrpd.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Debian packages of the work tree, built as README.Debian says, from copies in a temporary directory that is gone when
 * the tests end. The jars come from the Maven repository that this build uses.
 */
final class PackageBuild {

    private static final Set<String> NOT_COPIED = Set.of(".git", "target", ".debhelper");
    private static final int MINUTES = 5;

    private static final Map<String, Path> BUILT = new HashMap<>();
    private static PackageBuild first;

    private final Path tree;
    private final String umask;
    private final Map<String, String> environment;
    private boolean compiled;

    private PackageBuild(Path tree, String umask, Map<String, String> environment) {
        this.tree = tree;
        this.umask = umask;
        this.environment = environment;
        copy(root(), tree);
    }

    /** The work tree under test. */
    static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }

    /** The version that debian/changelog names. */
    static String version() {
        String line = read(root().resolve("debian/changelog")).lines().findFirst().orElseThrow();
        return line.substring(line.indexOf('(') + 1, line.indexOf(')'));
    }

    /**
     * The package of the work tree under this version: built when it is first asked for, once in a JVM. Versions
     * differ in nothing but the number.
     */
    static synchronized Path deb(String version) {
        return BUILT.computeIfAbsent(version, number -> {
            if (first == null) {
                first = new PackageBuild(Scratch.DIRECTORY.resolve("one/vrrpd"), "022", Map.of("TZ", "UTC"));
            }
            return first.build(number);
        });
    }

    /** The same package once more, from the sources: elsewhere, with another umask, language and time zone. */
    static Path debBuiltElsewhere(String version) {
        Path elsewhere = Scratch.DIRECTORY.resolve("another place/deeper/source");
        return new PackageBuild(elsewhere, "002", Map.of("LC_ALL", "C", "TZ", "Pacific/Kiritimati")).build(version);
    }

    /** What a command says, standard output and error together; it must end with this status. */
    static String say(int status, String... command) {
        return say(status, root(), Map.of(), List.of(command));
    }

    private Path build(String version) {
        Path changelog = tree.resolve("debian/changelog");
        write(changelog, read(changelog).replaceFirst("\\(.*\\)", "(" + version + ")"));
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "umask $0; exec dpkg-buildpackage -us -uc -b \"$@\"", umask));
        if (compiled) {
            // what Maven made is there; only the package is put together again
            command.add("-nc");
        }
        say(0, tree, environment, command);
        compiled = true;
        String architecture = say(0, "dpkg", "--print-architecture").strip();
        return tree.resolveSibling("vrrpd_" + version + "_" + architecture + ".deb");
    }

    /** Nothing of the surrounding test may reach the build: MAVEN_OPTS, JAVA_TOOL_OPTIONS, MAKEFLAGS. */
    private static String say(int status, Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(Scratch.DIRECTORY, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                    .redirectErrorStream(true).redirectOutput(output.toFile());
            Map<String, String> variables = builder.environment();
            variables.keySet().retainAll(Set.of("PATH", "HOME"));
            variables.put("JAVA_HOME", System.getProperty("java.home"));
            variables.put("LC_ALL", "C.UTF-8");
            variables.put("VRRPD_MAVEN_REPOSITORY", mavenRepository().toString());
            variables.put("VRRPD_COMMIT", Commit.OF_TREE);
            variables.putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError("Expected " + command + " to end in " + MINUTES + " min, but it runs: "
                        + read(output));
            }
            String said = read(output);
            if (process.exitValue() != status) {
                throw new AssertionError("Expected exit status " + status + " of " + command + ", but found "
                        + process.exitValue() + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + command, e);
        }
    }

    /** The repository of the Maven that runs this test, as its plugin tells it. */
    private static Path mavenRepository() {
        String named = System.getProperty("localRepository", System.getProperty("maven.repo.local"));
        return named != null ? Path.of(named) : Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    /** Gone when the tests end. Not behind the lock of this class: two builds may run side by side. */
    private static final class Scratch {

        static final Path DIRECTORY = make();

        private static Path make() {
            try {
                Path directory = Files.createTempDirectory("vrrpd-package");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The copies have no checkout that the build could ask. */
    private static final class Commit {

        static final String OF_TREE = ofTree();

        private static String ofTree() {
            try {
                Process git = new ProcessBuilder("git", "describe", "--always", "--exclude=*", "--abbrev=7", "--dirty")
                        .directory(root().toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
                String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                return said.isEmpty() ? "unknown" : said;
            } catch (IOException e) {
                return "unknown";
            }
        }
    }

    private static void copy(Path from, Path to) {
        // what an earlier build in the tree left there
        Path staged = from.resolve("debian/vrrpd");
        walk(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_COPIED.contains(directory.getFileName().toString()) || directory.equals(staged)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                // a worktree of git has a file of that name
                if (!NOT_COPIED.contains(file.getFileName().toString())) {
                    Files.copy(file, to.resolve(from.relativize(file)), java.nio.file.LinkOption.NOFOLLOW_LINKS,
                            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path directory) {
        walk(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void walk(Path directory, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(directory, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
