package org.vrrpd.daemon.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether stderr is connected to systemd's journal: then {@code JOURNAL_STREAM} names its device and inode, as
 * systemd.exec(5) says. The variable alone says nothing: children inherit it, and may have another stderr.
 */
public final class JournaldStream {

    private static final String VARIABLE = "JOURNAL_STREAM";
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private JournaldStream() {}

    public static boolean isStderr() {
        return isNamed(System.getenv(VARIABLE), STDERR);
    }

    /** @param named null when the variable is not set */
    static boolean isNamed(String named, Path descriptor) {
        if (named == null) {
            return false;
        }
        try {
            return named.equals(Files.getAttribute(descriptor, "unix:dev") + ":"
                    + Files.getAttribute(descriptor, "unix:ino"));
        } catch (IOException | RuntimeException e) {
            return false; // a line too much on stderr is better than none
        }
    }
}
