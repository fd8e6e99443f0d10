package org.vrrpd.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The class-data archives that the installation makes, laid out as the package does it: they are used, and whatever
 * becomes of them, both programs start without a word. On each Java of this machine that can run them.
 */
class ArchiveIT {

    private static final List<String> PROGRAMS = List.of("vrrpd", "vrrpctl");
    private static final int FIRST_JAVA = 17;
    private static final String CONFIGURATION = """
            vrrp_instance gw {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress { 192.0.2.10 }
            }
            """;

    @TempDir
    Path directory;

    private record Result(int exit, String out, String err) {}

    /** Makes a bad archive out of a good one. */
    private interface Damage {
        void to(Path archive) throws IOException;
    }

    @ParameterizedTest
    @MethodSource("javas")
    void areMadeOnInstallationAndUsedUntilTheyDoNotFit(Path java) throws Exception {
        Path home = install();
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Result made = makeArchives(home, cache, Map.of("JAVA_HOME", java.toString()));
        assertEquals("vrrpd: wrote class-data archives to " + cache + ", from a trial run\n", made.out());
        assertEquals(List.of("vrrpctl.jsa", "vrrpd.jsa"), names(cache));
        for (String program : PROGRAMS) {
            Path archive = cache.resolve(program + ".jsa");
            assertTrue(Files.getPosixFilePermissions(archive).contains(PosixFilePermission.OTHERS_READ));
            assertTrue(isUsed(java, home, program, archive), () -> program + " does not start from its archive");
            Path bad = directory.resolve("bad.jsa");
            for (Map.Entry<String, Damage> damage : damages(archive).entrySet()) {
                Files.copy(archive, bad, StandardCopyOption.REPLACE_EXISTING);
                damage.getValue().to(bad);
                assertSilent(start(java, home, program, bad), program + ", " + damage.getKey());
            }
        }
        for (Path other : javas().toList()) {
            for (String program : PROGRAMS) {
                assertSilent(start(other, home, program, cache.resolve(program + ".jsa")), "another Java");
            }
        }
        for (String program : PROGRAMS) {
            Path archive = cache.resolve(program + ".jsa");
            Files.setLastModifiedTime(home.resolve("lib/" + program + ".jar"), FileTime.from(Instant.now()));
            assertFalse(isUsed(java, home, program, archive), () -> program + " uses an archive of other jars");
            assertSilent(start(java, home, program, archive), program + ", other jars");
        }
    }

    @Test
    void needNoNamespaceOfTheirOwn() throws Exception {
        Path home = install();
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Path refusing = Files.writeString(Files.createDirectory(directory.resolve("bin")).resolve("unshare"),
                "#!/bin/sh\nexit 1\n");
        run(Map.of(), "chmod", "755", refusing.toString());
        Map<String, String> environment = Map.of("PATH", refusing.getParent() + ":" + System.getenv("PATH"));
        Result made = makeArchives(home, cache, environment);
        assertTrue(made.out().contains("since no trial run was permitted"), made::toString);
        Path java = Path.of(System.getProperty("java.home"));
        for (String program : PROGRAMS) {
            start(java, home, program, cache.resolve(program + ".jsa"));
        }
        assertEquals(List.of("vrrpctl.jsa", "vrrpd.jsa"), names(cache));
    }

    @Test
    void neverFailTheInstallation() throws Exception {
        Path home = install();
        Result readOnly = makeArchives(home, Path.of("/proc/vrrpd"), Map.of());
        assertTrue(readOnly.out().contains("/proc/vrrpd cannot be written to"), readOnly::toString);
        Path cache = Files.createDirectory(directory.resolve("cache"));
        Path stale = Files.writeString(cache.resolve("vrrpd.jsa"), "of a Java that is gone");
        Result noJava = makeArchives(home, cache, Map.of("JAVA_HOME", directory.toString()));
        assertTrue(noJava.out().contains("is a Java 17 or newer installed?"), noJava::toString);
        assertFalse(Files.exists(stale));
        Result noTemporary = makeArchives(home, cache, Map.of("TMPDIR", "/proc"));
        assertTrue(noTemporary.out().contains("no place for temporary files"), noTemporary::toString);
    }

    /** What can become of a file. Java 17 crashes on a truncated one that the launcher gives to it. */
    private static Map<String, Damage> damages(Path archive) throws IOException {
        long size = Files.size(archive);
        Map<String, Damage> damages = new HashMap<>();
        damages.put("empty", bad -> truncate(bad, 0));
        damages.put("a part of the header", bad -> truncate(bad, 100));
        damages.put("the header alone", bad -> truncate(bad, 4096));
        damages.put("half", bad -> truncate(bad, size / 2));
        damages.put("without the last page", bad -> truncate(bad, size - 8192));
        damages.put("without the last byte", bad -> truncate(bad, size - 1));
        damages.put("random bytes", bad -> {
            byte[] bytes = new byte[1 << 20];
            new Random(1).nextBytes(bytes);
            Files.write(bad, bytes);
        });
        damages.put("missing", Files::delete);
        damages.put("a directory", bad -> {
            Files.delete(bad);
            Files.createDirectory(bad);
        });
        return damages;
    }

    private static void truncate(Path file, long length) throws IOException {
        Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    /** The Java of this run, and what is installed beside it. */
    static Stream<Path> javas() throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        homes.add(Path.of(System.getProperty("java.home")).toRealPath());
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> entries = Files.list(installed)) {
                for (Path home : entries.sorted().toList()) {
                    if (Files.isExecutable(home.resolve("bin/java")) && feature(home) >= FIRST_JAVA) {
                        homes.add(home.toRealPath());
                    }
                }
            }
        }
        return homes.stream();
    }

    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return 0;
        }
        return Files.readAllLines(release).stream().filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^\"]*\"(\\d+).*", "$1")).mapToInt(Integer::parseInt).findAny().orElse(0);
    }

    /** Both programs in one directory, with the script that the package installs beside them. */
    private Path install() throws Exception {
        Path home = Files.createDirectory(directory.resolve("vrrpd"));
        Path build = null;
        for (String program : PROGRAMS) {
            Path launcher = Path.of(System.getProperty(program + ".launcher"));
            run(Map.of(), "cp", "-rT", launcher.getParent().getParent().toString(), home.toString());
            build = launcher.toAbsolutePath().normalize().getParent().getParent().getParent().getParent().getParent();
        }
        Files.copy(build.resolve("debian/make-archives"), home.resolve("bin/make-archives"),
                StandardCopyOption.COPY_ATTRIBUTES);
        return home;
    }

    private Result makeArchives(Path home, Path cache, Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("CACHE_DIRECTORY", cache.toString());
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        all.putIfAbsent("TMPDIR", temporary.toString());
        Result result = run(all, home.resolve("bin/make-archives").toString());
        assertEquals(0, result.exit(), result::toString);
        assertEquals(1, result.out().lines().count(), result::toString);
        assertEquals("", result.err());
        assertEquals(List.of(), names(temporary));
        return result;
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private boolean isUsed(Path java, Path home, String program, Path archive) throws Exception {
        Path log = directory.resolve("loaded");
        Files.deleteIfExists(log);
        start(java, home, program, archive, "-Xlog:class+load:file=" + log);
        String main = program.equals("vrrpd") ? "org.vrrpd.daemon.Vrrpd" : "org.vrrpd.ctl.Vrrpctl";
        return Files.readAllLines(log).stream()
                .anyMatch(line -> line.contains(main + " ") && line.contains("shared objects file"));
    }

    private Result start(Path java, Path home, String program, Path archive, String... flags) throws Exception {
        Path file = Files.writeString(directory.resolve("trial.conf"), CONFIGURATION);
        String name = program.toUpperCase(Locale.ROOT);
        Map<String, String> environment = Map.of("JAVA_HOME", java.toString(),
                name + "_ARCHIVE", archive.toString(), name + "_JAVA_OPTS", String.join(" ", flags));
        return run(environment, home.resolve("bin/" + program).toString(),
                program.equals("vrrpd") ? "--check" : "check", file.toString());
    }

    private static void assertSilent(Result result, String what) {
        assertEquals(0, result.exit(), () -> what + ": " + result);
        assertEquals("", result.err(), what);
        assertTrue(result.out().lines().count() == 1, () -> what + ": " + result);
    }

    private Result run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("Expected " + String.join(" ", command) + " to end, but it runs");
        }
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
