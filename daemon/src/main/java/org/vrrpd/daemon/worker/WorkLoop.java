package org.vrrpd.daemon.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.Epoll;
import org.vrrpd.daemon.linux.EventFd;
import org.vrrpd.daemon.linux.NativeCallException;

/**
 * A thread of ordinary priority that does tasks, reads descriptors and keeps times. All state of a worker belongs to
 * its thread; handing over a task takes no lock. No failure ends the thread.
 */
abstract class WorkLoop {

    /** {@link #nextNanos}: nothing is due. */
    static final long NEVER = Long.MAX_VALUE;
    private static final long WAKE_UP = -1;
    private static final long MILLISECOND = 1_000_000L;
    private static final long LONGEST_MILLIS = 3_600_000L;
    private static final int PAUSE_MILLIS = 50;

    private final Epoll epoll = new Epoll();
    private final EventFd wakeUp = new EventFd();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Consumer<String> log;
    private final Thread thread;
    private volatile boolean ended;

    WorkLoop(String name, Consumer<String> log) throws NativeCallException {
        this.log = log;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        epoll.add(wakeUp.fd(), WAKE_UP);
    }

    final void start() {
        thread.start();
    }

    /** Any thread; never waits. */
    final void execute(Runnable task) {
        tasks.add(task);
        wakeUp.signal();
    }

    /** Ends the thread when it has done what it was given before, and waits for that, but not for longer. */
    final void end(long millis) {
        execute(() -> ended = true);
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For the worker's thread: {@link #ready} is called with the token, which is not negative. */
    final void listen(int descriptor, long token) throws NativeCallException {
        epoll.add(descriptor, token);
    }

    /** The same for one that something is to be written to. */
    final void listenWritable(int descriptor, long token) throws NativeCallException {
        epoll.addWritable(descriptor, token);
    }

    final void ignore(int descriptor) {
        epoll.remove(descriptor);
    }

    final void log(String line) {
        log.accept(line);
    }

    /** When {@link #timePassed} has something to do, by {@link System#nanoTime}; {@link #NEVER}: nothing. */
    abstract long nextNanos();

    abstract void timePassed(long now);

    abstract void ready(long token);

    private void run() {
        while (!ended) {
            try {
                turn();
                // one request must not cost the others
            } catch (Exception | StackOverflowError e) {
                log.accept("worker " + thread.getName() + " goes on after " + e
                        + (e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0]));
                pause(PAUSE_MILLIS);
            }
        }
    }

    private void turn() throws NativeCallException {
        int ready = epoll.await(tasks.isEmpty() ? waitMillis() : 0);
        for (int i = 0; i < ready; i++) {
            if (epoll.token(i) == WAKE_UP) {
                wakeUp.clear();
            } else {
                ready(epoll.token(i));
            }
        }
        for (Runnable task = tasks.poll(); task != null && !ended; task = tasks.poll()) {
            task.run();
        }
        timePassed(System.nanoTime());
    }

    private int waitMillis() {
        long next = nextNanos();
        if (next == NEVER) {
            return Epoll.FOREVER;
        }
        long nanos = next - System.nanoTime();
        return nanos <= 0 ? 0 : (int) Math.min(LONGEST_MILLIS, nanos / MILLISECOND + 1);
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
