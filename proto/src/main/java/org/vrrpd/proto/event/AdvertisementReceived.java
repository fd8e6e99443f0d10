package org.vrrpd.proto.event;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.Family;

/**
 * The payload of ADVERTISEMENT_RECEIVED, read in place.
 *
 * <pre>
 *  0 u8 family (4, 6)   1 u8 flags (1: hop limit known)   2 u8 hop limit (IPv6; IPv4 has it in its header)   3 u8 0
 *  4 u32 interface index it arrived on   8 u32 socket id   12 u32 0
 * 16 u64 core time at which the kernel received it (never after the record's own core time)
 * 24 16 bytes source (IPv6; zero for IPv4)   40 16 bytes destination (IPv6; zero for IPv4)
 * 56 packet: the IPv4 datagram with its header, or the IPv6 payload
 * </pre>
 */
public final class AdvertisementReceived {

    public static final int PACKET = 56;
    public static final int HOP_LIMIT_KNOWN = 1;

    private ByteBuffer buffer;
    private int offset;
    private int length;

    public AdvertisementReceived wrap(Event event) {
        buffer = event.buffer();
        offset = event.payloadOffset();
        length = event.payloadLength();
        return this;
    }

    public Family family() {
        return buffer.get(offset) == 6 ? Family.IPV6 : Family.IPV4;
    }

    /** The IPv6 hop limit, or -1 when the kernel did not tell it (which must not count as 255). */
    public int hopLimit() {
        return (buffer.get(offset + 1) & HOP_LIMIT_KNOWN) != 0 ? buffer.get(offset + 2) & 255 : -1;
    }

    public int interfaceIndex() {
        return buffer.getInt(offset + 4);
    }

    public int socketId() {
        return buffer.getInt(offset + 8);
    }

    public long receivedNanos() {
        return buffer.getLong(offset + 16);
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int sourceOffset() {
        return offset + 24;
    }

    public int destinationOffset() {
        return offset + 40;
    }

    public int packetOffset() {
        return offset + PACKET;
    }

    public int packetLength() {
        return length - PACKET;
    }

    /** Writes all but the addresses (IPv6) and the packet; returns the offset at which the packet goes. */
    public static int writeHead(
            ByteBuffer out, int offset, Family family, int hopLimitOrMinusOne,
            int interfaceIndex, int socketId, long receivedNanos) {
        out.put(offset, (byte) family.number());
        out.put(offset + 1, (byte) (hopLimitOrMinusOne >= 0 ? HOP_LIMIT_KNOWN : 0));
        out.put(offset + 2, (byte) Math.max(0, hopLimitOrMinusOne));
        out.put(offset + 3, (byte) 0);
        out.putInt(offset + 4, interfaceIndex);
        out.putInt(offset + 8, socketId);
        out.putInt(offset + 12, 0);
        out.putLong(offset + 16, receivedNanos);
        for (int i = 24; i < PACKET; i += 8) {
            out.putLong(offset + i, 0);
        }
        return offset + PACKET;
    }
}
