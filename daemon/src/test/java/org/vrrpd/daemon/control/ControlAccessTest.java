package org.vrrpd.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.daemon.control.CommandSink.Command;
import org.vrrpd.daemon.control.CommandSink.Reply;
import org.vrrpd.daemon.runtime.ControlSockets;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.dump.DumpKind;

/** Who may what on the control socket, and what nobody may do to others. */
@Timeout(60)
class ControlAccessTest {

    private static final int NETOPS = 990;
    private static final ControlLimits LIMITS = limits(new ControlLimits.Rates(10_000, 1000, 10_000, 1), 8_000_000);

    @TempDir
    private Path directory;
    private final Claimed sockets = new Claimed(0);
    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<EventSource.RecordHandler> followers = new CopyOnWriteArrayList<>();
    private volatile String dump = "a dump";
    private ControlServer server;

    private static ControlLimits limits(ControlLimits.Rates rates, long unreadBytes) {
        return new ControlLimits(
                new ControlLimits.Connections(10, 8, 6, 4, 10_000),
                new ControlLimits.Messages(64 * 1024, 3, Duration.ofMillis(300), Duration.ofSeconds(30)),
                rates, new ControlLimits.Memory(unreadBytes, 4096, 10_000));
    }

    private void start(String adminGroup, ControlLimits limits) throws IOException {
        Access access = new Access(sockets, adminGroup, log::add);
        Instant now = Instant.parse("2026-11-22T14:34:10Z");
        Status status = new Status("b", 42, "gw1", now, now, List.of(), List.of(),
                new Status.Journal(true, now, 1, 2, 0, "/journal", ""));
        server = new ControlServer(
                new SocketFile(directory.resolve("c.sock"), null, sockets, access, log::add),
                new ControlServer.Sources(() -> CompletableFuture.completedFuture(status), command -> {
                    commands.add(command);
                    return CompletableFuture.completedFuture(new Reply(true, "done"));
                }, eventSource(), dumpSource(), "b", refusals::add),
                sockets, access, limits, log::add);
        server.start();
    }

    private EventSource eventSource() {
        return new EventSource() {
            @Override
            public Path journalDirectory() {
                return directory.resolve("journal");
            }

            @Override
            public Subscription subscribe(RecordHandler handler) {
                followers.add(handler);
                return () -> followers.remove(handler);
            }
        };
    }

    private DumpSource dumpSource() {
        return new DumpSource() {
            @Override
            public CompletableFuture<String> dump(DumpKind kind) {
                return CompletableFuture.completedFuture(dump);
            }

            @Override
            public CompletableFuture<String> clearStatistics(int uid, int pid) {
                commands.add(new Command("clear-statistics", "", uid, pid));
                return CompletableFuture.completedFuture("cleared");
            }
        };
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient connect(int uid, int gid) throws IOException {
        int before = sockets.asked.get();
        sockets.as(uid, gid);
        TestClient client = new TestClient(directory.resolve("c.sock"));
        await("accepted", () -> sockets.asked.get() > before);
        return client;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private ObjectNode ask(int uid, int gid, String method) throws Exception {
        try (TestClient client = connect(uid, gid)) {
            return client.call(method, JsonRpc.object().put("path", "/etc/vrrpd/vrrpd.conf"));
        }
    }

    private void assertRefused(int uid, int gid, String method, String needs) throws Exception {
        int before = commands.size();
        JsonNode error = ask(uid, gid, method).path("error");
        assertEquals(ControlProtocol.NOT_PERMITTED, error.path("code").asInt(), error.toString());
        assertTrue(error.path("message").asText().startsWith("you are uid " + uid + ": " + method + " " + needs + ";"),
                error.toString());
        assertEquals(uid, error.path("data").path("uid").asInt());
        assertEquals(needs, error.path("data").path("needs").asText());
        assertEquals(before, commands.size(), "nothing was done");
    }

    @Test
    void whoeverConnectsMayLookAndChangeNothing() throws Exception {
        start("", LIMITS);
        for (String method : List.of("status", "version", "dump")) {
            assertTrue(ask(1000, 1000, method).has("result"), method);
        }
        for (String method : List.of("reload", "check", "clear-statistics")) {
            assertRefused(1000, 1000, method, "needs root");
            assertTrue(ask(0, 0, method).has("result"), method);
        }
        assertEquals(3, commands.size());
        assertEquals(List.of("reload", "check", "clear-statistics"),
                refusals.stream().map(Refusal::verb).toList());
        assertEquals(1000, refusals.get(0).uid());
    }

    @Test
    void aDryRunReadsFilesAsTheDaemonAndIsAChange() throws Exception {
        start("", LIMITS);
        try (TestClient client = connect(1000, 1000)) {
            assertEquals(ControlProtocol.NOT_PERMITTED,
                    client.call("reload", JsonRpc.object().put("dryRun", true)).path("error").path("code").asInt());
        }
        assertEquals(List.of(), commands);
    }

    @Test
    void theDaemonsOwnUserIsNobodySpecial() throws Exception {
        start("", LIMITS);
        int own = sockets.ownUid() == 0 ? 12345 : sockets.ownUid();
        assertRefused(own, own, "reload", "needs root");
    }

    @Test
    void membersOfTheAdminGroupMayByEitherKindOfMembership() throws Exception {
        sockets.groups.put("netops", NETOPS);
        start("netops", LIMITS);
        assertRefused(1000, 1000, "reload", "needs root or the group netops");
        assertTrue(ask(1000, NETOPS, "reload").has("result"));
        sockets.supplementary.add(NETOPS);
        assertTrue(ask(1000, 1000, "reload").has("result"));
        assertEquals(List.of("control: root and the group netops (gid 990) may change something"), log);
    }

    @Test
    void aGroupThatIsMissingIsSaidAndFoundAtTheNextReload() throws Exception {
        start("netops", LIMITS);
        assertTrue(log.get(0).startsWith("control: there is no group netops: only root may change"), log.toString());
        sockets.groups.put("netops", NETOPS);
        assertRefused(1000, NETOPS, "reload", "needs root");
        assertTrue(ask(0, 0, "reload").has("result"));
        assertTrue(ask(1000, NETOPS, "reload").has("result"));
        sockets.groups.clear();
        assertTrue(ask(0, 0, "reload").has("result"));
        assertRefused(1000, NETOPS, "reload", "needs root");
    }

    @Test
    void theKernelTellsWhoConnectsAndItsGroups() throws Exception {
        ControlSockets kernel = new ControlSockets();
        List<Object> told = new CopyOnWriteArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (String group : new String(new ProcessBuilder("id", "-G").start().getInputStream().readAllBytes())
                .strip().split(" ")) {
            groups.add(Integer.parseInt(group));
        }
        Access access = new Access(kernel, "", log::add);
        ControlServer real = new ControlServer(
                new SocketFile(directory.resolve("real.sock"), null, kernel, access, log::add),
                new ControlServer.Sources(null, null, null, null, "b", refusals::add),
                new UnixSocketsWatcher(told, groups), access, LIMITS, log::add);
        real.start();
        try (TestClient client = new TestClient(directory.resolve("real.sock"))) {
            assertTrue(client.call("version", JsonRpc.object()).has("result"));
        }
        real.close();
        start("", LIMITS);
        assertEquals(ProcessHandle.current().pid(), ((UnixSockets.Peer) told.get(0)).pid());
        assertEquals(kernel.ownUid(), ((UnixSockets.Peer) told.get(0)).uid());
        assertEquals(List.of(false), told.subList(told.size() - 1, told.size()), "of a group that nobody has");
    }

    /** Asks the kernel about each of our own groups, as it does about others', and about one that we are not in. */
    private record UnixSocketsWatcher(List<Object> told, List<Integer> own) implements UnixSockets {

        @Override
        public Peer peer(int fd) throws IOException {
            ControlSockets kernel = new ControlSockets();
            Peer peer = kernel.peer(fd);
            told.add(peer);
            for (int gid : own) {
                assertTrue(gid == peer.gid() || kernel.isMember(fd, gid), "group " + gid);
            }
            told.add(kernel.isMember(fd, 0x7654321));
            return peer;
        }

        @Override
        public boolean isMember(int fd, int gid) throws IOException {
            return new ControlSockets().isMember(fd, gid);
        }

        @Override
        public void bindForNobody(int fd) throws IOException {
            new ControlSockets().bindForNobody(fd);
        }

        @Override
        public Integer group(String name) throws IOException {
            return new ControlSockets().group(name);
        }

        @Override
        public int ownUid() {
            return new ControlSockets().ownUid();
        }
    }

    @Test
    void readersCannotLockOutAdminsNorBothRoot() throws Exception {
        sockets.groups.put("netops", NETOPS);
        start("netops", LIMITS);
        List<TestClient> clients = new ArrayList<>();
        for (int uid : List.of(1000, 1000, 1000, 1000, 1001, 1001)) {
            clients.add(connect(uid, uid));
        }
        for (int uid : List.of(1000, 1001)) {
            try (TestClient turnedAway = connect(uid, uid)) {
                assertEquals(ControlProtocol.TOO_MANY_CONNECTIONS,
                        turnedAway.read().path("error").path("code").asInt());
                assertTrue(turnedAway.isClosed());
            }
        }
        clients.add(connect(2000, NETOPS));
        clients.add(connect(2000, NETOPS));
        assertTrue(ask(0, 0, "status").has("result"));
        for (TestClient client : clients) {
            client.close();
        }
        await("all are let go", () -> server.connections() == 0);
    }

    @RepeatedTest(20) // the end of the input and the answers race
    void whoClosesItsSideStillGetsItsAnswers() throws Exception {
        start("", LIMITS);
        try (TestClient client = connect(0, 0)) {
            for (int i = 0; i < 3; i++) {
                client.send(JsonRpc.request(i, "status", JsonRpc.object()));
            }
            client.closeOutput();
            for (int i = 0; i < 3; i++) {
                assertEquals(i, client.read().path("id").asInt());
            }
            assertTrue(client.isClosed());
        }
    }

    @Test
    void aLineThatComesByteByByteIsNotWaitedFor() throws Exception {
        start("", LIMITS);
        try (TestClient client = connect(1000, 1000)) {
            assertTrue(client.call("version", JsonRpc.object()).has("result"));
            long begun = System.nanoTime();
            String line = JsonRpc.request(1, "version", JsonRpc.object());
            for (int i = 0; i < line.length() && server.connections() > 0; i++) {
                client.sendBytes(line.substring(i, i + 1).getBytes());
                Thread.sleep(50);
            }
            String message = client.read().path("error").path("message").asText();
            assertTrue(message.startsWith("Expected the end of a message"), message);
            assertTrue(client.isClosed());
            assertTrue(System.nanoTime() - begun < 2_000_000_000L, "it took the whole line");
        } catch (IOException brokenPipe) {
            assertEquals(0, server.connections());
        }
    }

    @Test
    void requestsInAHurryAreAnsweredLaterAndAllAreAnswered() throws Exception {
        start("", limits(new ControlLimits.Rates(50, 10, 10_000, 1), 8_000_000));
        try (TestClient hasty = connect(1000, 1000); TestClient other = connect(1001, 1001)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 60; i++) {
                hasty.send(JsonRpc.request(i, "version", JsonRpc.object()));
            }
            assertTrue(other.call("version", JsonRpc.object()).has("result"));
            assertTrue(System.nanoTime() - begun < 900_000_000L, "one waits for the other");
            for (int i = 0; i < 60; i++) {
                assertEquals(i, hasty.read().path("id").asInt());
            }
            assertTrue(System.nanoTime() - begun >= 950_000_000L, "faster than the limit");
        }
    }

    @Test
    void readersTogetherHaveAPaceAndRootIsNotHeldUpByIt() throws Exception {
        start("", limits(new ControlLimits.Rates(1000, 1000, 20, 1), 8_000_000));
        try (TestClient first = connect(1000, 1000); TestClient root = connect(0, 0)) {
            for (int i = 0; i < 60; i++) {
                first.send(JsonRpc.request(i, "version", JsonRpc.object()));
            }
            assertTrue(first.read().has("result"));
            long begun = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertTrue(root.call("version", JsonRpc.object()).has("result"));
            }
            assertTrue(System.nanoTime() - begun < 1_500_000_000L);
            for (int i = 1; i < 60; i++) {
                assertEquals(i, first.read().path("id").asInt());
            }
            assertTrue(System.nanoTime() - begun > 1_500_000_000L, "60 of 20 a second");
        }
    }

    @Test
    void whoLeavesMuchUnreadIsDisconnectedAndTheOthersAreServed() throws Exception {
        start("", limits(new ControlLimits.Rates(10_000, 1000, 10_000, 1), 3_000_000));
        dump = "x".repeat(1_200_000);
        List<TestClient> stalled = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestClient client = connect(1000 + i, 1000 + i);
            client.send(JsonRpc.request(1, "dump", JsonRpc.object()));
            stalled.add(client);
        }
        await("two at most can be stalled", () -> server.connections() <= 2);
        assertTrue(log.stream().anyMatch(line -> line.matches(
                "control: disconnecting uid 100[0-3], pid \\d+, which left \\d+ bytes unread")), log.toString());
        try (TestClient reading = connect(1009, 1009)) {
            for (int i = 0; i < 20; i++) {
                assertEquals(1_200_000, reading.call("dump", JsonRpc.object()).path("result").path("text").asText()
                        .length());
            }
        }
        for (TestClient client : stalled) {
            client.close();
        }
        await("all are let go", () -> server.connections() == 0);
    }

    @Test
    void whatWaitsForAFollowerIsBoundedInBytes() throws Exception {
        start("", LIMITS);
        try (TestClient follower = connect(1000, 1000)) {
            assertTrue(follower.call("events", JsonRpc.object().put("follow", true)).has("result"));
            ByteBuffer record = ByteBuffer.allocate(4000);
            for (int i = 0; i < 100_000; i++) {
                followers.get(0).onRecord(record, 0, record.capacity());
            }
            ObjectNode message = follower.read();
            while (!message.path("method").asText().equals(ControlProtocol.LOST)) {
                message = follower.read();
            }
            assertFalse(message.path("params").path("records").asLong() == 0);
        }
    }
}
