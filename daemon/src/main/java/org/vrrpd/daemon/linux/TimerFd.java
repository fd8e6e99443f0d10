package org.vrrpd.daemon.linux;

/** One timer that becomes readable at an absolute time of CLOCK_MONOTONIC. */
public final class TimerFd implements AutoCloseable {

    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int ABSOLUTE = 1;
    private static final long SECOND = 1_000_000_000L;
    private static final int VALUE_SECONDS = 16;
    private static final int VALUE_NANOS = 24;

    private final int fd;
    private final NativeMemory setting = NativeMemory.allocate(32);
    private final NativeMemory expirations = NativeMemory.allocate(8);
    private long armed = Long.MAX_VALUE;

    public TimerFd() throws NativeCallException {
        fd = Linux.check(Linux.C.timerfd_create(Constants.CLOCK_MONOTONIC, CLOEXEC | NONBLOCK), "timerfd_create");
    }

    public int fd() {
        return fd;
    }

    /** Long.MAX_VALUE disarms. A time in the past fires at once. Setting the time it has already costs nothing. */
    public void arm(long monotonicNanos) throws NativeCallException {
        if (monotonicNanos == armed) {
            return;
        }
        boolean disarm = monotonicNanos == Long.MAX_VALUE;
        long at = Math.max(1, monotonicNanos); // zero would disarm
        setting.bytes().putLong(VALUE_SECONDS, disarm ? 0 : at / SECOND);
        setting.bytes().putLong(VALUE_NANOS, disarm ? 0 : at % SECOND);
        Linux.check(Linux.C.timerfd_settime(fd, ABSOLUTE, setting.address(), 0), "timerfd_settime");
        armed = monotonicNanos;
    }

    /** Makes it unreadable again after it has fired; it must be armed anew. */
    public void clear() {
        if (Linux.C.read(fd, expirations.address(), 8) == 8) {
            armed = Long.MAX_VALUE;
        }
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
