package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Reads what {@link SnapshotWriter} wrote. */
final class SnapshotReader {

    private final ByteBuffer buffer;

    SnapshotReader(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes);
    }

    long getLong() {
        return buffer.getLong();
    }

    int getInt() {
        return buffer.getInt();
    }

    boolean getBoolean() {
        return buffer.get() == 1;
    }

    String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    byte[] getBytes() {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("Expected " + length + " bytes, but found " + buffer.remaining());
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** Null when a null was written. */
    IpAddress getAddress() {
        int family = buffer.getInt();
        return family < 0 ? null : new IpAddress(Family.ofNumber(family), buffer.getLong(), buffer.getLong());
    }

    boolean isAtEnd() {
        return !buffer.hasRemaining();
    }
}
