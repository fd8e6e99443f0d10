package org.vrrpd.daemon.linux;

/** One timer that becomes readable at an absolute time of CLOCK_MONOTONIC. */
public final class TimerFd implements AutoCloseable {

    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;
    private static final int ABSOLUTE = 1;
    private static final long SECOND = 1_000_000_000L;
    private static final int VALUE_SECONDS = 16;
    private static final int VALUE_NANOS = 24;
    /** It has fired, so that setting any time, also the one it had, makes it unreadable again. */
    private static final long FIRED = Long.MIN_VALUE;

    private final int fd;
    private final NativeMemory setting = NativeMemory.allocate(32);
    private long armed = Long.MAX_VALUE;

    public TimerFd() throws NativeCallException {
        fd = Linux.check(Linux.C.timerfd_create(Constants.CLOCK_MONOTONIC, CLOEXEC | NONBLOCK), "timerfd_create");
    }

    public int fd() {
        return fd;
    }

    /**
     * Long.MAX_VALUE: no need to fire. A time in the past fires at once. A later time than the one it has is kept in
     * mind only: it may fire earlier than asked for, and is then to be armed anew. So a deadline that every packet
     * moves on costs no call for each.
     */
    public void arm(long monotonicNanos) throws NativeCallException {
        if (armed != FIRED && monotonicNanos >= armed) {
            return;
        }
        boolean disarm = monotonicNanos == Long.MAX_VALUE;
        long at = Math.max(1, monotonicNanos); // zero would disarm
        setting.bytes().putLong(VALUE_SECONDS, disarm ? 0 : at / SECOND);
        setting.bytes().putLong(VALUE_NANOS, disarm ? 0 : at % SECOND);
        Linux.check(Linux.C.timerfd_settime(fd, ABSOLUTE, setting.address(), 0), "timerfd_settime");
        armed = monotonicNanos;
    }

    /** It was found readable, and stays so until it is armed anew, which resets it. Returns the time it had. */
    public long fired() {
        long had = armed;
        armed = FIRED;
        return had;
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
