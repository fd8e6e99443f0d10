package org.vrrpd.daemon.linux;

/** Waits for descriptors to become readable or writable. Each is known by a token of the caller's. Level-triggered. */
public final class Epoll implements AutoCloseable {

    /** Wait without limit. */
    public static final int FOREVER = -1;
    /** So many one {@link #await} can report. */
    public static final int MAX_EVENTS = 64;
    private static final int CLOEXEC = 0x80000;
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int READABLE = 1;
    private static final int WRITABLE = 4;
    /** x86_64 packs struct epoll_event, every other architecture aligns its second member. */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
    private static final int DATA = PACKED ? 4 : 8;
    private static final int EVENT_BYTES = PACKED ? 12 : 16;

    private final int fd;
    private final NativeMemory change = NativeMemory.allocate(EVENT_BYTES);
    private final NativeMemory events = NativeMemory.allocate(MAX_EVENTS * EVENT_BYTES);

    public Epoll() throws NativeCallException {
        fd = Linux.check(Linux.C.epoll_create1(CLOEXEC), "epoll_create1");
    }

    /** Closing the descriptor removes it again. */
    public void add(int descriptor, long token) throws NativeCallException {
        add(descriptor, token, READABLE);
    }

    /** Reported while something can be written to it. */
    public void addWritable(int descriptor, long token) throws NativeCallException {
        add(descriptor, token, WRITABLE);
    }

    private void add(int descriptor, long token, int events) throws NativeCallException {
        change.bytes().putInt(0, events);
        change.bytes().putLong(DATA, token);
        Linux.check(Linux.C.epoll_ctl(fd, ADD, descriptor, change.address()), "epoll_ctl");
    }

    /**
     * For a descriptor that a child may have a copy of: as long as one is open anywhere, closing it removes nothing,
     * and it would be reported for ever.
     */
    public void remove(int descriptor) {
        Linux.C.epoll_ctl(fd, REMOVE, descriptor, change.address());
    }

    /** Returns how many are ready, 0 also when a signal interrupted the wait. */
    public int await(int timeoutMillis) throws NativeCallException {
        int count = Linux.C.epoll_wait(fd, events.address(), MAX_EVENTS, timeoutMillis);
        if (count >= 0) {
            return count;
        }
        int errno = Linux.errno();
        if (Errno.EINTR.is(errno)) {
            return 0;
        }
        throw new NativeCallException("epoll_wait", errno);
    }

    public long token(int index) {
        return events.bytes().getLong(index * EVENT_BYTES + DATA);
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
