package org.vrrpd.daemon.runtime;

import java.util.function.Consumer;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.RealTime;

/** Runs the loop before every ordinary thread of the system, when it may. */
public final class ProtocolThread {

    private static final int PRIORITY = Integer.getInteger("vrrpd.realtime.priority", 50);

    private final ProtocolLoop loop;
    private final Consumer<String> log;
    private final Thread thread = new Thread(this::run, "protocol");

    public ProtocolThread(ProtocolLoop loop, Consumer<String> log) {
        this.loop = loop;
        this.log = log;
    }

    public void start() {
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    private void run() {
        try {
            RealTime.scheduleThisThread(PRIORITY);
            RealTime.scheduleVirtualMachineThread(PRIORITY);
        } catch (NativeCallException e) {
            log.accept("no real-time scheduling, so timers can be late on a busy machine: " + e.getMessage());
        }
        loop.run();
    }

    /** Returns when the core has released everything; false when that was not waited for any longer. */
    public boolean join() throws InterruptedException {
        thread.join();
        return !loop.abandoned();
    }

    /** Ends the loop at the latest after this time. */
    public void limitStop(long millis) {
        Thread watch = new Thread(() -> {
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                log.accept("not everything was released within " + millis + " ms; ending without");
                loop.abandon();
            }
        }, "stop");
        watch.setDaemon(true);
        watch.start();
    }
}
