package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The right to write to a journal directory: one daemon a directory. It is a kernel lock on a file, so it ends with the
 * process however that ends, and a process id that the system gave to somebody else means nothing.
 */
public final class JournalDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "lock";

    private final Path path;
    private FileChannel channel;

    private JournalDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Creates the directory (0750) when it is missing, and takes the lock or fails at once. */
    public static JournalDirectory lock(Path directory) throws IOException {
        return new JournalDirectory(directory, openLocked(directory));
    }

    /** Makes the directory and its lock again when somebody deleted them. */
    void ensure() throws IOException {
        if (!Files.exists(path.resolve(LOCK_FILE))) {
            FileChannel again = openLocked(path);
            channel.close();
            channel = again;
        }
    }

    private static FileChannel openLocked(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        }
        FileChannel channel = FileChannel.open(directory.resolve(LOCK_FILE),
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new JournalLockedException(
                        "Expected to be the only writer of " + directory
                                + ", but found it locked by " + holder(channel));
            }
            writeHolder(channel);
            locked = true;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return channel;
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException thisProcessHasIt) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(64);
        channel.read(text, 0);
        String holder = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return holder.isEmpty() ? "another process" : "process " + holder;
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        try {
            channel.truncate(0);
            String holder = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException diskFull) {
            // the lock holds without the name of its holder, and a full disk must not keep a daemon from starting
            channel.truncate(0);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
