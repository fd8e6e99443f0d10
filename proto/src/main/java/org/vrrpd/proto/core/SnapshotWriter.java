package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vrrpd.proto.inet.IpAddress;

/** Writes a snapshot field by field; {@link SnapshotReader} reads the same fields in the same order. */
final class SnapshotWriter {

    private static final int ABSENT = -1;

    private ByteBuffer buffer = ByteBuffer.allocate(4096);

    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    SnapshotWriter putLong(long value) {
        room(8).putLong(value);
        return this;
    }

    SnapshotWriter putInt(int value) {
        room(4).putInt(value);
        return this;
    }

    SnapshotWriter putBoolean(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    SnapshotWriter putText(String text) {
        return putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    SnapshotWriter putBytes(byte[] bytes) {
        room(4 + bytes.length).putInt(bytes.length).put(bytes);
        return this;
    }

    /** The address may be null. */
    SnapshotWriter putAddress(IpAddress address) {
        if (address == null) {
            return putInt(ABSENT);
        }
        return putInt(address.family().number()).putLong(address.high()).putLong(address.low());
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
        return buffer;
    }
}
