package org.vrrpd.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import org.vrrpd.ctl.command.Refusal;
import org.vrrpd.ctl.render.Samples;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.control.StatusJson;
import org.vrrpd.proto.effect.RouterState;

/** Whole calls: arguments in, output and exit status out. */
@Timeout(60)
class VrrpctlTest {

    @TempDir
    private Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(OutputStream to, String... arguments) {
        out.reset();
        err.reset();
        return Vrrpctl.run(arguments, new Terminal(
                new PrintStream(to, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                false, Map.of(), Clock.fixed(Samples.NOW, ZoneOffset.UTC)));
    }

    private int run(String... arguments) {
        return run(out, arguments);
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private static ObjectNode json(Status status) {
        return new StatusJson(ZoneOffset.UTC).write(status);
    }

    private int statusOf(Status status, String... more) throws IOException {
        Files.deleteIfExists(socket());
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(json(status)))) {
            String[] arguments = new String[more.length + 3];
            arguments[0] = "--control";
            arguments[1] = socket().toString();
            arguments[2] = "status";
            System.arraycopy(more, 0, arguments, 3, more.length);
            int exit = run(arguments);
            assertEquals(ControlProtocol.STATUS, daemon.requests.get(0).method());
            return exit;
        }
    }

    @Test
    void statusIsZeroWhenHealthyAndTwoInFault() throws IOException {
        assertEquals(0, statusOf(Samples.healthy()));
        assertTrue(out.toString().startsWith("gw1: 1 BACKUP"), out.toString());
        assertEquals(2, statusOf(Samples.badAfternoon()));
        assertTrue(out.toString().startsWith("gw1: 1 MASTER, 1 FAULT"), out.toString());
    }

    @Test
    void statusIsTwoForAFaultThatDoesNotBlock() throws IOException {
        Status.Instance impaired = Samples.badAfternoon().instances().get(0);
        assertEquals(RouterState.MASTER, impaired.state());
        assertEquals(2, statusOf(Samples.status(List.of(impaired), Samples.badAfternoon().journal())));
        assertEquals(2, statusOf(Samples.badAfternoon(), "XN_VI_ipv4"));
    }

    @Test
    void statusAsJsonIsWhatTheDaemonSaid() throws IOException, RpcException {
        assertEquals(2, statusOf(Samples.badAfternoon(), "--json"));
        assertEquals(JsonRpc.parse(json(Samples.badAfternoon()).toString()), JsonRpc.parse(out.toString()));
        assertEquals(2, statusOf(Samples.badAfternoon(), "XN_VI_ipv6", "--json"));
        assertEquals(1, JsonRpc.parse(out.toString()).path("instances").size());
    }

    @Test
    void anUnknownInstanceIsNamedWithThoseThatAreThere() throws IOException {
        assertEquals(1, statusOf(Samples.badAfternoon(), "VI_9"));
        assertEquals("vrrpctl: no instance is named VI_9: there is XN_VI_ipv4, XN_VI_ipv6\n", err.toString());
    }

    @Test
    void noDaemonIsThreeAndOneLineThatSaysWhere() throws IOException {
        for (String verb : List.of("status", "reload", "faults", "events")) {
            assertEquals(3, run("--control", socket().toString(), verb));
            assertEquals(1, err.toString().lines().count());
            assertTrue(err.toString().contains("no daemon answers on " + socket() + " (there is no such file)"),
                    err.toString());
        }
        new FakeDaemon(socket(), request -> List.of()).close(); // the file is left, nobody listens
        assertEquals(3, run("status", "--control", socket().toString()));
        assertTrue(err.toString().contains("(connection refused)"), err.toString());
        Files.delete(socket());
        try (FakeDaemon mute = new FakeDaemon(socket(), request -> List.of())) {
            assertEquals(3, run("status", "--control", socket().toString()));
            assertTrue(err.toString().contains("without an answer"), err.toString());
            assertEquals(1, mute.requests.size());
        }
    }

    @Test
    void aRefusalSaysWhoYouAreWhatIsNeededAndHowToGetIt() throws Exception {
        ObjectNode data = JsonRpc.object().put("uid", 1000).put("verb", "reload")
                .put("needs", "needs root or the group netops").put("hint", "usermod -aG netops NAME, then log in");
        RpcException refused = new RpcException(ControlProtocol.NOT_PERMITTED, "no", data);
        assertEquals("you are uid 1000 (anna): reload needs root or the group netops\n"
                + "usermod -aG netops anna, then log in", Refusal.text(refused, "anna"));
        assertEquals("you are uid 1000: reload needs root or the group netops\n"
                + "usermod -aG netops NAME, then log in", Refusal.text(refused, "?"));
        assertEquals("no", Refusal.text(new RpcException(ControlProtocol.NOT_PERMITTED, "no"), "anna"));
        try (FakeDaemon daemon = new FakeDaemon(
                socket(), request -> List.of(JsonRpc.error(request.id(), refused)))) {
            assertEquals(1, run("reload", "--control", socket().toString()));
            assertTrue(err.toString().startsWith("vrrpctl: you are uid 1000 ("), err.toString());
            assertEquals(1, daemon.requests.size());
        }
    }

    @Test
    void usageErrorsAre64() {
        assertEquals(64, run());
        assertEquals(64, run("stauts"));
        assertEquals(64, run("status", "--jsno"));
        assertTrue(err.toString().startsWith("vrrpctl: Unknown option: '--jsno'"), err.toString());
        assertEquals(64, run("replay"));
        assertEquals(64, run("events", "--last", "many"));
    }

    @Test
    void helpAndVersionAreZero() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("status"), out.toString());
        assertEquals(0, run("help", "events"));
        assertEquals(0, run("events", "--help"));
        assertTrue(out.toString().contains("--follow"), out.toString());
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("vrrpctl 0.1.0"), out.toString());
    }

    @Test
    void aRefusedReloadIsOneAndSaysWhy() throws IOException {
        String problems = "/etc/vrrpd/vrrpd.conf:14:21: error: priority 300: expected 1 to 255";
        try (FakeDaemon daemon = new FakeDaemon(socket(), request ->
                List.of(JsonRpc.error(request.id(), ControlProtocol.REFUSED, problems)))) {
            assertEquals(1, run("--control", socket().toString(), "reload"));
            assertEquals("vrrpctl: " + problems + "\n", err.toString());
            assertEquals("reload", daemon.requests.get(0).method());
        }
    }

    @Test
    void followPrintsWhatComesAndWhatWasLost() throws IOException {
        ObjectNode history = JsonRpc.object();
        history.putArray("events").add(Samples.events().get(1).json(ZoneOffset.UTC));
        history.put("leftOut", 0);
        try (FakeDaemon daemon = new FakeDaemon(socket(), request -> List.of(
                JsonRpc.result(request.id(), history),
                JsonRpc.notification("event", Samples.events().get(2).json(ZoneOffset.UTC)),
                JsonRpc.notification("lost", JsonRpc.object().put("records", 7))))) {
            assertEquals(0, run("--control", socket().toString(), "events", "--follow", "--instance", "XN_VI_ipv4"));
            assertEquals("""
                    14:33:41.120  #88213  link eno1 lost carrier
                                  #88214  XN_VI_ipv4: MASTER -> FAULT, because of #88213 link eno1 lost carrier
                    -- 7 records lost here: this output was read too slowly --
                    """, out.toString());
            assertTrue(daemon.requests.get(0).params().path("follow").asBoolean());
            assertEquals("XN_VI_ipv4", daemon.requests.get(0).params().path("instance").asText());
        }
    }

    @Test
    void aReaderThatGoesAwayIsNoError() throws IOException {
        OutputStream closedPipe = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (FakeDaemon daemon = new FakeDaemon(socket(), FakeDaemon.answering(json(Samples.healthy())))) {
            assertEquals(0, run(closedPipe, "--control", socket().toString(), "status"));
            assertEquals("", err.toString());
            assertEquals(1, daemon.requests.size());
        }
    }

    @Test
    void checkListsAllProblemsAndIsOneForAnError() throws IOException {
        Path file = directory.resolve("vrrpd.conf");
        Files.writeString(file, "vrrp_instance VI { interface eth0\n virtual_router_id 300\n priority 300 }\n");
        assertEquals(1, run("check", file.toString()));
        assertTrue(out.toString().contains(file + ":2:"), out.toString());
        assertTrue(out.toString().contains(file + ":3:"), out.toString());
        assertEquals(1, run("check", directory.resolve("none.conf").toString()));
        Files.writeString(file, "vrrp_instance VI { interface eth0\n virtual_router_id 30\n"
                + " virtual_ipaddress { 192.0.2.1 } }\n");
        assertEquals(0, run("check", file.toString(), "--json"), out.toString());
    }

    @Test
    void checkPrintsTheConfigurationAsUnderstood() throws IOException {
        Path file = directory.resolve("vrrpd.conf");
        Files.writeString(file, "@a $ID=30\n@b $ID=31\nvrrp_instance VI { interface eth0\n virtual_router_id $ID\n"
                + " virtual_ipaddress { 192.0.2.1 }\n nonsense\n }\n");
        assertEquals(0, run("check", "--print", "-i", "b", file.toString()));
        assertTrue(err.toString().contains("nonsense is not a keyword"), err.toString());
        assertTrue(out.toString().contains("    virtual_router_id 31\n    priority 100\n"), out.toString());
        String printed = out.toString();
        Files.writeString(file, printed);
        out.reset();
        err.reset();
        assertEquals(0, run("check", "--print", file.toString()));
        assertEquals(printed, out.toString());
        Files.writeString(file, "vrrp_instance VI { priority 300 }\n");
        out.reset();
        assertEquals(1, run("check", "--print", file.toString()));
        assertEquals("", out.toString());
    }

    @Test
    void replayVerifiesAJournalWithoutADaemon() throws IOException {
        Path journal = directory.resolve("journal");
        try (JournalOnDisk disk = new JournalOnDisk(journal)) {
            disk.deadlines(100);
        }
        assertEquals(0, run("replay", journal.toString(), "--verify"), out + err.toString());
        assertTrue(out.toString().matches("(?s)10\\d records, 0 transitions, .*: every digest agrees "
                + "\\(written by 0.1.0\\+test, replayed by 0.1.0.*\\)\n"), out.toString());
        assertEquals(0, run("replay", journal.toString(), "--until", "50", "--json"), err.toString());
        assertFalse(out.toString().contains("\"lastSequence\" : 101"), out.toString());
        assertEquals(1, run("replay", journal.toString(), "--until", "noon"));
    }

    @Test
    void replayStopsAtTheFirstRecordThatDisagrees() throws IOException {
        Path journal = directory.resolve("journal");
        try (JournalOnDisk disk = new JournalOnDisk(journal)) {
            disk.deadlines(3).inventedFault(true).deadlines(3);
        }
        assertEquals(1, run("replay", journal.toString(), "--verify"), out.toString());
        assertTrue(out.toString().contains("disagrees at #5"), out.toString());
        assertEquals(0, run("replay", journal.toString()));
        assertTrue(err.toString().contains("see --verify"), err.toString());
    }

    @Test
    void faultsAndEventsAreReadFromAJournalWithoutADaemon() throws IOException {
        Path journal = directory.resolve("journal");
        try (JournalOnDisk disk = new JournalOnDisk(journal)) {
            disk.deadlines(3).inventedFault(true).deadlines(2).inventedFault(false).deadlines(1);
        }
        assertEquals(0, run("faults", "--journal", journal.toString()));
        assertTrue(out.toString().contains("VI_1      no carrier on eth0  #2 link eth0 lost carrier  "),
                out.toString());
        assertEquals(0, run("events", "--journal", journal.toString()));
        assertTrue(out.toString().contains("VI_1: fault began: no carrier on eth0, because of"), out.toString());
        assertTrue(out.toString().startsWith("4 routine records left out"), out.toString());
    }

    @Test
    void aMissingOrEmptyJournalIsSaid() throws IOException {
        Path none = directory.resolve("none");
        for (List<String> verb : List.of(List.of("replay", none.toString()),
                List.of("faults", "--journal", none.toString()), List.of("events", "--journal", none.toString()))) {
            assertEquals(1, run(verb.toArray(String[]::new)));
            assertEquals("vrrpctl: expected a journal directory or one of its files, but there is no " + none + "\n",
                    err.toString());
        }
        Files.createDirectory(none);
        assertEquals(1, run("replay", none.toString(), "--verify"));
        assertEquals("vrrpctl: expected the files of a journal in " + none + ", but found none\n", err.toString());
    }
}
