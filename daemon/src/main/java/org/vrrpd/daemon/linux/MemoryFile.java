package org.vrrpd.daemon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that has no name and lies in memory: what a child reads, or writes, however much it is. */
public final class MemoryFile implements AutoCloseable {

    private static final int CLOEXEC = 1;

    private final int fd;

    /** @param content what is in it; reading begins at its beginning */
    public MemoryFile(String content) throws NativeCallException {
        fd = Linux.check(Linux.C.memfd_create(Scratch.ofText("vrrpd"), CLOEXEC), "memfd_create");
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Scratch scratch = Scratch.ofBytes(Scratch.sizeOf(bytes));
        long address = scratch.place(bytes);
        for (int at = 0; at < bytes.length; ) { // which leaves the position where it is
            try {
                at += Linux.check((int) Linux.C.pwrite(fd, address + at, bytes.length - at, at), "pwrite");
            } catch (NativeCallException e) {
                close();
                throw e;
            }
        }
    }

    public int fd() {
        return fd;
    }

    public String text() throws IOException {
        return Files.readString(Path.of("/proc/self/fd/" + fd), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
