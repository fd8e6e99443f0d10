package org.vrrpd.daemon.linux;

/** Wakes a thread that waits in {@link Epoll}. Any thread may signal. */
public final class EventFd implements AutoCloseable {

    private static final int CLOEXEC = 0x80000;
    private static final int NONBLOCK = 0x800;

    private final int fd;
    private final NativeMemory one = NativeMemory.allocate(8);
    private final NativeMemory count = NativeMemory.allocate(8);

    public EventFd() throws NativeCallException {
        fd = Linux.check(Linux.C.eventfd(0, CLOEXEC | NONBLOCK), "eventfd");
        one.bytes().putLong(0, 1);
    }

    public int fd() {
        return fd;
    }

    public void signal() {
        Linux.C.write(fd, one.address(), 8);
    }

    /** Makes it unreadable again. For the waiting thread only. */
    public void clear() {
        Linux.C.read(fd, count.address(), 8);
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
