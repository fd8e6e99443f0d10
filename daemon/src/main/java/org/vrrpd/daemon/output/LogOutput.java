package org.vrrpd.daemon.output;

import org.vrrpd.proto.narrate.LogEntry;

/** Takes what is logged, on one thread, which may wait. */
public interface LogOutput {

    void write(LogEntry entry);

    /** Nothing follows for now. */
    void flush();
}
