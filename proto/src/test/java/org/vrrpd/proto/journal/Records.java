package org.vrrpd.proto.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/** Builds records as the protocol thread does: in one direct buffer that is used again and again. */
public final class Records {

    public static final FileStart RUN = new FileStart("0.1.0+test", "boot-1", 4711, FileOpening.RUN_STARTED);

    public final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024).order(ByteOrder.BIG_ENDIAN);
    private long sequence;
    private long coreNanos = 1_000;
    private int length;

    public Records(long firstSequence) {
        sequence = firstSequence;
    }

    public long nextSequence() {
        return sequence;
    }

    public int length() {
        return length;
    }

    public Records skip(long records) {
        sequence += records;
        return this;
    }

    public Records advance(long nanos) {
        coreNanos += nanos;
        return this;
    }

    /** The time of the next record, less the microsecond that each takes. */
    public Records at(long nanos) {
        coreNanos = nanos;
        return this;
    }

    public Records started() {
        int length = Payloads.writeStarted(
                buffer, Event.HEADER_BYTES, RUN.buildId(), RUN.bootId(), RUN.processId());
        return finish(EventKind.STARTED, length);
    }

    public Records deadline() {
        return finish(EventKind.DEADLINE_REACHED, 0);
    }

    /** Of {@code bytes} bytes, all of which follow from the sequence. */
    public Records netlink(int bytes) {
        for (int i = 0; i < bytes; i++) {
            buffer.put(Event.HEADER_BYTES + i, payloadByte(sequence, i));
        }
        return finish(EventKind.NETLINK_RECEIVED, bytes);
    }

    public static byte payloadByte(long sequence, int index) {
        return (byte) (sequence * 31 + index);
    }

    public Records gap(long lost, String text) {
        return finish(EventKind.GAP, Payloads.writeNumberAndText(buffer, Event.HEADER_BYTES, lost, text));
    }

    public Records snapshot(byte[] whole) {
        return finish(EventKind.SNAPSHOT_PART,
                Payloads.writePart(buffer, Event.HEADER_BYTES, whole, 0, whole.length));
    }

    /** With the payload that the caller has put behind the header. */
    public Records finish(EventKind kind, int payloadLength) {
        coreNanos += 1_000;
        Event.writeHeader(buffer, 0, kind, payloadLength, sequence++, coreNanos, wall(), 0);
        length = Event.HEADER_BYTES + payloadLength;
        return this;
    }

    /** Fills in the chained digest, which the one who offers the record knows. */
    public Records digest(long digestBefore) {
        buffer.putLong(32, digestBefore);
        return this;
    }

    private long wall() {
        return 1_763_827_200_000_000_000L + coreNanos;
    }

    public boolean offerTo(JournalRing ring) {
        return ring.offer(buffer, 0, length);
    }
}
