package org.vrrpd.daemon.output;

import java.io.PrintStream;
import org.vrrpd.proto.narrate.LogEntry;

/** The log as lines, on stderr. */
public final class StreamOutput implements LogOutput {

    private final PrintStream out;
    private final boolean prefixed;

    /** @param prefixed journald reads the lines: each begins with its level as in sd-daemon(3), such as {@code <5>} */
    public StreamOutput(PrintStream out, boolean prefixed) {
        this.out = out;
        this.prefixed = prefixed;
    }

    @Override
    public void write(LogEntry entry) {
        if (!prefixed) {
            out.println(entry.message());
            return;
        }
        String prefix = "<" + entry.level().number() + ">";
        entry.message().lines().forEach(line -> out.println(prefix + line));
    }

    @Override
    public void flush() {
        out.flush();
    }
}
