package org.vrrpd.daemon.linux;

/** The clocks of the kernel, in nanoseconds. An instance belongs to one thread. */
public final class Clocks {

    private static final long SECOND = 1_000_000_000L;
    private static final int SECONDS = 0;
    private static final int NANOS = 8;

    private final NativeMemory time = NativeMemory.allocate(16);

    /** The clock that absolute timers run on. It does not jump. */
    public long monotonicNanos() {
        return read(Constants.CLOCK_MONOTONIC);
    }

    /** The wall clock, which can jump: for people, and to age what the kernel has stamped with it. */
    public long realtimeNanos() {
        return read(Constants.CLOCK_REALTIME);
    }

    private long read(int clock) {
        Linux.C.clock_gettime(clock, time.address());
        return time.bytes().getLong(SECONDS) * SECOND + time.bytes().getLong(NANOS);
    }
}
