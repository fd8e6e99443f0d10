package org.vrrpd.proto.rtnetlink;

import java.nio.ByteBuffer;

/** Netlink is in the order of the host, little-endian on all we run on, while all our buffers are big-endian. */
final class NativeOrder {

    private NativeOrder() {}

    static int getShort(ByteBuffer bigEndian, int offset) {
        return Short.reverseBytes(bigEndian.getShort(offset)) & 0xFFFF;
    }

    static int getInt(ByteBuffer bigEndian, int offset) {
        return Integer.reverseBytes(bigEndian.getInt(offset));
    }

    static void putShort(ByteBuffer bigEndian, int offset, int value) {
        bigEndian.putShort(offset, Short.reverseBytes((short) value));
    }

    static void putInt(ByteBuffer bigEndian, int offset, int value) {
        bigEndian.putInt(offset, Integer.reverseBytes(value));
    }

    /** Messages and attributes begin at multiples of four bytes. */
    static int align(int length) {
        return length + 3 & ~3;
    }
}
