package org.vrrpd.daemon.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.FaultView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.Family;

@Timeout(60)
class ServiceManagerTest {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private UnixDatagramChannel systemd;
    private ServiceManager manager;
    private volatile CoreView view;
    private volatile boolean hung;

    @BeforeEach
    void listen() throws IOException {
        systemd = UnixDatagramChannel.open();
        systemd.bind(new UnixSocketAddress(directory.resolve("notify").toString()));
    }

    @AfterEach
    void close() throws IOException {
        if (manager != null) {
            manager.close();
        }
        systemd.close();
    }

    private void start(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("NOTIFY_SOCKET", directory.resolve("notify").toString());
        manager = ServiceManager.of(environment, 42, log::add);
        manager.start(loaded, () -> CompletableFuture.completedFuture(view), question -> {
            if (!hung) {
                question.run();
            }
        });
    }

    private String receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        systemd.receive(buffer);
        buffer.flip();
        return StandardCharsets.UTF_8.decode(buffer).toString();
    }

    /** Takes a message, if there is one; the library throws EAGAIN where the JDK would return null. */
    private boolean waits() {
        try {
            systemd.receive(ByteBuffer.allocate(4096));
            return true;
        } catch (IOException nothing) {
            return false;
        }
    }

    private static CoreView view(long startupUntil, RouterState... states) {
        List<InstanceView> instances = new ArrayList<>();
        for (RouterState state : states) {
            List<FaultView> faults = state != RouterState.FAULT ? List.of()
                    : List.of(new FaultView(FaultReason.NO_CARRIER, "eno1", "", 5 * SECOND, 7));
            instances.add(new InstanceView("VI_" + instances.size(), state, SECOND, 1, "", "eno1", 51, Family.IPV4, 3,
                    100, 100, SECOND, List.of(), faults, "", null, 0, 0, null, List.of(), null));
        }
        return new CoreView("gw1", SECOND, 9 * SECOND, 99, instances, List.of(), List.of(), Configuration.EMPTY,
                startupUntil);
    }

    private void changed() {
        manager.report(EffectKind.REPORT_TRANSITION, ByteBuffer.allocate(0), 0, 0, 0, 0);
    }

    @Test
    @DisplayName("ready when the states are known and the control socket listens; then each change, once")
    void readyAndStatus() throws IOException {
        view = view(0, RouterState.INIT);
        start(Map.of());
        manager.controlListens();
        loaded.complete(null);
        view = view(0, RouterState.BACKUP, RouterState.FAULT, RouterState.MASTER);
        assertEquals("READY=1\nSTATUS=1 MASTER, 1 BACKUP, 1 FAULT: VI_1: no carrier on eno1\n", receive());
        changed(); // nothing that the line shows
        view = view(0, RouterState.MASTER);
        changed();
        changed();
        assertEquals("STATUS=1 MASTER\n", receive());
        manager.reloadBegan();
        manager.reloadEnded();
        assertTrue(receive().matches("RELOADING=1\nMONOTONIC_USEC=\\d+\n"));
        assertEquals("READY=1\n", receive());
        manager.stopping();
        assertEquals("STOPPING=1\n", receive());
        assertEquals(List.of(), log);
    }

    @Test
    @DisplayName("a start-up delay is a known state, and the status says how long it lasts")
    void startupDelay() throws IOException {
        view = view(21 * SECOND, RouterState.INIT, RouterState.INIT);
        start(Map.of());
        manager.controlListens();
        loaded.complete(null);
        assertEquals("READY=1\nSTATUS=2 INIT; vrrp_startup_delay: none acts for 12 s\n", receive());
    }

    @Test
    @DisplayName("a stop before it was ready is no failure to start: two messages, since of two words the last counts")
    void stopBeforeReady() throws IOException {
        start(Map.of());
        manager.stopping();
        assertEquals("READY=1\n", receive());
        assertEquals("STOPPING=1\n", receive());
    }

    @Test
    @DisplayName("the watchdog is fed three times an interval while the protocol thread answers, and not when it hangs")
    void watchdog() throws IOException, InterruptedException {
        view = view(0, RouterState.MASTER);
        start(Map.of("WATCHDOG_USEC", "600000", "WATCHDOG_PID", "42"));
        manager.controlListens();
        loaded.complete(null);
        receive();
        long before = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            assertEquals("WATCHDOG=1\n", receive());
        }
        // the first may have waited for us, and the clock began a little late
        assertTrue(System.nanoTime() - before >= 2 * 200_000_000L, "not asked for that often");
        hung = true;
        while (log.isEmpty()) {
            Thread.sleep(10);
        }
        systemd.configureBlocking(false);
        while (waits()) {
            // sent before it hung
        }
        Thread.sleep(700);
        assertFalse(waits());
        assertEquals(List.of("the protocol thread does not answer; systemd will restart the service"), log);
    }

    @Test
    @DisplayName("a watchdog that is meant for another process is not fed")
    void watchdogOfAnother() throws IOException, InterruptedException {
        view = view(0, RouterState.MASTER);
        start(Map.of("WATCHDOG_USEC", "100000", "WATCHDOG_PID", "41"));
        manager.controlListens();
        loaded.complete(null);
        assertEquals("READY=1\nSTATUS=1 MASTER\n", receive());
        systemd.configureBlocking(false);
        Thread.sleep(300);
        assertFalse(waits());
    }
}
