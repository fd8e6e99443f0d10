package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/**
 * What became of effects, waiting to become events. Each lies in the buffer as a record whose header is still to be
 * filled in. Results may be added while the earlier ones are read.
 */
public final class EffectResults {

    private static final int DETAIL_CHARACTERS = 4096;
    /** A result with the longest detail, in UTF-8. */
    private static final int RECORD_BYTES = Event.HEADER_BYTES + 16 + 3 * DETAIL_CHARACTERS;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(4 * RECORD_BYTES);
    private int[] offsets = new int[64];
    private int[] lengths = new int[64];
    private EventKind[] kinds = new EventKind[64];
    private int end;
    private int count;
    private int taken;

    public void succeeded(long effectId, String detail) {
        reserve();
        int payload = end + Event.HEADER_BYTES;
        add(EventKind.EFFECT_SUCCEEDED, Payloads.writeEffectSucceeded(buffer, payload, effectId, cut(detail)));
    }

    public void failed(long effectId, int errno, String call) {
        reserve();
        int payload = end + Event.HEADER_BYTES;
        add(EventKind.EFFECT_FAILED, Payloads.writeEffectFailed(buffer, payload, effectId, errno, cut(call)));
    }

    private static String cut(String text) {
        return text.length() <= DETAIL_CHARACTERS ? text : text.substring(0, DETAIL_CHARACTERS);
    }

    private void reserve() {
        if (buffer.capacity() - end < RECORD_BYTES) {
            ByteBuffer larger = ByteBuffer.allocateDirect(2 * buffer.capacity());
            larger.put(0, buffer, 0, end);
            buffer = larger;
        }
        if (count == kinds.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
    }

    private void add(EventKind kind, int payloadLength) {
        kinds[count] = kind;
        offsets[count] = end;
        lengths[count] = payloadLength;
        count++;
        end += Event.HEADER_BYTES + payloadLength + 7 & ~7;
    }

    public boolean isEmpty() {
        return taken == count;
    }

    /** How many there are, those that were taken too. */
    int count() {
        return count;
    }

    /** Of which effect result {@code index} is. */
    long effectId(int index) {
        return buffer.getLong(offsets[index] + Event.HEADER_BYTES);
    }

    /** Takes the oldest result, which the accessors then describe until the next one is taken. */
    public void take() {
        taken++;
    }

    public EventKind kind() {
        return kinds[taken - 1];
    }

    public int recordOffset() {
        return offsets[taken - 1];
    }

    public int payloadLength() {
        return lengths[taken - 1];
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Makes the room of what was taken free; only when {@link #isEmpty}. */
    public void recycle() {
        end = 0;
        count = 0;
        taken = 0;
    }
}
