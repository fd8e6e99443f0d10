package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.vrrpd.proto.event.Event;

/**
 * The payload of an input event, read within its bounds only: what is missing reads as zero or as an empty text. In
 * the ring other records follow; bytes of theirs must not count, or a replay would read others.
 */
final class InputPayload {

    private final ByteBuffer buffer;
    private final int start;
    private final int length;

    InputPayload(Event event) {
        buffer = event.buffer();
        start = event.payloadOffset();
        length = event.payloadLength();
    }

    private boolean holds(int at, int bytes) {
        return at >= 0 && at + bytes <= length;
    }

    long getLong(int at) {
        return holds(at, 8) ? buffer.getLong(start + at) : 0;
    }

    int getByte(int at) {
        return holds(at, 1) ? buffer.get(start + at) & 0xFF : 0;
    }

    int getShort(int at) {
        return holds(at, 2) ? buffer.getShort(start + at) & 0xFFFF : 0;
    }

    int getInt(int at) {
        return holds(at, 4) ? buffer.getInt(start + at) : 0;
    }

    String getText(int at) {
        int bytes = holds(at, 2) ? buffer.getShort(start + at) & 0xFFFF : 0;
        if (bytes == 0 || !holds(at + 2, bytes)) {
            return "";
        }
        byte[] text = new byte[bytes];
        buffer.get(start + at + 2, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Where the text that begins at {@code at} ends. */
    int skipText(int at) {
        return at + 2 + getShort(at);
    }
}
