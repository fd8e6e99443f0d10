package org.vrrpd.daemon.linux;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * A program that this process has started. It leads a session and a process group of its own, has every signal's
 * default action and none blocked, and no descriptor but 0, 1 and 2. Memory is not copied and no helper program is in
 * between: neither locked memory nor an upgrade of the JVM that runs can be in the way.
 *
 * <p>Not {@link ProcessBuilder}: it hides what ended a child (status 137 or signal 9), costs a thread for each, and
 * starts through a helper of the installed JVM, which refuses to work for one that was upgraded under it.
 */
public final class ChildProcess {

    /** {@link #start}: /dev/null. */
    public static final int NOWHERE = -1;
    /** {@link #poll}: it runs. */
    public static final int RUNNING = -1;
    /** {@link #poll}: it is gone, and how it ended cannot be known, since somebody else has waited for it. */
    public static final int UNKNOWN = -2;

    private static final int SET_SIGNAL_DEFAULTS = 0x04;
    private static final int SET_SIGNAL_MASK = 0x08;
    private static final int SET_SESSION = 0x80;
    private static final int READ_WRITE = 2;
    private static final int NO_HANG = 1;
    private static final int SIGNAL_SET_BYTES = 128;
    /** More than any C library's posix_spawnattr_t or posix_spawn_file_actions_t has. */
    private static final int OPAQUE_BYTES = 1024;
    private static final NativeMemory DEV_NULL = devNull();
    private static final NativeMemory ATTRIBUTES = attributes();

    private final int pid;
    private int pidDescriptor;
    private int ended = RUNNING;

    private ChildProcess(int pid, int pidDescriptor) {
        this.pid = pid;
        this.pidDescriptor = pidDescriptor;
    }

    private static NativeMemory devNull() {
        NativeMemory path = NativeMemory.allocate(16);
        path.bytes().put(0, "/dev/null".getBytes(StandardCharsets.US_ASCII));
        return path;
    }

    private static NativeMemory attributes() {
        NativeMemory signals = NativeMemory.allocate(2 * SIGNAL_SET_BYTES); // none, then all
        for (int i = SIGNAL_SET_BYTES; i < 2 * SIGNAL_SET_BYTES; i++) {
            signals.bytes().put(i, (byte) 0xFF);
        }
        NativeMemory made = NativeMemory.allocate(OPAQUE_BYTES);
        Linux.C.posix_spawnattr_init(made.address());
        Linux.C.posix_spawnattr_setflags(made.address(), (short) (SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SESSION));
        Linux.C.posix_spawnattr_setsigmask(made.address(), signals.address());
        Linux.C.posix_spawnattr_setsigdefault(made.address(), signals.address() + SIGNAL_SET_BYTES);
        return made;
    }

    /**
     * Returns when the program has taken the child's place, which can take as long as the file system it is on.
     *
     * @param arguments the path of the program first
     * @param environment NAME=VALUE each
     * @param input descriptor that becomes 0, or {@link #NOWHERE}
     * @param output descriptor that becomes 1 and 2, or {@link #NOWHERE}
     */
    public static ChildProcess start(List<byte[]> arguments, List<byte[]> environment, int input, int output)
            throws NativeCallException {
        Scratch scratch = Scratch.ofBytes(8 + OPAQUE_BYTES + Scratch.sizeOf(arguments) + Scratch.sizeOf(environment));
        long pid = scratch.reserve(8);
        long actions = scratch.reserve(OPAQUE_BYTES);
        long argumentVector = scratch.place(arguments);
        long environmentVector = scratch.place(environment);
        Linux.C.posix_spawn_file_actions_init(actions);
        try {
            direct(actions, 0, input);
            direct(actions, 1, output);
            direct(actions, 2, output);
            Linux.C.posix_spawn_file_actions_addclosefrom_np(actions, 3);
            Pointer last = Pointer.wrap(Runtime.getRuntime(Linux.C), environmentVector);
            int errno = Linux.C.posix_spawn(
                    pid, scratch.longAt(argumentVector), actions, ATTRIBUTES.address(), argumentVector, last);
            if (errno != 0) {
                throw new NativeCallException("posix_spawn", errno);
            }
        } finally {
            Linux.C.posix_spawn_file_actions_destroy(actions);
        }
        int started = scratch.intAt(pid);
        return new ChildProcess(started, Linux.C.pidfd_open(started, 0));
    }

    private static void direct(long actions, int fd, int from) {
        if (from == NOWHERE) {
            Linux.C.posix_spawn_file_actions_addopen(actions, fd, DEV_NULL.address(), READ_WRITE, 0);
        } else {
            Linux.C.posix_spawn_file_actions_adddup2(actions, from, fd);
        }
    }

    public int pid() {
        return pid;
    }

    /** Readable when it has ended; negative when there are too many open files: then it has to be asked. */
    public int descriptor() {
        return pidDescriptor;
    }

    /** {@link #RUNNING}, {@link #UNKNOWN}, or the wait status that {@link #signal} and {@link #exitStatus} read. */
    public int poll() {
        if (ended == RUNNING) {
            Scratch scratch = Scratch.ofBytes(8);
            long status = scratch.reserve(8);
            int result = Linux.C.waitpid(pid, status, NO_HANG);
            if (result == pid) {
                ended = scratch.intAt(status);
            } else if (result < 0 && Errno.ECHILD.is(Linux.errno())) {
                ended = UNKNOWN;
            }
        }
        return ended;
    }

    /** The signal that ended it; 0: none. */
    public static int signal(int waitStatus) {
        return waitStatus & 0x7F;
    }

    public static int exitStatus(int waitStatus) {
        return waitStatus >> 8 & 0xFF;
    }

    /** To it and to all that it started. Nothing once {@link #poll} has told its end: the number may be another's. */
    public void signalGroup(int signal) {
        if (ended == RUNNING) {
            Linux.C.kill(-pid, signal);
        }
    }

    /** Of the descriptor; the process goes on. */
    public void close() {
        if (pidDescriptor >= 0) {
            Linux.C.close(pidDescriptor);
            pidDescriptor = -1;
        }
    }
}
