package org.vrrpd.daemon.linux;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Real-time scheduling and locked memory. Without permission for them the daemon works, only less punctually. */
public final class RealTime {

    private static final int SCHED_FIFO = 1;
    /** Threads started by this one are ordinary again: a child must never outrank the rest of the system. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
    private static final String VM_THREAD = "VM Thread";
    private static final int NAME_BYTES = 16;
    private static final int CURRENT = 1;
    private static final int FUTURE = 2;
    /** Locks pages when they are first touched: without it every mapping is read in whole, 160 MB for a JVM. */
    private static final int ON_FAULT = 4;

    private RealTime() {}

    /** Puts the calling thread before all ordinary ones. */
    public static void scheduleThisThread(int priority) throws NativeCallException {
        schedule(Linux.C.gettid(), priority);
    }

    /**
     * Puts the JVM's own thread for garbage collections and other stops beside the protocol thread, which has to wait
     * for it: at ordinary priority a stop of 5 ms lasts hundreds on a busy machine, and a peer takes over.
     */
    public static void scheduleVirtualMachineThread(int priority) throws NativeCallException {
        File[] threads = new File("/proc/self/task").listFiles();
        for (File thread : threads == null ? new File[0] : threads) {
            if (VM_THREAD.equals(name(thread))) {
                schedule(Integer.parseInt(thread.getName()), priority);
            }
        }
    }

    private static String name(File thread) {
        try (FileInputStream file = new FileInputStream(new File(thread, "comm"))) {
            byte[] bytes = new byte[NAME_BYTES];
            int length = file.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }

    private static void schedule(int thread, int priority) throws NativeCallException {
        NativeMemory parameters = NativeMemory.allocate(4);
        parameters.bytes().putInt(0, priority);
        Linux.check(
                Linux.C.sched_setscheduler(thread, SCHED_FIFO | SCHED_RESET_ON_FORK, parameters.address()),
                "sched_setscheduler");
    }

    /** Keeps the process in memory. */
    public static void lockMemory() throws NativeCallException {
        Linux.check(Linux.C.mlockall(CURRENT | FUTURE | ON_FAULT), "mlockall");
    }
}
