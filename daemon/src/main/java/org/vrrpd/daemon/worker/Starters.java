package org.vrrpd.daemon.worker;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Threads that start scripts. One does, as long as starting is quick; a start that hangs (in a file system that does
 * not answer) gets others beside it. They never end: the kernel takes the end of the thread that started a script for
 * the death of the daemon.
 */
final class Starters {

    static final long PATIENCE_NANOS = 200_000_000L;
    private static final int MOST = 32;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lastTaken = new AtomicLong(System.nanoTime());
    private final Consumer<String> failed;
    private int threads;

    Starters(Consumer<String> failed) {
        this.failed = failed;
    }

    /** For one thread, like {@link #relieve}. */
    void execute(Runnable start) {
        if (waiting.getAndIncrement() == 0) {
            lastTaken.set(System.nanoTime());
        }
        queue.add(start);
        if (threads == 0) {
            addThread();
        }
    }

    /** True when there are starts that nobody has begun with: then {@link #relieve} is to be called now and then. */
    boolean isWaiting() {
        return waiting.get() > 0;
    }

    /** Adds a thread when none has begun with a start for long, though there was one. */
    void relieve(long now) {
        if (isWaiting() && now - lastTaken.get() >= PATIENCE_NANOS && threads < MOST) {
            lastTaken.set(now);
            addThread();
        }
    }

    int threads() {
        return threads;
    }

    private void addThread() {
        threads++;
        Thread thread = new Thread(this::work, "script-start-" + threads);
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        while (true) {
            try {
                Runnable next = queue.take();
                waiting.decrementAndGet();
                lastTaken.set(System.nanoTime());
                next.run();
            } catch (InterruptedException e) {
                continue; // nobody may end this thread
            } catch (RuntimeException | Error e) {
                failed.accept("a script was not started: " + e);
            }
        }
    }
}
