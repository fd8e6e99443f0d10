package org.vrrpd.proto;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Counts what a piece of work allocates once it has run often enough to be initialised and compiled: the least of some
 * measurements, since the JVM now and then allocates something of its own on the thread, once.
 */
public final class AllocationMeter {

    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 1_000;
    private static final int MEASUREMENTS = 5;

    private AllocationMeter() {}

    public static long bytesAllocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        repeat(work, WARM_UP);
        long overhead = -threads.getThreadAllocatedBytes(thread) + threads.getThreadAllocatedBytes(thread);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            repeat(work, MEASURED);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before - overhead);
        }
        return least;
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }
}
