package org.vrrpd.daemon.linux;

/**
 * Reads signals that every thread of the process blocks: also real-time ones, which the JVM cannot handle, and with
 * the sender, which it does not tell.
 */
public final class SignalFd implements AutoCloseable {

    private static final int CLOEXEC = 0x80000;
    private static final int ENTRY_BYTES = 128;
    private static final int MAX_ENTRIES = 32;
    /** Of the C library's sigset_t; the kernel looks at the first eight. */
    private static final int SET_BYTES = 128;
    private static final int NUMBER = 0;
    private static final int PROCESS = 12;
    private static final int USER = 16;

    private final int fd;
    private final NativeMemory entries = NativeMemory.allocate(MAX_ENTRIES * ENTRY_BYTES);

    /** @param signals bit N - 1 for signal N */
    public SignalFd(long signals) throws NativeCallException {
        NativeMemory set = NativeMemory.allocate(SET_BYTES);
        set.bytes().putLong(0, signals);
        fd = Linux.check(Linux.C.signalfd(-1, set.address(), CLOEXEC), "signalfd");
    }

    /** Waits for signals and returns how many there are. */
    public int await() throws NativeCallException {
        while (true) {
            long length = Linux.C.read(fd, entries.address(), MAX_ENTRIES * ENTRY_BYTES);
            if (length >= 0) {
                return (int) (length / ENTRY_BYTES);
            }
            int errno = Linux.errno();
            if (!Errno.EINTR.is(errno)) {
                throw new NativeCallException("read", errno);
            }
        }
    }

    public int number(int index) {
        return entries.bytes().getInt(index * ENTRY_BYTES + NUMBER);
    }

    /** Of whoever sent it. */
    public int processId(int index) {
        return entries.bytes().getInt(index * ENTRY_BYTES + PROCESS);
    }

    /** The real user of whoever sent it. */
    public int userId(int index) {
        return entries.bytes().getInt(index * ENTRY_BYTES + USER);
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
