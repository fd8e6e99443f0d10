package org.vrrpd.proto.event;

import java.nio.ByteBuffer;

/**
 * A cursor over one journal record, in the ring, in a file or in a test: the same bytes everywhere. It is reused, so
 * whoever keeps something must copy it.
 *
 * <pre>
 *  0 u16 kind        2 u16 format version      4 u32 payload length
 *  8 u64 sequence   16 u64 core time (ns, monotonic, never decreasing)
 * 24 u64 wall time (ns since 1970; for the narrator only)
 * 32 u64 chained digest of all effects BEFORE this record is applied
 * 40     payload
 * </pre>
 *
 * All numbers are big-endian. The buffer must be too.
 */
public final class Event {

    public static final int FORMAT_VERSION = 1;
    public static final int HEADER_BYTES = 40;
    private static final int KIND = 0;
    private static final int VERSION = 2;
    private static final int LENGTH = 4;
    private static final int SEQUENCE = 8;
    private static final int CORE_TIME = 16;
    private static final int WALL_TIME = 24;
    private static final int DIGEST = 32;

    private ByteBuffer buffer;
    private int offset;

    /** Points at the record that begins at {@code offset}. */
    public Event wrap(ByteBuffer bigEndian, int recordOffset) {
        this.buffer = bigEndian;
        this.offset = recordOffset;
        return this;
    }

    /** Null when the number is none of ours. */
    public EventKind kind() {
        return EventKind.ofNumber(buffer.getShort(offset + KIND) & 0xFFFF);
    }

    public int version() {
        return buffer.getShort(offset + VERSION) & 0xFFFF;
    }

    public long sequence() {
        return buffer.getLong(offset + SEQUENCE);
    }

    public long coreNanos() {
        return buffer.getLong(offset + CORE_TIME);
    }

    public long wallNanos() {
        return buffer.getLong(offset + WALL_TIME);
    }

    public long digestBefore() {
        return buffer.getLong(offset + DIGEST);
    }

    /** The buffer in which the payload lies; address it absolutely, from {@link #payloadOffset()}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    public int recordOffset() {
        return offset;
    }

    public int payloadOffset() {
        return offset + HEADER_BYTES;
    }

    public int payloadLength() {
        return buffer.getInt(offset + LENGTH);
    }

    public int recordLength() {
        return HEADER_BYTES + payloadLength();
    }

    /** Fills in a header; the payload is expected at {@code offset + HEADER_BYTES} already. */
    public static void writeHeader(
            ByteBuffer bigEndian, int offset, EventKind kind, int payloadLength,
            long sequence, long coreNanos, long wallNanos, long digestBefore) {
        bigEndian.putShort(offset + KIND, (short) kind.number());
        bigEndian.putShort(offset + VERSION, (short) FORMAT_VERSION);
        bigEndian.putInt(offset + LENGTH, payloadLength);
        bigEndian.putLong(offset + SEQUENCE, sequence);
        bigEndian.putLong(offset + CORE_TIME, coreNanos);
        bigEndian.putLong(offset + WALL_TIME, wallNanos);
        bigEndian.putLong(offset + DIGEST, digestBefore);
    }
}
