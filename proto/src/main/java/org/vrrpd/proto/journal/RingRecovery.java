package org.vrrpd.proto.journal;

import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.HEAD_CACHE_POSITION_OFFSET;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.HEAD_POSITION_OFFSET;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TAIL_POSITION_OFFSET;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.vrrpd.proto.event.Event;

/**
 * Makes a ring usable that a killed process left. The producer moves the tail before it writes the record, and writes
 * its length last; so what was being written when it died is a record without a (positive) length, behind which nothing
 * follows. The tail goes back to it. Agrona's own consumer would wait for that record for ever.
 */
final class RingRecovery {

    private static final int PADDING = -1;

    private RingRecovery() {}

    /** False when the content is not what a ring can hold; then nothing in it can be trusted. */
    static boolean recover(UnsafeBuffer memory) {
        int capacity = memory.capacity() - TRAILER_LENGTH;
        long head = memory.getLong(capacity + HEAD_POSITION_OFFSET);
        long tail = memory.getLong(capacity + TAIL_POSITION_OFFSET);
        boolean aligned = ((head | tail) & RecordDescriptor.ALIGNMENT - 1) == 0;
        if (head < 0 || tail < head || tail - head > capacity || !aligned) {
            return false;
        }
        long at = head;
        while (at < tail) {
            int index = (int) (at & capacity - 1);
            int length = memory.getInt(RecordDescriptor.lengthOffset(index));
            if (length <= 0) {
                return cutTail(memory, capacity, at, tail);
            }
            int occupied = BitUtil.align(length, RecordDescriptor.ALIGNMENT);
            if (at + occupied > tail || index + occupied > capacity || !isRecord(memory, index, length)) {
                return false;
            }
            at += occupied;
        }
        memory.putLong(capacity + HEAD_CACHE_POSITION_OFFSET, head);
        return true;
    }

    private static boolean isRecord(UnsafeBuffer memory, int index, int length) {
        int type = memory.getInt(RecordDescriptor.typeOffset(index));
        if (type == PADDING) {
            return true;
        }
        int bytes = length - RecordDescriptor.HEADER_LENGTH;
        if (type != 1 || bytes < Event.HEADER_BYTES) {
            return false;
        }
        int payload = Integer.reverseBytes(memory.getInt(RecordDescriptor.encodedMsgOffset(index) + 4));
        return payload == bytes - Event.HEADER_BYTES;
    }

    /** What lies behind the new tail is zeroed, since the producer relies on the next header being zero. */
    private static boolean cutTail(UnsafeBuffer memory, int capacity, long at, long tail) {
        for (long i = at; i < tail; i += Long.BYTES) {
            memory.putLong((int) (i & capacity - 1), 0);
        }
        memory.putLong(capacity + HEAD_CACHE_POSITION_OFFSET, memory.getLong(capacity + HEAD_POSITION_OFFSET));
        memory.putLongRelease(capacity + TAIL_POSITION_OFFSET, at);
        return true;
    }
}
