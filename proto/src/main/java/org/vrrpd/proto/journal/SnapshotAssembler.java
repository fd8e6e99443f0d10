package org.vrrpd.proto.journal;

import java.nio.ByteBuffer;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.Payloads;

/** Puts the parts of a snapshot together again. A first part begins anew; a part that does not fit discards all. */
public final class SnapshotAssembler {

    private byte[] bytes;
    private int filled;

    /** The whole snapshot when this part completes it, else null. */
    public byte[] add(Event part) {
        ByteBuffer in = part.buffer();
        int total = in.getInt(part.payloadOffset());
        int from = in.getInt(part.payloadOffset() + 4);
        int length = part.payloadLength() - Payloads.PART_HEADER_BYTES;
        if (from == 0 && total >= length) {
            bytes = new byte[total];
            filled = 0;
        }
        if (bytes == null || bytes.length != total || from != filled || total - from < length) {
            bytes = null;
            return null;
        }
        in.get(part.payloadOffset() + Payloads.PART_HEADER_BYTES, bytes, from, length);
        filled += length;
        if (filled < total) {
            return null;
        }
        byte[] whole = bytes;
        bytes = null;
        return whole;
    }
}
