package org.vrrpd.daemon.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The loaded C library and its errno. */
public final class Linux {

    static final LibC C = LibraryLoader.create(LibC.class).failImmediately().load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(C);

    private Linux() {}

    /** Loads the library now instead of at the first call, which takes tens of milliseconds. */
    public static void load() {
        RUNTIME.getLastError();
    }

    /** The error of this thread's last call that failed. */
    static int errno() {
        return RUNTIME.getLastError();
    }

    static int check(int result, String call) throws NativeCallException {
        if (result < 0) {
            throw new NativeCallException(call, errno());
        }
        return result;
    }

    /** Opens, and says which call it was when that fails. */
    static int socket(int family, int type, int protocol) throws NativeCallException {
        return check(C.socket(family, type | Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK, protocol), "socket");
    }

    static void setOption(int fd, int level, int option, int value, String name) throws NativeCallException {
        NativeMemory memory = NativeMemory.allocate(4);
        memory.bytes().putInt(0, value);
        setOption(fd, level, option, memory, name);
    }

    static void setOption(int fd, int level, int option, NativeMemory value, String name) throws NativeCallException {
        check(C.setsockopt(fd, level, option, value.address(), value.bytes().capacity()), name);
    }

    /** True when the kernel took the option; for those that older kernels do not have. */
    static boolean tryOption(int fd, int level, int option, int value) {
        NativeMemory memory = NativeMemory.allocate(4);
        memory.bytes().putInt(0, value);
        return C.setsockopt(fd, level, option, memory.address(), 4) == 0;
    }

    /** As large as asked for when the process may, else as large as the system allows. */
    static void setReceiveBuffer(int fd, int bytes) throws NativeCallException {
        if (!tryOption(fd, Constants.SOL_SOCKET, Constants.SO_RCVBUFFORCE, bytes)) {
            setOption(fd, Constants.SOL_SOCKET, Constants.SO_RCVBUF, bytes, "SO_RCVBUF");
        }
    }

    /** Sends in that order; one that fails does not stop those behind it. Each gets its errno, 0 when it was sent. */
    static void sendEach(int fd, MessageHeader messages, int count, int[] errors) {
        int next = 0;
        while (next < count) {
            int sent = C.sendmmsg(fd, messages.address(next), count - next, Constants.MSG_DONTWAIT);
            if (sent > 0) {
                for (int i = 0; i < sent; i++) {
                    errors[next++] = 0;
                }
            } else {
                int errno = errno();
                if (!Errno.EINTR.is(errno)) {
                    errors[next++] = errno;
                }
            }
        }
    }
}
