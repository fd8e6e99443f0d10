package org.vrrpd.proto.inet;

import java.nio.ByteBuffer;

/** The 14 bytes before every packet that leaves as a whole frame. */
public final class EthernetHeader {

    public static final int LENGTH = 14;
    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_IPV6 = 0x86DD;

    private EthernetHeader() {}

    /** Returns the offset behind the header. */
    public static int write(ByteBuffer bigEndian, int offset, long destination, long source, int type) {
        MacAddress.write(destination, bigEndian, offset);
        MacAddress.write(source, bigEndian, offset + 6);
        bigEndian.putShort(offset + 12, (short) type);
        return offset + LENGTH;
    }

    /** RFC 1112 section 6.4: the low 23 bits of an IPv4 group; RFC 2464 section 7: the low 32 bits of an IPv6 group. */
    public static long ofGroup(IpAddress group) {
        return group.family() == Family.IPV4
                ? 0x0100_5E00_0000L | group.low() & 0x7F_FFFF
                : 0x3333_0000_0000L | group.low() & 0xFFFF_FFFFL;
    }
}
