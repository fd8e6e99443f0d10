package org.vrrpd.daemon.systemd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vrrpd.daemon.linux.UnixDatagram;
import org.vrrpd.daemon.output.ReportListener;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.effect.EffectKind;

/**
 * Speaks sd_notify, on a thread of its own; without NOTIFY_SOCKET it does nothing. Whoever calls it never waits. The
 * library that sends is loaded with the first message, after the first states are known.
 */
public final class ServiceManager implements ReportListener, AutoCloseable {

    private static final long SECOND = 1_000_000_000L;
    /** Between two pictures: each costs the protocol thread some time. */
    private static final long PICTURE_NANOS = 200_000_000L;
    private static final long RETRY_NANOS = SECOND;
    /** A control socket that cannot be bound is told in the log; no reason to be killed for being slow to start. */
    private static final long CONTROL_NANOS = 10 * SECOND;
    private static final long CLOSE_MILLIS = 500;
    private static final String READY = "READY=1\n";
    private static final String STOPPING = "STOPPING=1\n";

    private final String socket;
    private final long watchdogNanos;
    private final Consumer<String> log;
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "systemd");
    private CompletableFuture<Void> firstStates;
    private Supplier<CompletableFuture<CoreView>> views;
    private Heartbeat heartbeat;
    private UnixDatagram datagrams;
    private String told = "";
    private boolean complained;
    private boolean asking;
    private long askedAt;
    private long retryAt;
    private long statesKnownAt;
    private volatile boolean changed = true;
    private volatile CoreView picture;
    private volatile boolean controlListens;
    private volatile boolean ready;
    private volatile boolean stopping;
    private volatile boolean closing;

    private ServiceManager(String socket, long watchdogNanos, Consumer<String> log) {
        this.socket = socket;
        this.watchdogNanos = watchdogNanos;
        this.log = log;
        thread.setDaemon(true);
    }

    /** From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. */
    public static ServiceManager of(Map<String, String> environment, long processId, Consumer<String> log) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean watched = pid.isEmpty() || pid.equals(Long.toString(processId));
        long micros = 0;
        try {
            micros = watched ? Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")) : 0;
        } catch (NumberFormatException e) {
            log.accept("Expected microseconds in WATCHDOG_USEC, but found " + environment.get("WATCHDOG_USEC"));
        }
        return new ServiceManager(
                environment.get("NOTIFY_SOCKET"), TimeUnit.MICROSECONDS.toNanos(Math.max(0, micros)), log);
    }

    /** For a process that ends at once: it did start, and this is what there is to say of it. */
    public static void tellEnd(Map<String, String> environment, String status, Consumer<String> log) {
        ServiceManager manager = of(environment, 0, log);
        if (manager.socket != null) {
            manager.messages.add(READY + "STATUS=" + status + "\n");
            manager.deliver(System.nanoTime());
            manager.disconnect();
        }
    }

    /**
     * @param firstStates completes when the configuration was applied
     * @param views asks the protocol thread how things stand
     * @param loop runs something on the protocol thread
     */
    public void start(
            CompletableFuture<Void> firstStates, Supplier<CompletableFuture<CoreView>> views,
            Consumer<Runnable> loop) {
        this.firstStates = firstStates;
        this.views = views;
        this.heartbeat = new Heartbeat(watchdogNanos, thread, loop);
        if (socket != null) {
            thread.start();
        }
    }

    @Override
    public void report(
            EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long sequence, long coreNanos) {
        if (kind != EffectKind.REPORT_NOTE) {
            lookAgain();
        }
    }

    public void controlListens() {
        controlListens = true;
        LockSupport.unpark(thread);
    }

    public void reloadBegan() {
        if (ready) { // the clock of System.nanoTime() is the one that systemd means
            tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000 + "\n");
        }
    }

    /** Refused or not: the service runs. */
    public void reloadEnded() {
        if (ready) {
            tell(READY);
        }
        lookAgain();
    }

    /** A stop that comes before the service was ready is a clean end, too, and no failure to start. */
    public void stopping() {
        stopping = true;
        if (!ready) { // a message of its own: of two such words in one, the last alone counts
            tell(READY);
        }
        tell(STOPPING);
    }

    /** Sends what waits, but does not wait long for that. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAgain() {
        changed = true;
        LockSupport.unpark(thread);
    }

    private void tell(String message) {
        if (socket != null) {
            messages.add(message);
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        firstStates.whenComplete((done, failure) -> LockSupport.unpark(thread));
        while (true) {
            boolean last = closing; // before delivering, so that what was told before closing is sent
            long now = System.nanoTime();
            deliver(now);
            if (last) {
                disconnect();
                return;
            }
            if (firstStates.isDone() && !stopping) {
                look(now);
                tellPicture(now);
                if (ready && heartbeat.beats(now, log)) {
                    send("WATCHDOG=1\n", now);
                }
            }
            if (!closing && messages.isEmpty() || retryAt > now) {
                LockSupport.parkNanos(this, Math.min(SECOND, Math.max(1, nanosLeft(now))));
            }
        }
    }

    private long nanosLeft(long now) {
        long left = ready ? heartbeat.nanosLeft(now) : PICTURE_NANOS;
        return changed ? Math.min(left, Math.max(0, askedAt + PICTURE_NANOS - now)) : left;
    }

    /** Many changes are one picture. */
    private void look(long now) {
        if (changed && !asking && (askedAt == 0 || now - askedAt >= PICTURE_NANOS)) {
            changed = false;
            asking = true;
            askedAt = now;
            views.get().whenComplete((view, failure) -> {
                picture = view;
                LockSupport.unpark(thread);
            });
        }
    }

    private void tellPicture(long now) {
        CoreView view = picture;
        if (view == null) {
            return;
        }
        asking = false;
        if (!ready) {
            becomeReady(view, now);
            return;
        }
        picture = null;
        String status = ServiceStatus.line(view);
        if (!messages.isEmpty()) {
            changed = true; // systemd does not listen now: later, the last picture alone
        } else if (!status.equals(told)) {
            told = status;
            messages.add("STATUS=" + status + "\n");
            deliver(now);
        }
    }

    private void becomeReady(CoreView view, long now) {
        if (!ServiceStatus.isKnown(view)) {
            picture = null;
            changed = true;
            return;
        }
        statesKnownAt = statesKnownAt == 0 ? now : statesKnownAt;
        if (changed && now - askedAt >= PICTURE_NANOS) {
            picture = null; // it is no longer so
        } else if (controlListens || now - statesKnownAt >= CONTROL_NANOS) {
            picture = null;
            told = ServiceStatus.line(view);
            messages.add(READY + "STATUS=" + told + "\n");
            ready = true;
            deliver(now);
        }
    }

    /** In order: what cannot be sent now is sent again, and nothing overtakes it. */
    private void deliver(long now) {
        while (retryAt <= now && !messages.isEmpty() && send(messages.peek(), now)) {
            messages.remove();
        }
    }

    private boolean send(String message, long now) {
        try {
            if (datagrams == null) {
                datagrams = new UnixDatagram(socket);
            }
            datagrams.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
            retryAt = 0;
            return true;
            // whatever it is: without this thread the watchdog would restart a daemon that works
        } catch (IOException | RuntimeException | LinkageError e) {
            if (!complained) {
                complained = true;
                log.accept("systemd is not told how the service stands: " + e.getMessage());
            }
            retryAt = now + RETRY_NANOS;
            return false;
        }
    }

    private void disconnect() {
        try {
            if (datagrams != null) {
                datagrams.close();
            }
        } catch (IOException e) {
            return; // the process ends
        }
    }
}
