package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The right to a control socket and the ring beside it. Binding a socket replaces the one at its path: without this a
 * second daemon would steal it. The lock ends with the process, however that ends.
 */
public final class InstanceLock implements AutoCloseable {

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Null when another process has it. Makes the directory when that is missing. */
    public static InstanceLock tryLock(Path socket) throws IOException {
        Path absolute = socket.toAbsolutePath();
        if (!Files.isDirectory(absolute.getParent())) {
            Files.createDirectories(absolute.getParent());
            // whatever the umask: readers must get to the socket, and who can write here can put another in its place
            Files.setPosixFilePermissions(
                    absolute.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        FileChannel channel = FileChannel.open(absolute.resolveSibling(absolute.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? new InstanceLock(channel) : null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
