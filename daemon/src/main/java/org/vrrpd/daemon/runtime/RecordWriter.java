package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/**
 * Numbers and stamps the records of a run and puts them into the ring. When the ring is full, journaling is suspended:
 * records get their numbers and are lost, until there is room for a GAP and a snapshot from which replay can go on.
 */
public final class RecordWriter {

    private final RecordLog log;
    private final ByteBuffer structure =
            ByteBuffer.allocateDirect(Event.HEADER_BYTES + Payloads.PART_HEADER_BYTES + Payloads.PART_BYTES);
    private long nextSequence;
    private long coreNanos;
    private long wallOffset;
    private long lostSinceSuspended;
    private volatile Suspension suspension;
    private volatile long written;
    private volatile long lost;

    /** Journaling is suspended: since when, by the wall clock, and why. */
    public record Suspension(long sinceWallNanos, String reason) {}

    public RecordWriter(RecordLog log, long firstSequence) {
        this.log = log;
        this.nextSequence = firstSequence;
    }

    /** What is written from now on happened at that core time, or later; it never goes back. */
    public void advanceTo(long nanos) {
        coreNanos = Math.max(coreNanos, nanos);
    }

    /** The wall clock is ahead of core time by this much. It may jump. */
    public void setWallOffset(long nanos) {
        wallOffset = nanos;
    }

    public long coreNanos() {
        return coreNanos;
    }

    /** Fills in the header in front of a payload, and appends the record. */
    public void write(EventKind kind, ByteBuffer buffer, int recordOffset, int payloadLength, long digestBefore) {
        Event.writeHeader(buffer, recordOffset, kind, payloadLength,
                nextSequence++, coreNanos, coreNanos + wallOffset, digestBefore);
        if (suspension == null && !log.offer(buffer, recordOffset, Event.HEADER_BYTES + payloadLength)) {
            suspend(log.refusal());
        }
        if (suspension == null) {
            written = written + 1; // one thread writes it
        } else {
            lostSinceSuspended++;
            lost = lost + 1;
        }
    }

    /** What is in the journal so far cannot be continued; it goes on with a snapshot. */
    public void suspend(String reason) {
        if (suspension == null) {
            suspension = new Suspension(coreNanos + wallOffset, reason);
            lostSinceSuspended = 0;
        }
    }

    /** True when it is suspended and there is room again. */
    public boolean canResume() {
        return suspension != null && log.hasRoom();
    }

    /** Marks the gap, and writes the state of the core behind it. If that does not fit, the suspension goes on. */
    public void resume(byte[] snapshot, long digest) {
        Suspension before = suspension;
        long lostBefore = lostSinceSuspended;
        suspension = null;
        String text = lostBefore + " records are missing: " + before.reason();
        write(EventKind.GAP, structure, 0, Payloads.writeText(structure, Event.HEADER_BYTES, text) - Event.HEADER_BYTES,
                digest);
        int from = 0;
        do {
            int length = Math.min(Payloads.PART_BYTES, snapshot.length - from);
            int payload = Payloads.writePart(structure, Event.HEADER_BYTES, snapshot, from, length);
            write(EventKind.SNAPSHOT_PART, structure, 0, payload, digest);
            from += length;
        } while (from < snapshot.length);
        if (suspension != null) {
            suspension = before;
            lostSinceSuspended += lostBefore;
        }
    }

    /** Any thread: null while records are written. */
    public Suspension suspension() {
        return suspension;
    }

    /** Any thread: records put into the ring by this run. */
    public long written() {
        return written;
    }

    /** Any thread: records that were not. */
    public long lost() {
        return lost;
    }
}
