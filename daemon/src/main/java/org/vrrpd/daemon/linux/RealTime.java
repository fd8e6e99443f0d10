package org.vrrpd.daemon.linux;

/** Real-time scheduling and locked memory. Without permission for them the daemon works, only less punctually. */
public final class RealTime {

    private static final int SCHED_FIFO = 1;
    /** Threads started by this one are ordinary again: a child must never outrank the rest of the system. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    private static final int CURRENT = 1;
    private static final int FUTURE = 2;
    /** Locks pages when they are first touched: without it every mapping is read in whole, 160 MB for a JVM. */
    private static final int ON_FAULT = 4;

    private RealTime() {}

    /** Puts the calling thread before all ordinary ones. */
    public static void scheduleThisThread(int priority) throws NativeCallException {
        NativeMemory parameters = NativeMemory.allocate(4);
        parameters.bytes().putInt(0, priority);
        Linux.check(
                Linux.C.sched_setscheduler(Linux.C.gettid(), SCHED_FIFO | SCHED_RESET_ON_FORK, parameters.address()),
                "sched_setscheduler");
    }

    /** Keeps the process in memory. */
    public static void lockMemory() throws NativeCallException {
        Linux.check(Linux.C.mlockall(CURRENT | FUTURE | ON_FAULT), "mlockall");
    }
}
