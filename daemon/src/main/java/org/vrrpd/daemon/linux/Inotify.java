package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Hears what happens in directories. */
public final class Inotify implements AutoCloseable {

    /** {@link Listener#happened}: events were lost, in any directory. */
    public static final int OVERFLOW = 0x4000;
    /** {@link Listener#happened}: the watch is gone, with its directory or since it was removed. */
    public static final int IGNORED = 0x8000;
    /** {@link Listener#happened}: something was made there, such as a link; a file is still empty then. */
    public static final int CREATED = 0x100;

    private static final int ATTRIBUTES = 0x4;
    private static final int CLOSED_AFTER_WRITING = 0x8;
    private static final int MOVED_AWAY = 0x40;
    private static final int MOVED_HERE = 0x80;
    private static final int DELETED = 0x200;
    private static final int DIRECTORY_DELETED = 0x400;
    private static final int DIRECTORY_MOVED = 0x800;
    private static final int ONLY_DIRECTORIES = 0x0100_0000;
    private static final int WATCHED = ATTRIBUTES | CLOSED_AFTER_WRITING | MOVED_AWAY | MOVED_HERE | CREATED | DELETED
            | DIRECTORY_DELETED | DIRECTORY_MOVED | ONLY_DIRECTORIES;

    private static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MASK = 4;
    private static final int NAME_LENGTH = 12;
    private static final int NAME = 16;

    private final int fd;
    private final NativeMemory buffer = NativeMemory.allocate(BUFFER_BYTES);

    /** Hears of one event. */
    @FunctionalInterface
    public interface Listener {

        /** @param name in the directory; empty: it is about the directory itself */
        void happened(int watch, int event, String name);
    }

    public Inotify() throws NativeCallException {
        fd = Linux.check(Linux.C.inotify_init1(NONBLOCK | CLOEXEC), "inotify_init1");
    }

    public int fd() {
        return fd;
    }

    /** Returns the watch's number: the same for the same directory, by whatever path. */
    public int watch(String directory) throws NativeCallException {
        return Linux.check(
                Linux.C.inotify_add_watch(fd, Scratch.ofText(directory), WATCHED), "inotify_add_watch " + directory);
    }

    public void unwatch(int watch) {
        Linux.C.inotify_rm_watch(fd, watch);
    }

    /** Tells all that has happened so far. */
    public void read(Listener listener) throws NativeCallException {
        while (true) {
            int length = (int) Linux.C.read(fd, buffer.address(), BUFFER_BYTES);
            if (length <= 0) {
                int errno = Linux.errno();
                if (length == 0 || Errno.EAGAIN.is(errno)) {
                    return;
                }
                if (Errno.EINTR.is(errno)) {
                    continue;
                }
                throw new NativeCallException("read of inotify", errno);
            }
            tell(length, listener);
        }
    }

    private void tell(int length, Listener listener) {
        ByteBuffer in = buffer.bytes();
        for (int at = 0; at + NAME <= length; at += NAME + in.getInt(at + NAME_LENGTH)) {
            listener.happened(in.getInt(at), in.getInt(at + MASK), name(in, at));
        }
    }

    /** Padded with zeros. */
    private static String name(ByteBuffer in, int event) {
        byte[] bytes = new byte[in.getInt(event + NAME_LENGTH)];
        in.get(event + NAME, bytes);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
