package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tells others which process to send signals to. */
public final class PidFile {

    private PidFile() {}

    /** What cannot be written is told: VRRP does without. */
    public static void write(Path file, Consumer<String> log) {
        try {
            AtomicFile.write(file, out -> out.append(ProcessHandle.current().pid() + "\n"));
        } catch (IOException | RuntimeException e) {
            log.accept("no pid file: " + e);
        }
    }

    /** Only while it is ours. */
    public static void remove(Path file) {
        try {
            if (Files.readString(file).strip().equals(Long.toString(ProcessHandle.current().pid()))) {
                Files.delete(file);
            }
        } catch (IOException | RuntimeException e) {
            return; // whoever took it away wanted it gone
        }
    }
}
