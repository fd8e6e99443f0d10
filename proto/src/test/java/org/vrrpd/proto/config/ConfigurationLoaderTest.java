package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, includes, and what can be wrong with them. */
class ConfigurationLoaderTest {

    @TempDir
    private Path directory;
    private Path main;

    @BeforeEach
    void nameMainFile() {
        main = directory.resolve("vrrpd.conf");
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LoadResult load() {
        return ConfigurationLoader.load(main, new Surroundings("gw1", 0, name -> null, Limits.LARGEST));
    }

    /** With the directory's name left out. */
    private List<String> problems() {
        return withoutDirectory(load());
    }

    private List<String> withoutDirectory(LoadResult result) {
        return result.problems().stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }

    private static String instance(String name, int vrid) {
        return "vrrp_instance " + name + " {\n interface eth0\n virtual_router_id " + vrid
                + "\n virtual_ipaddress { 10.0.0." + vrid + " }\n}\n";
    }

    private List<String> names() {
        LoadResult result = load();
        assertFalse(result.hasErrors(), result.problems().toString());
        return result.configuration().instances().stream().map(InstanceConfiguration::name).toList();
    }

    @Test
    void severalFilesAreReadInTheOrderOfTheirNames() throws IOException {
        write("conf.d/20.conf", instance("B", 2));
        write("conf.d/10.conf", instance("A", 1));
        write("conf.d/30.conf.off", instance("C", 3));
        write("conf.d/.hidden.conf", instance("D", 4));
        write("vrrpd.conf", "include conf.d/*.conf\n");
        assertEquals(List.of("A", "B"), names());
        write("vrrpd.conf", "include \"conf.d/{30.conf.off,1?.conf,[2]*.conf}\" # these\n");
        assertEquals(List.of("C", "A", "B"), names());
        write("vrrpd.conf", "include \"" + directory + "/*/[!3.]*.conf\"\n");
        assertEquals(List.of("A", "B"), names());
    }

    @Test
    void includesAreRelativeToTheIncludingFileAndStandAnywhere() throws IOException {
        write("vrrpd.conf", "$VRID=7\n@gw1 include sub/a.conf\n@gw2 include missing.conf\n");
        write("sub/a.conf", "vrrp_instance A {\n include deep/b.conf\n include ../c.conf }\n");
        write("sub/deep/b.conf", "interface eth0\nvirtual_router_id $VRID\n");
        write("c.conf", "virtual_ipaddress { 10.0.0.1\n");
        assertTrue(problems().get(0).startsWith("sub/a.conf:1:17: error: the { of vrrp_instance A is never closed"));
        write("c.conf", "virtual_ipaddress { 10.0.0.1 }\n");
        assertEquals(List.of("A"), names());
    }

    @Test
    void problemsNameTheFileTheyAreIn() throws IOException {
        write("vrrpd.conf", "include z.conf\ninclude a.conf\nnonsense\n");
        write("z.conf", "\n  nonsense\n");
        write("a.conf", "nonsense");
        String message = "warning: nonsense is not a keyword outside of a block: skipped";
        assertEquals(
                List.of("vrrpd.conf:3:1: " + message, "z.conf:2:3: " + message, "a.conf:1:1: " + message),
                problems());
    }

    @Test
    void whatCannotBeReadIsAnError() throws IOException {
        assertEquals(List.of("vrrpd.conf: error: cannot read vrrpd.conf: no such file"), problems());
        write("vrrpd.conf", "include missing.conf\ninclude sub\ninclude sub/*.conf\nincludew sub/*.conf\ninclude\n");
        Files.createDirectory(directory.resolve("sub"));
        assertEquals(List.of(
                "vrrpd.conf:1:9: warning: include missing.conf: no such file; nothing is included for it",
                "vrrpd.conf:2:9: warning: cannot read sub: it is a directory; nothing is included for it",
                "vrrpd.conf:3:9: warning: include sub/*.conf: no file matches; nothing is included for it",
                "vrrpd.conf:4:10: error: includew sub/*.conf: no file matches",
                "vrrpd.conf:5:1: error: include: expected a file name or pattern, but found nothing"), problems());
        main = directory;
        assertTrue(problems().get(0).endsWith("it is a directory"));
        main = Path.of("/dev/zero");
        assertEquals(List.of("/dev/zero: error: cannot read /dev/zero: it is not a regular file"), problems());
    }

    @Test
    void includeLoopsAreFound() throws IOException {
        write("vrrpd.conf", "include a.conf\n");
        write("a.conf", "include ./sub/../b.conf\n");
        write("b.conf", "include *.conf\n");
        assertEquals(List.of(
                "b.conf:1:9: error: include loop: a.conf is being read already",
                "b.conf:1:9: error: include loop: b.conf is being read already",
                "b.conf:1:9: error: include loop: vrrpd.conf is being read already"), problems());
        Files.createSymbolicLink(directory.resolve("self"), directory);
        write("vrrpd.conf", "include self/vrrpd.conf\ninclude self/vrrpd.conf\n");
        List<String> problems = problems();
        assertTrue(problems.stream().anyMatch(problem -> problem.endsWith("expected includes nested at most 32 deep")));
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("too many files: expected at most 1000")));
    }

    @Test
    void aHugeFileIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(main.toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        assertEquals(List.of("vrrpd.conf: error: cannot read vrrpd.conf: it has 209715200 bytes: expected at most"
                + " 67108864 in all files"), problems());
    }

    @Test
    void theSumOfAllFilesIsBounded() throws IOException {
        write("big", "#".repeat(3 << 20));
        write("vrrpd.conf", "include big\n".repeat(4));
        Surroundings small = new Surroundings("gw1", 0, name -> null, new Limits(8 << 20, 1000));
        String failure = ":9: error: cannot read big: with it there are 9437232 bytes: expected at most 8388608 in all"
                + " files; more need a larger heap (-Xmx)";
        assertEquals(List.of("vrrpd.conf:3" + failure, "vrrpd.conf:4" + failure),
                withoutDirectory(ConfigurationLoader.load(main, small)));
    }

    @Test
    void textThatIsNotUtf8IsNamedAndRead() throws IOException {
        String text = "\n# gr\u00fc\u00df\nglobal_defs { router_id \u00fc }\n";
        Files.write(main, text.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(List.of("vrrpd.conf:2:5: warning: not UTF-8: expected it to be; this and what else is not is"
                + " replaced"), problems());
        assertEquals("\uFFFD", load().configuration().routerId());
        Files.write(main, new byte[] {'#', (byte) 0xE2, (byte) 0x82});
        assertEquals(1, problems().size());
    }

    @Test
    void alternativesAreBounded() throws IOException {
        write("vrrpd.conf", "include " + "{a,b}".repeat(20) + "\n");
        assertEquals(1, problems().size());
        assertTrue(problems().get(0).endsWith("expected at most 1000 alternatives and 4096 characters"));
    }
}
