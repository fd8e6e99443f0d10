package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.Ipv6Header;

/** Writes advertisements as complete Ethernet frames to the VRRP group, without allocating. */
public final class AdvertisementEncoder {

    /** DSCP CS6, network control. */
    private static final int TRAFFIC_CLASS = 0xC0;
    private static final int TIME_TO_LIVE = 255;
    private static final int MAXIMUM_CENTISECONDS = 4095;
    private static final int MAXIMUM_SECONDS = 255;
    private static final int CHECKSUM = 6;

    private AdvertisementEncoder() {}

    /**
     * Returns the length of the frame.
     *
     * @param version 2 or 3; version 2 carries an interval of whole seconds, at least 1, and never a pseudo-header
     * @param pseudoHeader version 3: the checksum of RFC 5798, which most of the deployed base wants, not of RFC 9568
     */
    public static int encodeIpv4(
            ByteBuffer out, int offset, long sourceMac, IpAddress source, IpAddress group, int ipId, int version,
            int vrid, int priority, long intervalNanos, IpAddress[] addresses, boolean pseudoHeader) {
        int authentication = version == 2 ? Advertisement.AUTHENTICATION_DATA : 0;
        int length = Advertisement.HEADER + 4 * addresses.length + authentication;
        int ip = EthernetHeader.write(out, offset, EthernetHeader.ofGroup(group), sourceMac, EthernetHeader.TYPE_IPV4);
        int message = writeIpv4Header(out, ip, length, ipId, source, group);
        int end = version == 2
                ? writeVersion2(out, message, vrid, priority, intervalNanos, addresses)
                : writeVersion3(out, message, vrid, priority, intervalNanos, addresses);
        long sum = InternetChecksum.sum(out, message, length);
        if (version != 2 && pseudoHeader) {
            sum += sumOfPseudoHeader(source, group, length);
        }
        out.putShort(message + CHECKSUM, InternetChecksum.field(sum));
        return end - offset;
    }

    /** Returns the length of the frame; over IPv6 there is only version 3. */
    public static int encodeIpv6(
            ByteBuffer out, int offset, long sourceMac, IpAddress source, IpAddress group,
            int vrid, int priority, long intervalNanos, IpAddress[] addresses) {
        int length = Advertisement.HEADER + 16 * addresses.length;
        int ip = EthernetHeader.write(out, offset, EthernetHeader.ofGroup(group), sourceMac, EthernetHeader.TYPE_IPV6);
        int message = Ipv6Header.write(
                out, ip, TRAFFIC_CLASS, length, Advertisement.PROTOCOL, source, group.high(), group.low());
        int end = writeVersion3(out, message, vrid, priority, intervalNanos, addresses);
        long sum = InternetChecksum.sum(out, message, length) + sumOfPseudoHeader(source, group, length);
        out.putShort(message + CHECKSUM, InternetChecksum.field(sum));
        return end - offset;
    }

    private static long sumOfPseudoHeader(IpAddress source, IpAddress group, int length) {
        return InternetChecksum.sumOfPseudoHeader(
                source.high(), source.low(), group.high(), group.low(), Advertisement.PROTOCOL, length);
    }

    private static int writeIpv4Header(
            ByteBuffer out, int offset, int payloadLength, int id, IpAddress source, IpAddress group) {
        out.put(offset, (byte) 0x45);
        out.put(offset + 1, (byte) TRAFFIC_CLASS);
        out.putShort(offset + 2, (short) (Advertisement.IPV4_HEADER + payloadLength));
        out.putShort(offset + 4, (short) id);
        out.putShort(offset + 6, (short) 0);
        out.put(offset + 8, (byte) TIME_TO_LIVE);
        out.put(offset + 9, (byte) Advertisement.PROTOCOL);
        out.putShort(offset + 10, (short) 0);
        source.write(out, offset + 12);
        group.write(out, offset + 16);
        long sum = InternetChecksum.sum(out, offset, Advertisement.IPV4_HEADER);
        out.putShort(offset + 10, InternetChecksum.field(sum));
        return offset + Advertisement.IPV4_HEADER;
    }

    private static int writeVersion2(
            ByteBuffer out, int offset, int vrid, int priority, long intervalNanos, IpAddress[] addresses) {
        long seconds = Math.max(1, Math.min(MAXIMUM_SECONDS, intervalNanos / Advertisement.NANOS_PER_SECOND));
        int end = writeMessage(out, offset, 2, vrid, priority, (int) seconds, addresses);
        out.putLong(end, 0); // RFC 3768 section 5.3.10: authentication type 0 is byte 4, its data is zero
        return end + Advertisement.AUTHENTICATION_DATA;
    }

    private static int writeVersion3(
            ByteBuffer out, int offset, int vrid, int priority, long intervalNanos, IpAddress[] addresses) {
        long centiseconds = Math.min(MAXIMUM_CENTISECONDS, intervalNanos / Advertisement.NANOS_PER_CENTISECOND);
        return writeMessage(out, offset, 3, vrid, priority, (int) centiseconds, addresses);
    }

    private static int writeMessage(
            ByteBuffer out, int offset, int version, int vrid, int priority, int interval, IpAddress[] addresses) {
        out.put(offset, (byte) (version << 4 | Advertisement.TYPE_ADVERTISEMENT));
        out.put(offset + 1, (byte) vrid);
        out.put(offset + 2, (byte) priority);
        out.put(offset + 3, (byte) addresses.length);
        out.putShort(offset + 4, (short) interval);
        out.putShort(offset + CHECKSUM, (short) 0);
        int at = offset + Advertisement.HEADER;
        for (IpAddress address : addresses) {
            address.write(out, at);
            at += address.family().addressBytes();
        }
        return at;
    }
}
