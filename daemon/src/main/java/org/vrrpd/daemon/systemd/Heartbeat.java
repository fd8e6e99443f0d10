package org.vrrpd.daemon.systemd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Asks the protocol thread whether it is alive, three times in the watchdog's interval. What it does not answer is not
 * asked again: then systemd hears nothing more, and restarts the service. Belongs to the thread of the service.
 */
final class Heartbeat {

    /** For tests: while this file exists, the protocol thread blocks for ever where it should answer. */
    private static final String BLOCK_FILE = System.getProperty("vrrpd.test.block");
    private static final int ASKED_EACH_INTERVAL = 3;

    private final long intervalNanos;
    private final Thread service;
    private final Consumer<Runnable> loop;
    private final Runnable question = this::answer;
    private boolean asked;
    private boolean complained;
    private long askedAt;
    private volatile boolean answered;

    /**
     * @param intervalNanos within which systemd wants to hear; 0: it does not
     * @param service woken up by answers
     * @param loop runs a question on the protocol thread
     */
    Heartbeat(long intervalNanos, Thread service, Consumer<Runnable> loop) {
        this.intervalNanos = intervalNanos;
        this.service = service;
        this.loop = loop;
    }

    /** True when the protocol thread has answered since this was last asked. */
    boolean beats(long now, Consumer<String> log) {
        if (intervalNanos == 0) {
            return false;
        }
        if (answered) {
            answered = false;
            asked = false;
            return true;
        }
        if (!asked && (askedAt == 0 || now - askedAt >= intervalNanos / ASKED_EACH_INTERVAL)) {
            asked = true;
            askedAt = now;
            loop.accept(question);
        } else if (asked && !complained && now - askedAt >= intervalNanos / ASKED_EACH_INTERVAL) {
            complained = true;
            log.accept("the protocol thread does not answer; systemd will restart the service");
        }
        return false;
    }

    /** When to look again; an answer comes on its own. */
    long nanosLeft(long now) {
        if (intervalNanos == 0 || asked && complained) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, askedAt + intervalNanos / ASKED_EACH_INTERVAL - now);
    }

    /** On the protocol thread. */
    private void answer() {
        if (BLOCK_FILE != null && Files.exists(Path.of(BLOCK_FILE))) {
            while (true) {
                LockSupport.parkNanos(Long.MAX_VALUE);
            }
        }
        answered = true;
        LockSupport.unpark(service);
    }
}
