package org.vrrpd.daemon.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A pipe in the file system, open for writing. It is open for reading too, so that it can be opened and written to
 * while nobody reads. Nothing here waits.
 */
public final class NamedPipe implements AutoCloseable {

    private static final int OWNER_ONLY = 0600;
    private static final int READ_WRITE = 2;
    private static final int NO_TERMINAL = 0x100;
    private static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int TYPE = 0170000;
    private static final int PIPE = 0010000;

    private final int fd;
    private final Object key;

    private NamedPipe(int fd, Object key) {
        this.fd = fd;
        this.key = key;
    }

    /** False when there is something of that name. It can be used by its owner only. */
    public static boolean create(String path) throws NativeCallException {
        if (Linux.C.mkfifo(Scratch.ofText(path), OWNER_ONLY) == 0) {
            return true;
        }
        int errno = Linux.errno();
        if (Errno.EEXIST.is(errno)) {
            return false;
        }
        throw new NativeCallException("mkfifo " + path, errno);
    }

    /** Null when it is something else. */
    public static NamedPipe open(String path) throws NativeCallException {
        int fd = Linux.check(
                Linux.C.open(Scratch.ofText(path), READ_WRITE | NONBLOCK | NO_TERMINAL | CLOEXEC), "open " + path);
        try {
            Path opened = Path.of("/proc/self/fd/" + fd); // what was opened, whatever has the name by now
            if (((int) Files.getAttribute(opened, "unix:mode") & TYPE) == PIPE) {
                return new NamedPipe(fd, key(opened));
            }
        } catch (IOException e) {
            Linux.C.close(fd);
            throw new NativeCallException("fstat " + path, Errno.EIO.number());
        }
        Linux.C.close(fd);
        return null;
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether the path still leads to it. */
    public boolean isAt(String path) {
        try {
            return key.equals(key(Path.of(path)));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns how many bytes it took, 0 when it is full, or a negative errno. */
    public int write(byte[] bytes, int from) {
        int length = bytes.length - from;
        Scratch scratch = Scratch.ofBytes(length);
        long address = scratch.reserve(length);
        scratch.bytes().put(scratch.offset(address), bytes, from, length);
        long written = Linux.C.write(fd, address, length);
        if (written >= 0) {
            return (int) written;
        }
        int errno = Linux.errno();
        return Errno.EAGAIN.is(errno) || Errno.EINTR.is(errno) ? 0 : -errno;
    }

    public int fd() {
        return fd;
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
