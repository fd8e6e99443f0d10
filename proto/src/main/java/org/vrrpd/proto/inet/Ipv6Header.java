package org.vrrpd.proto.inet;

import java.nio.ByteBuffer;

/** The 40 bytes of RFC 8200 section 3, with flow label 0 and hop limit 255: what neighbour-only protocols send. */
public final class Ipv6Header {

    public static final int LENGTH = 40;
    public static final int HOP_LIMIT = 255;

    private Ipv6Header() {}

    /** Returns the offset behind the header. */
    public static int write(
            ByteBuffer bigEndian, int offset, int trafficClass, int payloadLength, int nextHeader,
            IpAddress source, long destinationHigh, long destinationLow) {
        bigEndian.putInt(offset, 6 << 28 | trafficClass << 20);
        bigEndian.putShort(offset + 4, (short) payloadLength);
        bigEndian.put(offset + 6, (byte) nextHeader);
        bigEndian.put(offset + 7, (byte) HOP_LIMIT);
        source.write(bigEndian, offset + 8);
        bigEndian.putLong(offset + 24, destinationHigh);
        bigEndian.putLong(offset + 32, destinationLow);
        return offset + LENGTH;
    }
}
