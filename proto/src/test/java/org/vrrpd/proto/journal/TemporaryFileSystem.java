package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small tmpfs; needs root, and fails the test without. */
public final class TemporaryFileSystem implements AutoCloseable {

    private final Path path;

    private TemporaryFileSystem(Path path) {
        this.path = path;
    }

    public static TemporaryFileSystem mount(Path path, String size) throws IOException {
        Files.createDirectories(path);
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "vrrpd-test", path.toString());
        return new TemporaryFileSystem(path);
    }

    public Path path() {
        return path;
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** Lazily: a mapping that is not collected yet must not keep the mount in the tree. */
    @Override
    public void close() throws IOException {
        run("umount", "-l", path.toString());
    }
}
