package org.vrrpd.ctl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.journal.Checkpoint;
import org.vrrpd.proto.journal.FileOpening;
import org.vrrpd.proto.journal.FileStart;
import org.vrrpd.proto.journal.JournalDirectory;
import org.vrrpd.proto.journal.JournalOptions;
import org.vrrpd.proto.journal.JournalWriter;
import org.vrrpd.proto.replay.EventProcessor;
import org.vrrpd.proto.core.VrrpCore;

/** A small journal, written by the real core and the real writer. */
final class JournalOnDisk implements AutoCloseable {

    private static final long WALL = 1_795_358_000_000_000_000L;

    private final JournalDirectory lock;
    private final JournalWriter writer;
    private final EventProcessor processor = new EventProcessor();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(128 * 1024);
    private long sequence = 1;
    private long coreNanos = 1_000_000_000L;

    JournalOnDisk(Path directory) throws IOException {
        lock = JournalDirectory.lock(directory);
        writer = new JournalWriter(lock, new FileStart("0.1.0+test", "boot", 1, FileOpening.RUN_STARTED),
                JournalOptions.defaults().withBlockBytes(256 * 1024));
        writer.begin(FileOpening.RUN_STARTED, new Checkpoint(0, 0, 0, new VrrpCore().snapshot()));
        input(EventKind.STARTED, Payloads.writeStarted(bytes, Event.HEADER_BYTES, "0.1.0+test", "boot", 1));
    }

    JournalOnDisk deadlines(int count) {
        for (int i = 0; i < count; i++) {
            input(EventKind.DEADLINE_REACHED, 0);
        }
        return this;
    }

    /** A record that the core would not have made: replay must notice. */
    JournalOnDisk inventedFault(boolean began) {
        int length = new Fault("VI_1", began, FaultReason.NO_CARRIER, "eth0", "", 2, coreNanos, sequence - 1,
                began ? Cause.CARRIER_LOST : Cause.CARRIER_FOUND, "eth0", "").write(bytes, Event.HEADER_BYTES);
        append(EventKind.FAULT, length);
        return this;
    }

    private void input(EventKind kind, int length) {
        append(kind, length);
        processor.process(new Event().wrap(bytes, 0));
    }

    private void append(EventKind kind, int length) {
        coreNanos += 1_000_000_000L;
        Event.writeHeader(bytes, 0, kind, length, sequence++, coreNanos, WALL + coreNanos, processor.digest());
        writer.append(bytes, 0, Event.HEADER_BYTES + length);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        lock.close();
    }
}
