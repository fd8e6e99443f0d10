package org.vrrpd.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build leaves behind is what a package can install: the right jars, and launchers that start in silence. */
class AssemblyIT {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^-]*(?:-[^-]+)?)\\.jar");
    private static final String MINIMAL = """
            vrrp_instance gw {
                interface eth0
                virtual_router_id 51
                virtual_ipaddress { 192.0.2.10 }
            }
            """;

    @TempDir
    Path directory;

    private record Result(int exit, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"vrrpd", "vrrpctl"})
    void noJarThatPhonesHomeOrForks(String program) throws IOException {
        List<String> names = jars(program);
        assertTrue(names.size() > 10, () -> "Expected the runtime jars of " + program + ", but found " + names);
        for (String unwanted : List.of("chronicle-analytics", "jna", "jna-platform", "commons-cli")) {
            assertFalse(names.stream().anyMatch(name -> name.matches(Pattern.quote(unwanted) + "-\\d.*")),
                    () -> "Expected no " + unwanted + " beside " + program + ", but found " + names);
        }
    }

    @Test
    void bothProgramsUseOneVersionOfEachJar() throws IOException {
        Map<String, TreeSet<String>> versions = new TreeMap<>();
        for (String program : List.of("vrrpd", "vrrpctl")) {
            for (String name : jars(program)) {
                Matcher matcher = JAR.matcher(name);
                if (matcher.matches()) {
                    versions.computeIfAbsent(matcher.group(1), key -> new TreeSet<>()).add(matcher.group(2));
                }
            }
        }
        assertTrue(versions.keySet().containsAll(List.of("jffi", "jnr-ffi", "asm")), versions::toString);
        versions.forEach((name, found) -> assertEquals(1, found.size(), () -> name + " " + found));
    }

    @Test
    void nativeLibrariesLieBesideTheJars() throws IOException {
        for (String program : List.of("vrrpd", "vrrpctl")) {
            for (String machine : List.of("x86_64", "aarch64")) {
                Path library = home(program).resolve("native/" + machine + "-Linux/libjffi-1.2.so");
                assertTrue(Files.size(library) > 50_000, library::toString);
            }
        }
        for (String machine : List.of("x86_64", "aarch_64")) {
            Path library = home("vrrpd").resolve("native/libnetty_transport_native_epoll_" + machine + ".so");
            assertTrue(Files.size(library) > 50_000, library::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vrrpd", "vrrpctl"})
    void startsSilentlyThroughASymbolicLinkFromAnyPlace(String program) throws Exception {
        Path copy = directory.resolve("a place with spaces");
        run(Map.of(), "cp", "-r", home(program).toString(), copy.toString());
        Path link = Files.createSymbolicLink(directory.resolve("link"), copy.resolve("bin/" + program));
        assertSilentSuccess(check(Map.of(), link.toString(), program));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vrrpd", "vrrpctl"})
    void aStaleArchiveIsPassedOver(String program) throws Exception {
        Path archive = directory.resolve("stale.jsa");
        String variable = program.toUpperCase(java.util.Locale.ROOT) + "_ARCHIVE";
        for (String content : List.of("", "not an archive".repeat(100_000))) {
            Files.writeString(archive, content);
            assertSilentSuccess(check(Map.of(variable, archive.toString()), launcher(program).toString(), program));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vrrpd", "vrrpctl"})
    void anArchiveIsWrittenOnRequestAndThenUsed(String program) throws Exception {
        Path archive = directory.resolve("new.jsa");
        String variable = program.toUpperCase(java.util.Locale.ROOT) + "_ARCHIVE";
        String launcher = launcher(program).toString();
        assertSilentSuccess(check(Map.of(variable + "_OUT", archive.toString()), launcher, program));
        assertTrue(Files.size(archive) > 500_000, "size of the archive");
        assertSilentSuccess(check(Map.of(variable, archive.toString()), launcher, program));
        touch(home(program).resolve("lib/" + program + ".jar"));
        assertSilentSuccess(check(Map.of(variable, archive.toString()), launcher, program));
    }

    @Test
    void moreFlagsComeFromTheEnvironment() throws Exception {
        Result result = run(Map.of("VRRPCTL_JAVA_OPTS", "-XX:+PrintFlagsFinal -Xmx77m"),
                launcher("vrrpctl").toString(), "--version");
        assertTrue(result.out().matches("(?s).*MaxHeapSize\\s+= " + 78 * 1024 * 1024 + " .*"),
                "Expected the last -Xmx to win");
    }

    @Test
    void saysWhichJavaIsMissingOrTooOld() throws Exception {
        String launcher = launcher("vrrpd").toString();
        Result none = run(Map.of("JAVA_HOME", directory.toString()), launcher, "--version");
        assertEquals(127, none.exit());
        assertTrue(none.err().contains("expected a Java 17 or newer"), none.err());
        Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 0\n");
        run(Map.of(), "chmod", "755", java.toString());
        Files.writeString(directory.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"11.0.2\"\n");
        Result old = run(Map.of("JAVA_HOME", directory.toString()), launcher, "--version");
        assertEquals(127, old.exit());
        assertTrue(old.err().contains("but found 11.0.2"), old.err());
    }

    /** A hardened machine mounts /tmp noexec: no library may be unpacked there, and nothing else left there either. */
    @Test
    void theDaemonRunsWithoutAnExecutableTmp() throws Exception {
        Path configuration = Files.writeString(home("vrrpd").getParent().resolve("assembly.conf"), MINIMAL);
        Path socket = configuration.resolveSibling("assembly.sock");
        Path journal = configuration.resolveSibling("assembly-journal");
        // the build can itself lie below /tmp, and is then reached through another mount
        Path build = home("vrrpd").getParent().getParent().getParent();
        String script = """
                mount --bind "$0" /mnt && cd /mnt/ctl && mount -t tmpfs -o noexec tmpfs /tmp
                "$1" --config "$2" --control "$3" --journal "$4" & daemon=$!
                for i in $(seq 100); do
                    status=0; "$5" --control "$3" status > /tmp/status || status=$?
                    [ "$status" = 2 ] && break
                    sleep 0.2
                done
                rm /tmp/status
                kill "$daemon" && wait "$daemon"
                echo "daemon $? status $status left $(ls -A /tmp | tr '\\n' ' ')"
                """;
        Result result = run(Map.of(), "unshare", "-m", "-n", "sh", "-c", script, build.toString(),
                inside(build, launcher("vrrpd")), inside(build, configuration), inside(build, socket),
                inside(build, journal), inside(build, launcher("vrrpctl")));
        assertTrue(result.out().contains("daemon 0 status 2 left \n"), result::toString);
    }

    private static String inside(Path build, Path file) {
        return Path.of("/mnt").resolve(build.toAbsolutePath().normalize().relativize(file.toAbsolutePath().normalize()))
                .toString();
    }

    private Result check(Map<String, String> environment, String launcher, String program) throws Exception {
        Path file = Files.writeString(directory.resolve("minimal.conf"), MINIMAL);
        return run(environment, launcher, program.equals("vrrpd") ? "--check" : "check", file.toString());
    }

    private static void assertSilentSuccess(Result result) {
        assertEquals(0, result.exit(), result::toString);
        assertEquals("", result.err());
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(java.time.Instant.now()));
    }

    private Result run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("Expected " + String.join(" ", command) + " to end, but it runs");
        }
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static List<String> jars(String program) throws IOException {
        try (Stream<Path> files = Files.list(home(program).resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar"))
                    .sorted().toList();
        }
    }

    private static Path launcher(String program) {
        String named = System.getProperty(program + ".launcher");
        assertTrue(named != null && Files.isExecutable(Path.of(named)),
                () -> "Expected the launcher in the property " + program + ".launcher, but found " + named);
        return Path.of(named);
    }

    private static Path home(String program) {
        return launcher(program).getParent().getParent();
    }
}
