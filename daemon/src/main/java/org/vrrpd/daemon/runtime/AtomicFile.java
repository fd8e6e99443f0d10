package org.vrrpd.daemon.runtime;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replaces a file as a whole: whoever reads it sees the old one or the new one. In a directory that others may write to
 * nobody can make us write elsewhere: the new file is ours alone until it takes the name, and a link of that name is
 * replaced, not followed.
 */
final class AtomicFile {

    /** For everybody to read, as far as the process's umask allows. */
    private static final String MODE = "rw-r--r--";

    /** Writes what the file is to hold. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private static final AtomicInteger WRITES = new AtomicInteger();

    private AtomicFile() {}

    static void write(Path file, Content content) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + unique());
        try {
            FileChannel channel = FileChannel.open(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
            try (Writer out = new BufferedWriter(
                    new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
                content.writeTo(out);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** What nobody else uses. Random ones cost the start 25 ms; and the file is only made where none is. */
    private static String unique() {
        long process = ProcessHandle.current().pid();
        return process + "-" + WRITES.incrementAndGet() + "-" + Long.toHexString(System.nanoTime());
    }
}
