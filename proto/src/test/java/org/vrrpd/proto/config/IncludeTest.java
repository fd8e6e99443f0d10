package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All forms of include and include_check. The table of failures was compared with keepalived 2.2.7. */
class IncludeTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void writeFiles() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("ok.conf"), "# x\n");
        Files.writeString(directory.resolve("ex.conf"), "# x\n");
        Files.setPosixFilePermissions(directory.resolve("ex.conf"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(directory.resolve("dir"));
        Files.createSymbolicLink(directory.resolve("broken"), Path.of("nowhere"));
        assertEquals(0, new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start().waitFor());
    }

    private List<String> problems(String text) throws IOException {
        Path main = directory.resolve("main");
        Files.writeString(main, text);
        Surroundings surroundings = new Surroundings("gw1", 0, name -> null, Limits.LARGEST);
        return assertTimeoutPreemptively(Duration.ofSeconds(60), () -> ConfigurationLoader.load(main, surroundings))
                .problems().stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }

    /** The forms of include for which a pattern is an error; for all others it is a warning. */
    private List<String> errors(String pattern) throws IOException {
        List<String> errors = new ArrayList<>();
        for (String form : List.of("include", "includer", "includem", "includew", "includeb", "includea")) {
            List<String> problems = problems(form + " " + pattern);
            assertEquals(1, problems.size(), problems.toString());
            if (problems.get(0).contains(" error: ")) {
                errors.add(form.substring("include".length()));
            } else {
                assertTrue(problems.get(0).endsWith("; nothing is included for it"), problems.toString());
            }
        }
        return errors;
    }

    @Test
    void eachFormHasItsErrors() throws IOException {
        assertEquals(List.of("m", "a"), errors("missing.conf"));
        assertEquals(List.of("w", "a"), errors("*.none"));
        assertEquals(List.of("b", "a"), errors("{missing,ok.conf}"));
        List<String> allButPlain = List.of("r", "m", "w", "b", "a");
        for (String bad : List.of("dir", "ex.conf", "e*.conf", "fifo", "f*", "broken", "brok*", "/dev/zero")) {
            assertEquals(allButPlain, errors(bad), bad);
        }
    }

    @Test
    void messagesSayWhatIsWrong() throws IOException {
        assertEquals(List.of(
                "main:1:10: error: cannot read dir: it is a directory",
                "main:2:10: error: cannot read ex.conf: it is executable: expected a file that is not (chmod -x)",
                "main:3:10: error: cannot read fifo: it is not a regular file",
                "main:4:10: error: cannot read broken: no such file",
                "main:5:10: error: includea missing: no such file",
                "main:6:10: error: includea none*: no file matches"),
                problems("includea dir\nincludea ex.conf\nincludea fifo\nincludea broken\nincludea missing\n"
                        + "includea none*\n"));
    }

    private static String check(String words) {
        return "global_defs {\n include_check " + words + "\n}\n";
    }

    private void checked(String before, boolean missing, boolean wildcard, boolean brace, boolean unreadable)
            throws IOException {
        List<String> problems =
                problems(before + "include missing.conf\ninclude *.none\ninclude {ok.conf,none}\ninclude dir\n");
        assertEquals(List.of(missing, wildcard, brace, unreadable),
                problems.stream().map(problem -> problem.contains(" error: ")).toList(), problems.toString());
    }

    @Test
    void includeCheckSetsWhatAPlainIncludeChecks() throws IOException {
        checked("", false, false, false, false);
        checked(check(""), true, true, true, true);
        checked(check("readable"), false, false, false, true);
        checked(check("read"), false, false, false, true);
        checked(check("match"), true, false, false, true);
        checked(check("wildcard_match brace_match"), false, true, true, true);
        checked(check("") + check("-match"), false, true, true, true);
        checked(check("match") + check("+brace_match -match"), false, false, true, true);
        checked(check("match") + check("+ brace_match - match"), false, false, true, true);
        checked(check("match") + check("wildcard_match"), false, true, false, true);
        assertEquals(List.of("main:2:16: error: include_check everything: expected [+|-]readable, match,"
                + " wildcard_match or brace_match"), problems(check("everything")));
    }

    @Test
    void includeCheckCountsFromItsLineToTheEndOfItsFile() throws IOException {
        Files.writeString(directory.resolve("strict"), check("") + "include none1\n");
        Files.writeString(directory.resolve("inner"), "include none2\n");
        assertEquals(List.of(
                "main:1:9: warning: include none0: no such file; nothing is included for it",
                "main:3:9: warning: include none3: no such file; nothing is included for it",
                "strict:4:9: error: include none1: no such file"),
                problems("include none0\ninclude strict\ninclude none3\n"));
        assertEquals(List.of("inner:1:9: error: include none2: no such file"),
                problems(check("") + "include inner\n"));
    }

    @Test
    void conditionsDefinitionsAndLoopsMayBringIncludes() throws IOException {
        Files.writeString(directory.resolve("one"), "$ID=one\n");
        Files.writeString(directory.resolve("two"), "global_defs { router_id $ID }\n");
        assertEquals(List.of(), problems("@gw2 includea none\n~LST(F, one, two) includea $F\n"));
        assertEquals(List.of(), problems("$WHICH=includea o\n${WHICH}ne\n"));
    }

    @Test
    void thePresentDirectoryIsThatOfTheFile() throws IOException {
        Files.writeString(directory.resolve("dir/sub"), "$IN=${_PWD}\nglobal_defs {\n router_id $IN\n}\n");
        Path main = directory.resolve("main");
        Files.writeString(main, "include dir/sub\n");
        LoadResult result = ConfigurationLoader.load(main, Surroundings.fixed("gw1"));
        assertEquals(directory + "/dir", result.configuration().routerId());
        Files.writeString(main, "include dir/sub\nglobal_defs { router_id $IN }\n");
        assertEquals(directory.toString(),
                ConfigurationLoader.load(main, Surroundings.fixed("gw1")).configuration().routerId());
    }

    @Test
    void patternsLookAtABoundedNumberOfFiles() throws IOException {
        Files.createSymbolicLink(directory.resolve("dir/up"), directory);
        for (int i = 0; i < 40; i++) {
            Files.createSymbolicLink(directory.resolve("link" + i), directory);
        }
        assertEquals(List.of("main:1:9: error: include */*/*/*/*/*: expected patterns that look at 100000 files in all"
                + " at most"), problems("include */*/*/*/*/*\n"));
    }

    @Test
    void aDefinitionMayNotGoOnInTheNextFile() throws IOException {
        Files.writeString(directory.resolve("open"), "$A=x \\\n");
        assertEquals(List.of("open:1:1: warning: $A: its last line ends in a backslash, but open ends there: expected"
                + " one more line"), problems("include open\n"));
    }
}
