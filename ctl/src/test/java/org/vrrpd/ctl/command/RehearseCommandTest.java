package org.vrrpd.ctl.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.ctl.Terminal;
import org.vrrpd.ctl.Vrrpctl;
import org.vrrpd.ctl.render.Samples;
import org.vrrpd.proto.simulation.Rehearsal;

/** Whole calls; -Dvrrpd.rewrite=DIRECTORY writes the expected outputs anew, to be read before committing. */
@Timeout(60)
class RehearseCommandTest {

    private static final String GATEWAY = """
            vrrp_sync_group XN {
                group {
                    XN_VI_ipv4
                    XN_VI_ipv6
                }
            }
            vrrp_instance XN_VI_ipv4 {
                interface eno1
                virtual_router_id 51
                version 3
                priority ${PRIORITY}
                use_vmac
                virtual_ipaddress {
                    192.168.1.5/24
                }
                track_script {
                    chk_uplink
                }
                notify /usr/local/bin/tell
            }
            vrrp_instance XN_VI_ipv6 {
                interface eno1
                virtual_router_id 51
                priority ${PRIORITY}
                use_vmac
                virtual_ipaddress {
                    fe80::200:5eff:fe00:205/64
                }
            }
            vrrp_script chk_uplink {
                script /usr/local/bin/uplink
                interval 2
            }
            """;

    @TempDir
    private Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return run(80, arguments);
    }

    private int run(int columns, String... arguments) {
        out.reset();
        err.reset();
        return Vrrpctl.run(arguments, new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                false, Map.of("COLUMNS", String.valueOf(columns)), Clock.fixed(Samples.NOW, ZoneOffset.UTC)));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String gateway(String name, int priority) throws IOException {
        return file(name, GATEWAY.replace("${PRIORITY}", String.valueOf(priority)));
    }

    private void assertGolden(String name) throws IOException {
        String actual = out.toString(StandardCharsets.UTF_8).replace(directory + "/", "/etc/");
        String rewrite = System.getProperty("vrrpd.rewrite");
        if (rewrite != null) {
            Files.createDirectories(Path.of(rewrite));
            Files.writeString(Path.of(rewrite, name), actual);
            return;
        }
        try (InputStream in = RehearseCommandTest.class.getResourceAsStream(name)) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), actual);
        }
    }

    @Test
    void theShippedScenarios() throws IOException {
        assertEquals(Exit.OK, run("rehearse", gateway("gw1.conf", 150), gateway("gw2.conf", 100)));
        assertGolden("rehearse-shipped.txt");
        out.toString(StandardCharsets.UTF_8).lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void routersThatDoNotKnowOfEachOther() throws IOException {
        String first = gateway("gw1.conf", 150);
        String second = file("gw2.conf", Files.readString(Path.of(first)).replace("router_id 51", "router_id 52"));
        String story = file("story", "at 5s node gw1 stop\nat +2s node gw1 start\nuntil 20s\n");
        assertEquals(Exit.FAULT, run(1000, "rehearse", "--scenario", story, first, second),
                "where lines end must not depend on where the files are");
        assertGolden("rehearse-strangers.txt");
    }

    @Test
    void jsonHasTheSame() throws IOException {
        String story = file("story", "at 5s node gw1 kill\nuntil 20s\n");
        assertEquals(Exit.FAULT, run("rehearse", "--json", "--scenario", story,
                gateway("gw1.conf", 150), gateway("gw2.conf", 100)), "the address was left behind");
        JsonNode report = new ObjectMapper().readTree(out.toByteArray());
        assertEquals(false, report.path("whole").asBoolean());
        assertEquals("[\"gw1\",\"gw2\"]", report.path("nodes").toString());
        JsonNode scenario = report.path("scenarios").path(0);
        assertEquals(20_000_000_000L, scenario.path("untilNanos").asLong());
        assertEquals("node gw1 kill", scenario.path("happenings").path(0).path("text").asText());
        JsonNode served = scenario.path("routers").path(0).path("addresses").path(0).path("served");
        JsonNode last = served.path(served.size() - 1);
        assertEquals("[\"gw1\",\"gw2\"] [\"gw1\"]", last.path("nodes") + " " + last.path("leftBehind"));
    }

    @Test
    void linesForOneNodeOnly() throws IOException {
        String shared = file("vrrpd.conf", """
                vrrp_instance V {
                    interface eno1
                    virtual_router_id 51
                    @left priority 150
                    @right priority 100
                    virtual_ipaddress {
                        192.168.1.5/24
                    }
                }
                """);
        assertEquals(Exit.OK, run("rehearse", "left=" + shared, "right=" + shared));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("The configurations fit together."));
        assertEquals(Exit.PROBLEM, run("rehearse", shared, shared));
        assertEquals("vrrpctl: expected another name than vrrpd for " + shared
                + ", since a node before it has that (NAME=FILE names it)", err.toString().strip());
    }

    @Test
    void whatCannotBeRehearsed() throws IOException {
        String first = gateway("gw1.conf", 150);
        String second = gateway("gw2.conf", 100);
        assertEquals(Exit.PROBLEM, run("rehearse", first));
        assertEquals("vrrpctl: expected the configurations of two or more nodes, but found only " + first,
                err.toString().strip());
        assertEquals(Exit.PROBLEM, run("rehearse", first, file("gw3.conf", "vrrp_instance V {\n}\n")));
        assertTrue(err.toString().contains("gw3.conf:1:15: error: no virtual_router_id"), err.toString());
        assertEquals("", out.toString());
        String story = file("story", "# comment\nat 5s link gw1:eth7 down\n");
        assertEquals(Exit.PROBLEM, run("rehearse", "--scenario", story, first, second));
        assertEquals("vrrpctl: " + story + ":2: Expected an interface of gw1, one of eno1, but found eth7",
                err.toString().strip());
        assertEquals(Exit.PROBLEM, run("rehearse", "all=" + first, second));
        assertTrue(err.toString().contains("expected a node's name"), err.toString());
    }

    @Test
    void theShippedScenariosAreListedAsTheyAre() {
        assertEquals(Exit.OK, run("rehearse", "--list"));
        List<String> texts = Rehearsal.shipped().stream().map(Rehearsal.Shipped::text).toList();
        texts.forEach(text -> assertTrue(out.toString(StandardCharsets.UTF_8).contains(text.strip()), text));
    }
}
