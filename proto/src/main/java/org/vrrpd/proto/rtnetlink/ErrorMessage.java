package org.vrrpd.proto.rtnetlink;

import java.nio.ByteBuffer;

/**
 * The kernel's answer to a request, read in place: NLMSG_ERROR, which is also what an acknowledgement is, or the
 * NLMSG_DONE of a dump, which can carry an error as well.
 */
public final class ErrorMessage {

    private static final int ERROR_NUMBER = 4;
    private static final int MAXIMUM_REQUEST = 0xFF_FFFF;

    private final Attributes attributes = new Attributes();
    private ByteBuffer buffer;
    private int errno;
    private int requestSequence;
    private int requestType;
    private int textOffset;
    private int textLength;

    /** False: too short, or a message of another type. */
    public boolean wrap(NetlinkCursor c) {
        boolean done = c.type() == NetlinkConstants.NLMSG_DONE;
        int fixedLength = done ? ERROR_NUMBER : ERROR_NUMBER + NetlinkCursor.HEADER;
        if (!done && c.type() != NetlinkConstants.NLMSG_ERROR || c.payloadLength() < fixedLength) {
            return false;
        }
        buffer = c.buffer();
        int payload = c.payloadOffset();
        errno = -NativeOrder.getInt(buffer, payload);
        requestType = done ? 0 : NativeOrder.getShort(buffer, payload + ERROR_NUMBER + 4);
        requestSequence = done ? c.sequence() : NativeOrder.getInt(buffer, payload + ERROR_NUMBER + 8);
        textLength = 0;
        if ((c.flags() & NetlinkConstants.NLM_F_ACK_TLVS) != 0) {
            boolean wholeRequest = !done && (c.flags() & NetlinkConstants.NLM_F_CAPPED) == 0;
            takeText(payload, c.payloadLength(), wholeRequest ? lengthWithRequest(payload) : fixedLength);
        }
        return true;
    }

    /** Unless it is capped, the answer repeats the whole request; nonsense instead of its length has no text behind. */
    private int lengthWithRequest(int payload) {
        int request = NativeOrder.getInt(buffer, payload + ERROR_NUMBER);
        boolean plausible = request >= NetlinkCursor.HEADER && request <= MAXIMUM_REQUEST;
        return plausible ? ERROR_NUMBER + NativeOrder.align(request) : MAXIMUM_REQUEST;
    }

    private void takeText(int payload, int payloadLength, int fixedLength) {
        attributes.wrap(buffer, payload + fixedLength, payloadLength - fixedLength);
        while (attributes.next()) {
            if (attributes.type() == NetlinkConstants.NLMSGERR_ATTR_MSG) {
                textOffset = attributes.offset();
                textLength = Attributes.textLength(buffer, textOffset, attributes.length());
            }
        }
    }

    /** Positive; 0: done as requested. */
    public int errno() {
        return errno;
    }

    public int requestSequence() {
        return requestSequence;
    }

    /** RTM_*; 0 at the end of a dump, which does not tell. */
    public int requestType() {
        return requestType;
    }

    /** What the kernel says about the error, or empty. Allocates. */
    public String extendedText() {
        return Attributes.text(buffer, textOffset, textLength);
    }
}
