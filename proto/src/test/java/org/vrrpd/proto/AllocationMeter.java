package org.vrrpd.proto;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a piece of work allocates once it has run often enough to be initialised and compiled. */
public final class AllocationMeter {

    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 1_000;

    private AllocationMeter() {}

    public static long bytesAllocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        repeat(work, WARM_UP);
        long overhead = -threads.getThreadAllocatedBytes(thread) + threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        repeat(work, MEASURED);
        return threads.getThreadAllocatedBytes(thread) - before - overhead;
    }

    private static void repeat(Runnable work, int times) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }
}
