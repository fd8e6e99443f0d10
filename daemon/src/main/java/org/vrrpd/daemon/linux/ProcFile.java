package org.vrrpd.daemon.linux;

import java.nio.charset.StandardCharsets;

/** Reads and writes one value of a file below /proc, and tells the kernel's own error when it refuses. */
public final class ProcFile {

    private static final int READ_WRITE = 2;
    private static final int CLOEXEC = 0x80000;
    private static final int VALUE_BYTES = 4096;

    private ProcFile() {}

    /** Writes the value unless it is the present one; returns the former one, without its line end. */
    public static String replace(String path, String value) throws NativeCallException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        NativeMemory pathMemory = NativeMemory.allocate(name.length + 1);
        pathMemory.bytes().put(0, name);
        int fd = Linux.check(Linux.C.open(pathMemory.address(), READ_WRITE | CLOEXEC), "open");
        try {
            String former = read(fd);
            if (!former.equals(value)) {
                write(fd, value);
            }
            return former;
        } finally {
            Linux.C.close(fd);
        }
    }

    private static String read(int fd) throws NativeCallException {
        NativeMemory memory = NativeMemory.allocate(VALUE_BYTES);
        int length = Linux.check((int) Linux.C.read(fd, memory.address(), VALUE_BYTES), "read");
        byte[] bytes = new byte[length];
        memory.bytes().get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static void write(int fd, String value) throws NativeCallException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        NativeMemory memory = NativeMemory.allocate(Math.max(1, bytes.length));
        memory.bytes().put(0, bytes);
        Linux.check((int) Linux.C.pwrite(fd, memory.address(), bytes.length, 0), "write");
    }
}
