package org.vrrpd.ctl.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.ctl.Terminal;
import org.vrrpd.ctl.render.Samples;
import org.vrrpd.proto.config.ConfigurationLoader;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.config.Surroundings;
import picocli.CommandLine;

/** keepalived's file becomes ours: the meaning is the same, nothing of somebody's work is lost, and all is told. */
class ImportKeepalivedCommandTest {

    private static final String INSTANCE = "vrrp_instance A {\n  interface eth0 # the LAN\n  virtual_router_id 1\n"
            + "  virtual_ipaddress { 10.0.0.1 }\n}\n";

    @TempDir
    private Path root;
    private Path from;
    private Path to;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void directories() throws IOException {
        from = Files.createDirectories(root.resolve("etc/keepalived")).resolve("keepalived.conf");
        to = Files.createDirectories(root.resolve("etc/vrrpd")).resolve("vrrpd.conf");
    }

    private int run(String... more) throws IOException, ProblemException {
        out.reset();
        err.reset();
        ImportKeepalivedCommand command = new ImportKeepalivedCommand(new KeepalivedHost(root));
        new CommandLine(command).parseArgs(more.length > 0 && more[0].equals("--to") ? more : with(more));
        return command.run(new Session(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, Map.of(),
                Clock.fixed(Samples.NOW, ZoneOffset.UTC)), root.resolve("no.sock")));
    }

    private String[] with(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = "--from";
        all[1] = from.toString();
        all[2] = "--to";
        all[3] = to.toString();
        return all;
    }

    private static LoadResult load(Path file, String id) {
        return ConfigurationLoader.load(file, Surroundings.fixed(id));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void anOperatorsFileMeansTheSameAndKeepsItsText() throws Exception {
        Path operators = Path.of("../proto/src/test/resources/operator.conf");
        Files.copy(operators, from);
        assertEquals(0, run("-i", "edge1"));
        assertEquals(load(from, "edge1").configuration(), load(to, "edge1").configuration());
        String text = Files.readString(to);
        assertEquals("# imported from " + from, text.substring(0, text.indexOf(" at ")));
        assertEquals(Files.readString(operators), text.substring(text.indexOf('\n') + 1));
        String told = out.toString();
        assertTrue(told.startsWith("imported 4 instances, 2 sync groups, 2 scripts, 1 tracked file, 1 tracked process"
                + " from " + from + " into " + to + ": 12 entries are skipped\n"), told);
        assertTrue(told.contains(from + ":92:5: warning: virtual_routes is skipped"), told);
        assertTrue(told.contains("commands as the user root"), told);
        assertTrue(told.contains("/etc/default/vrrpd"), told);
    }

    @Test
    void includesAndDirectoriesMeanTheSameFromElsewhere() throws Exception {
        write("etc/keepalived/conf.d/a.conf", INSTANCE + "include deeper.inc\n");
        write("etc/keepalived/conf.d/deeper.inc", "global_defs {\n router_id deep\n}\n");
        write("etc/keepalived/gw2.inc", INSTANCE.replace("A {", "B {").replace("_id 1", "_id 2"));
        Files.writeString(from, "\tinclude conf.d/*.conf # all\n@gw2 includer \"gw2.inc\"\n"
                + "vrrp_script s {\n script \"${_PWD}/check.sh\"\n}\n");
        for (String id : List.of("gw1", "gw2")) {
            assertEquals(0, run("-i", id, "--force"));
            assertEquals(load(from, id).configuration(), load(to, id).configuration());
            assertEquals(id.equals("gw1") ? 1 : 2, load(to, "gw" + id.charAt(2)).configuration().instances().size());
        }
        assertTrue(Files.readString(to).contains("\tinclude " + from.getParent() + "/conf.d/*.conf # all\n"));
        assertTrue(Files.readString(to).contains("script \"" + from.getParent() + "/check.sh\""));
        assertTrue(out.toString().contains(from.resolveSibling("conf.d/deeper.inc") + " is included"), out.toString());
    }

    @Test
    void anIncludeThatCannotBeMadeAbsoluteIsRefused() throws Exception {
        write("etc/keepalived/conf.d/a.conf", INSTANCE);
        Files.writeString(from, "$D=conf.d\n\ninclude $D/a.conf\ninclude ${D}/a.conf\n");
        assertEquals(1, run());
        assertTrue(out.toString().contains(from + ":4:9: error: include conf.d/a.conf: expected the whole path"),
                out.toString());
        assertFalse(Files.exists(to));
    }

    @Test
    void errorsAreToldAndNothingIsWritten() throws Exception {
        Files.writeString(from, INSTANCE.replace("_id 1", "_id 1000"));
        assertEquals(1, run());
        assertTrue(out.toString().startsWith(from + ":3:21: error: virtual_router_id"), out.toString());
        assertTrue(err.toString().contains("nothing is imported"), err.toString());
        assertFalse(Files.exists(to));
        Files.writeString(from, "virtual_server 10.0.0.1 80 {\n}\n");
        assertTrue(assertThrows(ProblemException.class, this::run).getMessage().contains("vrrp_instance"));
    }

    @Test
    void onlyCommentsAreReplacedUnlessForced() throws Exception {
        Files.writeString(from, INSTANCE);
        String example = "## an example\n#vrrp_instance X {\n#}\n\n";
        Files.writeString(to, example);
        assertEquals(0, run());
        assertEquals(example, Files.readString(to.resolveSibling("vrrpd.conf.before-import")));
        byte[] mine = "global_defs {\n}\n".getBytes(StandardCharsets.UTF_8);
        Files.write(to, mine);
        String refusal = assertThrows(ProblemException.class, this::run).getMessage();
        assertTrue(refusal.contains("(line 1)") && refusal.contains("--force"), refusal);
        assertArrayEquals(mine, Files.readAllBytes(to));
        assertEquals(0, run("--force"));
        assertEquals("global_defs {\n}\n", Files.readString(to.resolveSibling("vrrpd.conf.before-import.2")));
        assertEquals(example, Files.readString(to.resolveSibling("vrrpd.conf.before-import")));
    }

    @Test
    void aRehearsalWritesNothing() throws Exception {
        Files.writeString(from, INSTANCE);
        assertEquals(0, run("--dry-run"));
        assertTrue(out.toString().startsWith("would import 1 instance from "), out.toString());
        assertFalse(Files.exists(to));
    }

    @Test
    void keepalivedsOptionsAndItsServiceAreSeen() throws Exception {
        Files.writeString(from, "@gw7 " + INSTANCE.replace("\n", "\n@gw7 ").stripTrailing().replaceAll("@gw7$", ""));
        write("etc/default/keepalived", "# options\nDAEMON_ARGS=\"-x -i gw7 --use-file=" + from + "\"\n");
        write("etc/systemd/system/multi-user.target.wants/keepalived.service", "");
        write("proc/4711/comm", "keepalived\n");
        assertEquals(0, run("--to", to.toString()));
        String told = out.toString();
        assertTrue(told.startsWith("imported 1 instance from " + from), told);
        assertTrue(told.contains("VRRPD_OPTIONS=\"--config-id gw7\""), told);
        assertTrue(told.contains("vrrpctl check -i gw7 " + to), told);
        assertTrue(told.contains("systemctl disable --now keepalived    (it runs and it starts at boot"), told);
        assertEquals("gw7", load(to, "gw7").configuration().routerId());
    }

    @Test
    void bytesThatAreNoTextStayWhatTheyAre() throws Exception {
        byte[] latin = ("# gepr\u00fcft\n" + INSTANCE).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(from, latin);
        assertEquals(0, run());
        byte[] written = Files.readAllBytes(to);
        assertArrayEquals(latin,
                Arrays.copyOfRange(written, written.length - latin.length, written.length));
    }
}
