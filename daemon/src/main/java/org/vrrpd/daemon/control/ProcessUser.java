package org.vrrpd.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user this process runs as, which the JDK does not tell as a number. */
final class ProcessUser {

    private ProcessUser() {}

    /** Root's, which every daemon trusts anyway, when /proc does not tell. */
    static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            return 0;
        }
    }
}
