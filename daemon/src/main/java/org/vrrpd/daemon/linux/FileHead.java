package org.vrrpd.daemon.linux;

/** The first bytes of a file, without waiting for whatever it may turn out to be. */
public final class FileHead {

    private static final int NO_TERMINAL = 0x100;
    private static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;

    private FileHead() {}

    /** At most so many bytes. */
    public static byte[] read(String path, int bytes) throws NativeCallException {
        int fd = Linux.check(Linux.C.open(Scratch.ofText(path), NONBLOCK | NO_TERMINAL | CLOEXEC), "open " + path);
        try {
            Scratch scratch = Scratch.ofBytes(bytes);
            long address = scratch.reserve(bytes);
            int length = Linux.check((int) Linux.C.read(fd, address, bytes), "read " + path);
            byte[] head = new byte[length];
            scratch.bytes().get(scratch.offset(address), head);
            return head;
        } finally {
            Linux.C.close(fd);
        }
    }
}
