package org.vrrpd.proto.effect;

import java.nio.ByteBuffer;

/**
 * The effects of one event, encoded one behind the other. The core writes, the executor, the digest and the narrator
 * read. Reused for every event; it grows when it must and then stays large, so that the steady state allocates nothing.
 *
 * <pre>
 * each effect:  0 u16 kind   2 u16 instance (0xFFFF: none)   4 u32 payload length   8 u64 effect id   16 payload
 *               padded with zeros to a multiple of 8 bytes
 * </pre>
 */
public final class Effects {

    public static final int HEADER_BYTES = 16;
    public static final int NO_INSTANCE = 0xFFFF;
    /** No payload is larger: the core never builds a request or frame above this. */
    public static final int MAX_PAYLOAD_BYTES = 128 * 1024;
    private static final int KIND = 0;
    private static final int INSTANCE = 2;
    private static final int LENGTH = 4;
    private static final int ID = 8;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(2 * MAX_PAYLOAD_BYTES);
    private int end;

    public void clear() {
        end = 0;
    }

    public boolean isEmpty() {
        return end == 0;
    }

    /** Where all effects together end. */
    public int end() {
        return end;
    }

    /** A direct, big-endian buffer; it can be another one after the next {@link #begin}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Makes room for an effect; returns the offset at which its payload goes. Finish with {@link #commit}. */
    public int begin(EffectKind kind, int instance, long effectId) {
        if (buffer.capacity() - end < HEADER_BYTES + MAX_PAYLOAD_BYTES) {
            ByteBuffer larger = ByteBuffer.allocateDirect(buffer.capacity() * 2);
            larger.put(0, buffer, 0, end);
            buffer = larger;
        }
        buffer.putShort(end + KIND, (short) kind.number());
        buffer.putShort(end + INSTANCE, (short) instance);
        buffer.putLong(end + ID, effectId);
        return end + HEADER_BYTES;
    }

    public void commit(int payloadLength) {
        buffer.putInt(end + LENGTH, payloadLength);
        int last = end + HEADER_BYTES + payloadLength;
        while ((last & 7) != 0) {
            buffer.put(last++, (byte) 0);
        }
        end = last;
    }

    // reading: for (int at = 0; at < end(); at = next(at))

    public int next(int at) {
        return at + (HEADER_BYTES + payloadLength(at) + 7 & ~7);
    }

    public EffectKind kind(int at) {
        return EffectKind.ofNumber(buffer.getShort(at + KIND));
    }

    /** The index of the instance, or {@link #NO_INSTANCE}. */
    public int instance(int at) {
        return buffer.getShort(at + INSTANCE) & 0xFFFF;
    }

    public long id(int at) {
        return buffer.getLong(at + ID);
    }

    public int payloadOffset(int at) {
        return at + HEADER_BYTES;
    }

    public int payloadLength(int at) {
        return buffer.getInt(at + LENGTH);
    }

    /** The chained digest: the one before, and every byte of these effects. No effects leave it as it was. */
    public long digest(long before) {
        long digest = before;
        for (int at = 0; at < end; at += 8) {
            digest = (digest ^ buffer.getLong(at)) * 0x9E37_79B9_7F4A_7C15L;
            digest ^= digest >>> 32;
        }
        return digest;
    }
}
