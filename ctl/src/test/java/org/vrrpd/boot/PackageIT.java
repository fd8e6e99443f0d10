package org.vrrpd.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Debian package: built twice it is the same to the byte, and it holds what its pages promise and nothing else. */
class PackageIT {

    private static final String USUAL = "(-rw-r--r--|-rwxr-xr-x|drwxr-xr-x|lrwxrwxrwx) root/root .*";
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) +\\d+ \\S+ \\S+ \\./(.*)");
    /** Where an ELF file says which machine it is for, and how. */
    private static final int ELF_MACHINE = 18;
    private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "arm64", 183);

    @TempDir
    static Path directory;

    private static Path deb;
    private static Path again;
    /** Mode, owner and name of each entry, by name; a link's name goes on with its target. */
    private static final Map<String, String> ENTRIES = new TreeMap<>();

    @BeforeAll
    static void build() {
        String version = PackageBuild.version();
        CompletableFuture<Path> second =
                CompletableFuture.supplyAsync(() -> PackageBuild.debBuiltElsewhere(version));
        deb = PackageBuild.deb(version);
        again = second.join();
        for (String line : PackageBuild.say(0, "dpkg-deb", "--contents", deb.toString()).lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            assertTrue(matcher.matches(), line);
            String name = matcher.group(3).replaceFirst(" -> .*", "");
            ENTRIES.put(name, matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3));
        }
        PackageBuild.say(0, "dpkg-deb", "--raw-extract", deb.toString(), directory.resolve("first").toString());
    }

    @Test
    void twoBuildsGiveTheSame() throws Exception {
        assertEquals(PackageBuild.say(0, "dpkg-deb", "--contents", deb.toString()),
                PackageBuild.say(0, "dpkg-deb", "--contents", again.toString()));
        PackageBuild.say(0, "dpkg-deb", "--raw-extract", again.toString(), directory.resolve("second").toString());
        assertEquals(List.of(), differing(directory.resolve("first"), directory.resolve("second")));
        assertEquals(-1, Files.mismatch(deb, again));
    }

    @Test
    void anotherVersionIsTheSameButForTheNumber() throws Exception {
        Path next = PackageBuild.deb(PackageBuild.version() + "+next");
        PackageBuild.say(0, "dpkg-deb", "--raw-extract", next.toString(), directory.resolve("next").toString());
        assertEquals(List.of("DEBIAN/control", "DEBIAN/md5sums", "usr/share/doc/vrrpd/changelog.Debian.gz"),
                differing(directory.resolve("first"), directory.resolve("next")));
    }

    @Test
    void lintianHasNothingToSay() {
        PackageBuild.say(0, "lintian", "--fail-on", "error,warning", deb.toString());
    }

    @Test
    void theLayoutIsTheOneOfTheManual() {
        assertEquals("-rwxr-xr-x root/root usr/lib/vrrpd/bin/vrrpd", ENTRIES.get("usr/lib/vrrpd/bin/vrrpd"));
        assertEquals("-rwxr-xr-x root/root usr/lib/vrrpd/bin/vrrpctl", ENTRIES.get("usr/lib/vrrpd/bin/vrrpctl"));
        assertLink("usr/sbin/vrrpd", "../lib/vrrpd/bin/vrrpd");
        assertLink("usr/bin/vrrpctl", "../lib/vrrpd/bin/vrrpctl");
        assertLink("usr/lib/vrrpd/lib/vrrpd.jsa", "/var/cache/vrrpd/vrrpd.jsa");
        assertLink("usr/lib/vrrpd/lib/vrrpctl.jsa", "/var/cache/vrrpd/vrrpctl.jsa");
        for (String file : List.of("etc/vrrpd/vrrpd.conf", "etc/default/vrrpd", "lib/systemd/system/vrrpd.service",
                "lib/systemd/system/vrrpd-release.service", "usr/lib/sysusers.d/vrrpd.conf",
                "usr/share/doc/vrrpd/README.Debian", "usr/share/doc/vrrpd/SERVICE.md",
                "usr/share/doc/vrrpd/copyright", "usr/share/doc/vrrpd/changelog.gz")) {
            assertEquals("-rw-r--r-- root/root " + file, ENTRIES.get(file));
        }
        assertEquals("drwxr-xr-x root/root var/cache/vrrpd/", ENTRIES.get("var/cache/vrrpd/"));
        assertEquals(List.of(), ENTRIES.keySet().stream().filter(name -> name.matches("(var/lib|run)/.*")).toList());
    }

    @Test
    void everyEntryIsRootsAndNoneIsWritableByOthers() {
        assertEquals(List.of(), ENTRIES.values().stream().filter(entry -> !entry.matches(USUAL)).toList());
    }

    @Test
    void theConfigurationIsAskedAboutWhenItChanges() throws IOException {
        assertEquals(List.of("/etc/default/vrrpd", "/etc/vrrpd/vrrpd.conf"),
                Files.readAllLines(directory.resolve("first/DEBIAN/conffiles")).stream().sorted().toList());
    }

    @Test
    void oneDirectoryHasTheJarsOfBothPrograms() throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        for (String program : List.of("daemon/target/vrrpd/lib", "ctl/target/vrrpctl/lib")) {
            try (Stream<Path> jars = Files.list(PackageBuild.root().resolve(program))) {
                jars.map(jar -> jar.getFileName().toString()).filter(name -> name.endsWith(".jar"))
                        .forEach(expected::add);
            }
        }
        assertTrue(expected.containsAll(List.of("vrrpd.jar", "vrrpctl.jar")), expected::toString);
        assertEquals(List.copyOf(expected), ENTRIES.keySet().stream()
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.replaceFirst("^usr/lib/vrrpd/lib/", "")).toList());
    }

    @Test
    void theNativeLibrariesAreThoseOfTheArchitecture() throws IOException {
        int machine = MACHINES.get(PackageBuild.say(0, "dpkg-deb", "--field", deb.toString(), "Architecture").strip());
        List<String> libraries = ENTRIES.keySet().stream().filter(name -> name.endsWith(".so")).toList();
        assertEquals(2, libraries.size(), libraries::toString);
        for (String library : libraries) {
            byte[] content = Files.readAllBytes(directory.resolve("first").resolve(library));
            assertEquals("7f454c46", HexFormat.of().formatHex(content, 0, 4), library);
            assertEquals(machine, content[ELF_MACHINE] & 0xff, library);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/sbin/vrrpd", "usr/bin/vrrpctl"})
    void theProgramsRunWithNothingButAPath(String program) {
        String said = PackageBuild.say(0, "env", "-i", "PATH=" + System.getProperty("java.home")
                + "/bin:/usr/sbin:/usr/bin:/sbin:/bin", directory.resolve("first").resolve(program).toString(),
                "--version");
        assertTrue(said.matches("(?s).*\\d+\\.\\d+\\.\\d+\\+\\w+.*"), said);
    }

    @Test
    void theExampleConfiguresNothingUntilItIsUncommented() throws IOException {
        Path example = directory.resolve("first/etc/vrrpd/vrrpd.conf");
        List<String> lines = Files.readAllLines(example);
        assertEquals(List.of(), lines.stream().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList());
        Path uncommented = Files.write(directory.resolve("uncommented.conf"),
                lines.stream().map(line -> line.replaceFirst("^#", "")).toList());
        String said = PackageBuild.say(0, directory.resolve("first/usr/bin/vrrpctl").toString(), "check",
                uncommented.toString());
        assertEquals(uncommented + ": no problems\n", said);
        assertEquals(2, Files.readAllLines(uncommented).stream()
                .filter(line -> line.startsWith("vrrp_instance ")).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postinst", "prerm", "postrm"})
    void theMaintainerScriptsAreWhole(String script) throws IOException {
        Path file = directory.resolve("first/DEBIAN").resolve(script);
        PackageBuild.say(0, "sh", "-n", file.toString());
        assertFalse(Files.readString(file).contains("#DEBHELPER#"), script);
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        String pom = Files.readString(PackageBuild.root().resolve("pom.xml"));
        assertTrue(pom.contains("<artifactId>vrrpd-parent</artifactId>\n  <version>" + PackageBuild.version() + "<"),
                PackageBuild::version);
    }

    private static void assertLink(String name, String target) {
        assertEquals("lrwxrwxrwx root/root " + name + " -> " + target, ENTRIES.get(name));
    }

    /** Names of the files that only one of the two has, or that differ. */
    private static List<String> differing(Path one, Path other) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (Path directory : List.of(one, other)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(Files::isRegularFile).map(file -> directory.relativize(file).toString())
                        .forEach(names::add);
            }
        }
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            Path left = one.resolve(name);
            Path right = other.resolve(name);
            if (!Files.exists(left) || !Files.exists(right) || Files.mismatch(left, right) >= 0) {
                differing.add(name);
            }
        }
        return differing;
    }
}
