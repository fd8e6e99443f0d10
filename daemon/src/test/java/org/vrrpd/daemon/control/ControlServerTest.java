package org.vrrpd.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.daemon.control.CommandSink.Command;
import org.vrrpd.daemon.control.CommandSink.Reply;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.dump.DumpKind;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/** The server over real sockets. */
@Timeout(60)
class ControlServerTest {

    private static final ControlLimits LIMITS = limits(Duration.ofSeconds(30));

    @TempDir
    private Path directory;
    private Path socket;
    private ControlServer server;
    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Source events = new Source();
    private volatile Reply reply = new Reply(true, "configuration loaded: 2 instances");
    private final DumpSource dumps = new DumpSource() {
        @Override
        public CompletableFuture<String> dump(DumpKind kind) {
            return CompletableFuture.completedFuture("dump of " + kind.word());
        }

        @Override
        public CompletableFuture<String> clearStatistics(int uid, int pid) {
            return CompletableFuture.completedFuture("cleared by " + pid);
        }
    };
    private volatile CompletableFuture<Status> status = CompletableFuture.completedFuture(status());

    private static ControlLimits limits(Duration idle) {
        return new ControlLimits(
                new ControlLimits.Connections(8, 8, 8, 8, 10_000),
                new ControlLimits.Messages(64 * 1024, 3, Duration.ofSeconds(10), idle),
                new ControlLimits.Rates(10_000, 1000, 10_000, 1),
                new ControlLimits.Memory(8 * 1024 * 1024, 100, 1024 * 1024));
    }

    /** Hands records to whoever follows, as the journal's thread does. */
    private final class Source implements EventSource {
        private final List<RecordHandler> handlers = new CopyOnWriteArrayList<>();

        @Override
        public Path journalDirectory() {
            return directory.resolve("journal");
        }

        @Override
        public Subscription subscribe(RecordHandler handler) {
            handlers.add(handler);
            return () -> handlers.remove(handler);
        }

        void note(long sequence, String text) {
            ByteBuffer bytes = ByteBuffer.allocate(100_000);
            int length = new Note(NoteKind.CONFIGURATION_LOADED, "", "", text, 0).write(bytes, Event.HEADER_BYTES);
            Event.writeHeader(bytes, 0, EventKind.NOTE, length, sequence, sequence, 1_000_000_000L * sequence, 0);
            handlers.forEach(handler -> handler.onRecord(bytes, 0, Event.HEADER_BYTES + length));
        }
    }

    private static Status status() {
        Instant now = Instant.parse("2026-11-22T14:34:10Z");
        return new Status("0.1.0+abc", 42, "gw1", now, now, List.of(), List.of(),
                new Status.Journal(true, now, 1, 2, 0, "/journal", ""));
    }

    @BeforeEach
    void start() throws IOException {
        start(LIMITS);
    }

    private void start(ControlLimits limits) throws IOException {
        if (server != null) {
            server.close();
        }
        socket = directory.resolve("control.sock");
        server = serverAt(socket, limits);
        server.start();
    }

    private ControlServer serverAt(Path path, ControlLimits limits) {
        UnixSockets sockets = new Claimed(0);
        Access access = new Access(sockets, "", line -> { });
        ControlServer.Sources sources = new ControlServer.Sources(() -> status, command -> {
            commands.add(command);
            return CompletableFuture.completedFuture(reply);
        }, events, dumps, "0.1.0+abc", refusal -> { });
        return new ControlServer(new SocketFile(path, null, sockets, access, line -> { }),
                sources, sockets, access, limits, line -> { });
    }

    @AfterEach
    void stop() {
        server.close();
        assertFalse(Files.exists(socket), "the socket is gone with the server");
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            Thread.sleep(2);
        }
    }

    @Test
    void answersStatusAndVersion() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            ObjectNode answer = client.call("status", JsonRpc.object());
            assertEquals(7, answer.path("id").asInt());
            assertEquals("gw1", answer.path("result").path("routerId").asText());
            assertEquals("0.1.0+abc", client.call("version", JsonRpc.object()).path("result").path("build").asText());
        }
    }

    @Test
    void dumpsWhatIsAskedFor() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            for (String what : List.of("data", "stats", "json")) {
                ObjectNode answer = client.call("dump", JsonRpc.object().put("what", what));
                assertEquals("dump of " + what, answer.path("result").path("text").asText());
            }
            assertEquals("dump of data",
                    client.call("dump", JsonRpc.object()).path("result").path("text").asText());
            assertEquals("Expected data, stats or json, but found everything",
                    client.call("dump", JsonRpc.object().put("what", "everything")).path("error").path("message")
                            .asText());
            assertEquals("cleared by " + ProcessHandle.current().pid(),
                    client.call("clear-statistics", JsonRpc.object()).path("result").path("text").asText());
        }
    }

    @Test
    void onlyTheOwnerAndTheGroupMayConnect() throws IOException {
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    }

    @Test
    void whatCannotBeBoundCanBeTriedAgain() throws IOException {
        server.close();
        Path missing = directory.resolve("missing");
        ControlServer late = serverAt(missing.resolve("control.sock"), LIMITS);
        assertThrows(IOException.class, late::start);
        Files.createDirectory(missing);
        late.start();
        assertTrue(Files.exists(missing.resolve("control.sock")));
        late.close();
        late.start();
        assertFalse(Files.exists(missing.resolve("control.sock")), "nothing is served after the end");
    }

    @Test
    void reloadIsSubmittedWithTheCallersUidAndPid() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            ObjectNode done = client.call("reload", JsonRpc.object());
            assertEquals("configuration loaded: 2 instances", done.path("result").path("text").asText());
            assertEquals(ProcessHandle.current().pid(), commands.get(0).pid());
            assertEquals(0, commands.get(0).uid());

            reply = new Reply(false, "f:1:2: error: expected 1 to 255");
            JsonNode refused = client.call("reload", JsonRpc.object()).path("error");
            assertEquals(ControlProtocol.REFUSED, refused.path("code").asInt());
            assertEquals("f:1:2: error: expected 1 to 255", refused.path("message").asText());
        }
    }

    @Test
    void theLogLevelIsSubmittedWithTheCallersUidAndOnlyWhenItIsOne() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            reply = new Reply(true, "debug");
            ObjectNode done = client.call("log-level", JsonRpc.object().put("level", "debug"));
            assertEquals("debug", done.path("result").path("text").asText());
            assertEquals(List.of("log-level", "debug"), List.of(commands.get(0).verb(), commands.get(0).argument()));
            assertEquals(0, commands.get(0).uid());
            client.call("log-level", JsonRpc.object());
            assertEquals("", commands.get(1).argument(), "which only asks");
            JsonNode refused = client.call("log-level", JsonRpc.object().put("level", "loud")).path("error");
            assertEquals(ControlProtocol.INVALID_PARAMS, refused.path("code").asInt());
            assertEquals(2, commands.size());
        }
    }

    @Test
    void anUnknownMethodAndBadParametersAreErrorsAndNotTheEnd() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            for (int i = 0; i < 5; i++) {
                assertEquals(ControlProtocol.METHOD_NOT_FOUND,
                        client.call("reboot", JsonRpc.object()).path("error").path("code").asInt());
            }
            assertEquals(ControlProtocol.INVALID_PARAMS,
                    client.call("events", JsonRpc.object().put("last", 1_000_000)).path("error").path("code").asInt());
            assertTrue(client.call("status", JsonRpc.object()).has("result"));
        }
    }

    @Test
    void tenThousandMessagesOfGarbageAreRefusedAndTheServerServesOn() throws Exception {
        int refused = 0;
        while (refused < 10_000) {
            try (TestClient client = new TestClient(socket)) {
                for (int i = 0; i < LIMITS.messages().errors(); i++) {
                    client.send(refused % 2 == 0 ? "\u0000{]" + refused : "[" + refused + "]");
                    assertTrue(client.read().path("error").path("code").asInt() < 0);
                    refused++;
                }
                assertTrue(client.isClosed());
            }
        }
        await("all connections are let go", () -> server.connections() == 0);
        answersStatusAndVersion();
    }

    @Test
    void aLineWithoutAnEndIsCutAtTheLimit() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            byte[] megabyte = new byte[1024 * 1024];
            Arrays.fill(megabyte, (byte) 'x');
            long sent = 0;
            try {
                for (; sent < 1024; sent++) {
                    client.sendBytes(megabyte);
                }
            } catch (IOException brokenPipe) {
                assertTrue(sent < 16, "cut after " + sent + " MiB");
            }
            assertTrue(sent < 1024, "a GiB was taken");
        }
        answersStatusAndVersion();
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(new TestClient(socket));
            int expected = Math.min(i + 1, LIMITS.connections().all());
            if (i >= LIMITS.connections().all()) {
                assertEquals(ControlProtocol.TOO_MANY_CONNECTIONS,
                        clients.get(i).read().path("error").path("code").asInt());
                clients.get(i).close();
            } else {
                assertTrue(clients.get(i).call("status", JsonRpc.object()).has("result"));
                assertEquals(expected, server.connections());
            }
        }
        for (TestClient client : clients) {
            client.close();
        }
        await("all connections are let go", () -> server.connections() == 0);
    }

    @Test
    void anIdleClientIsDisconnectedAndAFollowerIsNot() throws Exception {
        start(limits(Duration.ofMillis(50)));
        try (TestClient follower = new TestClient(socket); TestClient idle = new TestClient(socket)) {
            assertTrue(follower.call("events", JsonRpc.object().put("follow", true)).has("result"));
            assertTrue(idle.isClosed());
            await("one is left", () -> server.connections() == 1);
            events.note(1, "still here");
            assertEquals("configuration loaded: still here",
                    follower.read().path("params").path("text").asText());
        }
    }

    @Test
    void aClientThatAsksAndNeverReadsIsHeldBackAndOthersAreServed() throws Exception {
        TestClient greedy = new TestClient(socket);
        Thread asking = new Thread(() -> {
            try {
                for (int i = 0; i < 1_000_000; i++) {
                    greedy.send(JsonRpc.request(i, "status", JsonRpc.object()));
                }
            } catch (IOException closed) {
                return;
            }
        });
        asking.start();
        for (int i = 0; i < 100; i++) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), this::answersStatusAndVersion);
        }
        assertTrue(asking.isAlive(), "a million answers would have been stored");
        greedy.close();
        asking.join();
    }

    @Test
    void statusThatNeverComesIsAnErrorOnlyForWhoWaits() throws Exception {
        status = new CompletableFuture<>();
        try (TestClient waiting = new TestClient(socket); TestClient other = new TestClient(socket)) {
            waiting.send(JsonRpc.request(1, "status", JsonRpc.object()));
            assertTrue(other.call("version", JsonRpc.object()).has("result"));
            assertTrue(waiting.read().path("error").path("message").asText().contains("no answer in time"));
        }
    }

    @Test
    void aFollowerGetsWhatComesInOrder() throws Exception {
        try (TestClient follower = new TestClient(socket)) {
            JsonNode answer = follower.call("events", JsonRpc.object().put("follow", true));
            assertEquals(1, answer.path("result").path("damage").size(), "there is no journal yet: " + answer);
            for (int i = 1; i <= 50; i++) {
                events.note(i, "number " + i);
            }
            for (int i = 1; i <= 50; i++) {
                JsonNode line = follower.read().path("params");
                assertEquals(i, line.path("sequence").asInt());
                assertEquals("note", line.path("kind").asText());
            }
            assertEquals(ControlProtocol.REFUSED, follower.call("events", JsonRpc.object().put("follow", true))
                    .path("error").path("code").asInt());
        }
        await("the subscription is closed", events.handlers::isEmpty);
    }

    @Test
    void aSlowFollowerLosesLinesAndIsToldHowMany() throws Exception {
        int sent = 5000;
        try (TestClient follower = new TestClient(socket)) {
            follower.call("events", JsonRpc.object().put("follow", true));
            String text = "x".repeat(2000);
            for (int i = 1; i <= sent; i++) {
                events.note(i, text);
            }
            long told = 0;
            long lost = 0;
            long last = 0;
            while (told + lost < sent) {
                ObjectNode message = follower.read();
                if (message.path("method").asText().equals(ControlProtocol.LOST)) {
                    lost += message.path("params").path("records").asLong();
                } else {
                    long sequence = message.path("params").path("sequence").asLong();
                    assertEquals(told + lost + 1, sequence, "the loss is told where it is");
                    last = sequence;
                    told++;
                }
            }
            assertEquals(sent, told + lost);
            assertTrue(lost > 0 && told >= LIMITS.memory().followRecords(),
                    told + " told, " + lost + " lost, last " + last);
        }
    }

    @Test
    void faultsWithoutAJournalAreRefusedInWords() throws Exception {
        try (TestClient client = new TestClient(socket)) {
            JsonNode error = client.call("faults", JsonRpc.object()).path("error");
            assertEquals(ControlProtocol.REFUSED, error.path("code").asInt());
            assertTrue(error.path("message").asText().startsWith("Expected a journal in "), error.toString());
        }
    }

    @Test
    void aSocketThatCannotBeBoundIsSaid() {
        ControlServer other = serverAt(directory.resolve("none/control.sock"), LIMITS);
        String message = assertThrows(IOException.class, other::start).getMessage();
        assertTrue(message.startsWith("Expected to listen on " + directory), message);
    }
}
