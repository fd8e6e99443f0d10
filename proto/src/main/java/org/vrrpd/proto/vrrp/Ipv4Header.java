package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;

/** The 20 bytes before an advertisement over IPv4, as VRRP wants them: no options, never a fragment. */
final class Ipv4Header {

    static final int LENGTH = 20;
    static final int TYPE_OF_SERVICE = 1;
    static final int TOTAL_LENGTH = 2;
    static final int ID = 4;
    static final int FRAGMENT = 6;
    static final int TIME_TO_LIVE = 8;
    static final int PROTOCOL = 9;
    static final int CHECKSUM = 10;
    static final int SOURCE = 12;
    static final int DESTINATION = 16;

    private Ipv4Header() {}

    /** Returns the offset behind the header. */
    static int write(
            ByteBuffer out, int offset, int trafficClass, int payloadLength, int id, int timeToLive, int protocol,
            IpAddress source, IpAddress destination) {
        out.put(offset, (byte) 0x45);
        out.put(offset + TYPE_OF_SERVICE, (byte) trafficClass);
        out.putShort(offset + TOTAL_LENGTH, (short) (LENGTH + payloadLength));
        out.putShort(offset + ID, (short) id);
        out.putShort(offset + FRAGMENT, (short) 0);
        out.put(offset + TIME_TO_LIVE, (byte) timeToLive);
        out.put(offset + PROTOCOL, (byte) protocol);
        out.putShort(offset + CHECKSUM, (short) 0);
        source.write(out, offset + SOURCE);
        destination.write(out, offset + DESTINATION);
        out.putShort(offset + CHECKSUM, InternetChecksum.field(InternetChecksum.sum(out, offset, LENGTH)));
        return offset + LENGTH;
    }
}
