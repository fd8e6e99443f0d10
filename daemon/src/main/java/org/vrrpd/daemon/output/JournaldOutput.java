package org.vrrpd.daemon.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vrrpd.daemon.linux.UnixDatagram;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.narrate.LogEntry;

/**
 * The log as entries of journald, with their fields. What it does not take goes to stderr, which it reads too: it has
 * no queue left, is not there, or the entry is too long. Every entry is a new attempt.
 */
public final class JournaldOutput implements LogOutput {

    public static final String SOCKET = "/run/systemd/journal/socket";

    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LATEST_START_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LogOutput stderr;
    private final String socket;
    private final long begun = System.nanoTime();
    private UnixDatagram datagrams;
    private long refused;
    private String refusal = "";

    public JournaldOutput(LogOutput stderr, String socket) {
        this.stderr = stderr;
        this.socket = socket;
    }

    @Override
    public void write(LogEntry entry) {
        if (!isDue(entry)) {
            stderr.write(entry);
            return;
        }
        try {
            send(JournaldMessage.of(entry));
        } catch (IOException | LinkageError | IllegalStateException e) { // without the library, stderr it is
            refused++;
            refusal = e.getMessage();
            stderr.write(entry);
            return;
        }
        if (refused > 0) {
            LogEntry told = LogEntry.of(LogLevel.WARNING, refused + (refused == 1 ? " entry" : " entries")
                    + " went to stderr and have no fields: " + refusal);
            refused = 0;
            write(told);
        }
    }

    /**
     * The library is loaded when the first state is known, which it must not delay, or when there is none for long.
     * Faults are reported by the same event as the states that follow from them.
     */
    private boolean isDue(LogEntry entry) {
        LogEntry.Class of = entry.topic().of();
        return datagrams != null || of == LogEntry.Class.TRANSITION || of == LogEntry.Class.FAULT
                || System.nanoTime() - begun > LATEST_START_NANOS;
    }

    /** A short queue empties soon, so it is worth some waiting; but not again for each of those behind. */
    private void send(ByteBuffer message) throws IOException {
        if (datagrams == null) {
            datagrams = new UnixDatagram(socket);
        }
        int attempts = refused > 0 ? 1 : ATTEMPTS;
        while (true) {
            try {
                datagrams.send(message.rewind());
                return;
            } catch (IOException e) {
                if (--attempts == 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public void flush() {
        stderr.flush();
    }
}
