package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The variables that scripts get: the daemon's, but for those that are meant for it alone or could harm. */
final class ScriptEnvironment {

    /** The first three as in keepalived; the rest is between the daemon, its launcher, its JVM and systemd. */
    private static final List<String> REMOVED = List.of(
            "IFS=", "LD_PRELOAD=", "LD_LIBRARY_PATH=", "NOTIFY_SOCKET=", "WATCHDOG_PID=", "WATCHDOG_USEC=",
            "LISTEN_PID=", "LISTEN_FDS=", "LISTEN_FDNAMES=", "INVOCATION_ID=", "JOURNAL_STREAM=",
            "MALLOC_ARENA_MAX=", "VRRPD_");
    private static final String PATH = "PATH=";

    private final List<byte[]> variables;
    private final String path;

    private ScriptEnvironment(List<byte[]> variables, String path) {
        this.variables = variables;
        this.path = path;
    }

    /** Of this process, byte by byte as it was started. */
    static ScriptEnvironment ofProcess() throws IOException {
        // one character a byte, whatever the bytes mean
        return of(Files.readString(Path.of("/proc/self/environ"), StandardCharsets.ISO_8859_1));
    }

    /** @param text variables with a NUL behind each */
    static ScriptEnvironment of(String text) {
        List<byte[]> kept = new ArrayList<>();
        String path = null;
        for (String variable : text.split("\0")) {
            if (!variable.isEmpty() && REMOVED.stream().noneMatch(variable::startsWith)) {
                kept.add(variable.getBytes(StandardCharsets.ISO_8859_1));
                path = variable.startsWith(PATH) ? variable.substring(PATH.length()) : path;
            }
        }
        return new ScriptEnvironment(List.copyOf(kept), path);
    }

    List<byte[]> variables() {
        return variables;
    }

    /** Null: there is none. */
    String path() {
        return path;
    }
}
