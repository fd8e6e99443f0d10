package org.vrrpd.proto.rtnetlink;

import java.nio.ByteBuffer;

/** Walks the messages of one netlink datagram in place: {@code wrap}, then {@code while (next())}. */
public final class NetlinkCursor {

    static final int HEADER = 16;

    private ByteBuffer buffer;
    private int message;
    private int messageLength;
    private int following;
    private int end;
    private boolean malformed;

    public NetlinkCursor wrap(ByteBuffer b, int offset, int length) {
        buffer = b;
        following = offset;
        end = offset + length;
        malformed = false;
        return this;
    }

    /** Moves to the next message. False at the end, and where the rest is no message: then it is malformed. */
    public boolean next() {
        int rest = end - following;
        if (rest == 0) {
            return false;
        }
        int length = rest < HEADER ? 0 : NativeOrder.getInt(buffer, following);
        if (length < HEADER || length > rest) {
            malformed = true;
            following = end;
            return false;
        }
        message = following;
        messageLength = length;
        // The padding of the last message may be missing.
        following += Math.min(rest, NativeOrder.align(length));
        return true;
    }

    public boolean malformed() {
        return malformed;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int type() {
        return NativeOrder.getShort(buffer, message + 4);
    }

    public int flags() {
        return NativeOrder.getShort(buffer, message + 6);
    }

    public int sequence() {
        return NativeOrder.getInt(buffer, message + 8);
    }

    public int portId() {
        return NativeOrder.getInt(buffer, message + 12);
    }

    public int payloadOffset() {
        return message + HEADER;
    }

    public int payloadLength() {
        return messageLength - HEADER;
    }
}
