package org.vrrpd.proto.rtnetlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks the attributes of a message, or those nested in an attribute, in place. A malformed rest ends the walk. */
final class Attributes {

    static final int HEADER = 4;

    private ByteBuffer buffer;
    private int attribute;
    private int attributeLength;
    private int following;
    private int end;

    /** A negative length counts as zero. */
    Attributes wrap(ByteBuffer b, int offset, int length) {
        buffer = b;
        following = offset;
        end = offset + Math.max(0, length);
        return this;
    }

    boolean next() {
        int rest = end - following;
        int length = rest < HEADER ? 0 : NativeOrder.getShort(buffer, following);
        if (length < HEADER || length > rest) {
            return false;
        }
        attribute = following;
        attributeLength = length;
        following += Math.min(rest, NativeOrder.align(length));
        return true;
    }

    /** Without the bits that say "nested" and "network order". */
    int type() {
        return NativeOrder.getShort(buffer, attribute + 2) & NetlinkConstants.NLA_TYPE_MASK;
    }

    int offset() {
        return attribute + HEADER;
    }

    int length() {
        return attributeLength - HEADER;
    }

    /** The payload as an unsigned byte, or {@code otherwise} where there is none. */
    int unsignedByte(int otherwise) {
        return length() >= 1 ? buffer.get(offset()) & 255 : otherwise;
    }

    /** The payload as 32 bits, or {@code otherwise} where they are not there. */
    int integer(int otherwise) {
        return length() >= 4 ? NativeOrder.getInt(buffer, offset()) : otherwise;
    }

    /** The bytes before the first zero as text. */
    static String text(ByteBuffer buffer, int offset, int length) {
        if (length == 0) {
            return ""; // the offset may be of an earlier, larger buffer
        }
        byte[] bytes = new byte[textLength(buffer, offset, length)];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int textLength(ByteBuffer buffer, int offset, int length) {
        int textLength = 0;
        while (textLength < length && buffer.get(offset + textLength) != 0) {
            textLength++;
        }
        return textLength;
    }
}
