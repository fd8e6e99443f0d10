package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.Ipv6Header;

/** Writes advertisements, as whole Ethernet frames to a group or as IP packets, without allocating (but for AH). */
public final class AdvertisementEncoder {

    /** DSCP CS6, network control. */
    private static final int TRAFFIC_CLASS = 0xC0;
    private static final int TIME_TO_LIVE = 255;
    private static final int MAXIMUM_CENTISECONDS = 4095;
    private static final int MAXIMUM_SECONDS = 255;
    private static final int CHECKSUM = 6;
    private static final int HOP_LIMIT = 7;

    private AdvertisementEncoder() {}

    /**
     * A frame without authentication; returns its length.
     *
     * @param version 2 or 3; version 2 carries an interval of whole seconds, at least 1, and never a pseudo-header
     * @param pseudoHeader version 3: the checksum of RFC 5798, which most of the deployed base wants, not of RFC 9568
     */
    public static int encodeIpv4(
            ByteBuffer out, int offset, long sourceMac, IpAddress source, IpAddress group, int ipId, int version,
            int vrid, int priority, long intervalNanos, IpAddress[] addresses, boolean pseudoHeader) {
        int packet = EthernetHeader.write(
                out, offset, EthernetHeader.ofGroup(group), sourceMac, EthernetHeader.TYPE_IPV4);
        return packet - offset + writeIpv4(out, packet, version, vrid, priority, intervalNanos, addresses,
                MessageAuthentication.NONE, source, group, TIME_TO_LIVE, ipId, 0, pseudoHeader ? group : null);
    }

    /** Returns the length of the frame; over IPv6 there is only version 3. */
    public static int encodeIpv6(
            ByteBuffer out, int offset, long sourceMac, IpAddress source, IpAddress group,
            int vrid, int priority, long intervalNanos, IpAddress[] addresses) {
        int packet = EthernetHeader.write(
                out, offset, EthernetHeader.ofGroup(group), sourceMac, EthernetHeader.TYPE_IPV6);
        return packet - offset + writeIpv6(
                out, packet, vrid, priority, intervalNanos, addresses, source, group, TIME_TO_LIVE);
    }

    /**
     * An IPv4 packet with its header; returns its length.
     *
     * @param sequence of the authentication header, when there is one
     * @param pseudoDestination version 3: the destination that the pseudo-header of the checksum names; null: the
     *     checksum has no pseudo-header
     */
    public static int packetIpv4(
            ByteBuffer out, int offset, AdvertisementContent content, int priority, IpAddress source,
            IpAddress destination, int timeToLive, int ipId, long sequence, IpAddress pseudoDestination) {
        return writeIpv4(out, offset, content.version(), content.vrid(), priority, content.intervalNanos(),
                content.addresses(), content.authentication(), source, destination, timeToLive, ipId, sequence,
                pseudoDestination);
    }

    /** An IPv6 packet with its header; returns its length. */
    public static int packetIpv6(
            ByteBuffer out, int offset, AdvertisementContent content, int priority, IpAddress source,
            IpAddress destination, int hopLimit) {
        return writeIpv6(out, offset, content.vrid(), priority, content.intervalNanos(), content.addresses(),
                source, destination, hopLimit);
    }

    private static int writeIpv4(
            ByteBuffer out, int packet, int version, int vrid, int priority, long intervalNanos,
            IpAddress[] addresses, MessageAuthentication authentication, IpAddress source, IpAddress destination,
            int timeToLive, int ipId, long sequence, IpAddress pseudoDestination) {
        int data = version == 2 ? Advertisement.AUTHENTICATION_DATA : 0;
        int length = Advertisement.HEADER + 4 * addresses.length + data;
        boolean signed = authentication.hasHeader();
        int header = Ipv4Header.write(
                out, packet, TRAFFIC_CLASS, signed ? AuthenticationHeader.LENGTH + length : length, ipId, timeToLive,
                signed ? AuthenticationHeader.PROTOCOL : Advertisement.PROTOCOL, source, destination);
        int message = signed ? AuthenticationHeader.write(out, header, (int) source.low(), sequence) : header;
        int end = version == 2
                ? writeVersion2(out, message, vrid, priority, intervalNanos, addresses, authentication)
                : writeVersion3(out, message, vrid, priority, intervalNanos, addresses);
        long sum = InternetChecksum.sum(out, message, length);
        if (version != 2 && pseudoDestination != null) {
            sum += sumOfPseudoHeader(source, pseudoDestination, length);
        }
        out.putShort(message + CHECKSUM, InternetChecksum.field(sum));
        if (signed) {
            authentication.sign(out, packet, end - packet, header);
        }
        return end - packet;
    }

    private static int writeIpv6(
            ByteBuffer out, int packet, int vrid, int priority, long intervalNanos, IpAddress[] addresses,
            IpAddress source, IpAddress destination, int hopLimit) {
        int length = Advertisement.HEADER + 16 * addresses.length;
        int message = Ipv6Header.write(
                out, packet, TRAFFIC_CLASS, length, Advertisement.PROTOCOL, source,
                destination.high(), destination.low());
        out.put(packet + HOP_LIMIT, (byte) hopLimit);
        int end = writeVersion3(out, message, vrid, priority, intervalNanos, addresses);
        long sum = InternetChecksum.sum(out, message, length) + sumOfPseudoHeader(source, destination, length);
        out.putShort(message + CHECKSUM, InternetChecksum.field(sum));
        return end - packet;
    }

    private static long sumOfPseudoHeader(IpAddress source, IpAddress destination, int length) {
        return InternetChecksum.sumOfPseudoHeader(
                source.high(), source.low(), destination.high(), destination.low(), Advertisement.PROTOCOL, length);
    }

    /** RFC 2338 section 5.3.6: byte 4 is the type of authentication, and its data stand behind the addresses. */
    private static int writeVersion2(
            ByteBuffer out, int offset, int vrid, int priority, long intervalNanos, IpAddress[] addresses,
            MessageAuthentication authentication) {
        long seconds = Math.max(1, Math.min(MAXIMUM_SECONDS, intervalNanos / Advertisement.NANOS_PER_SECOND));
        int typeAndInterval = authentication.type() << 8 | (int) seconds;
        int end = writeMessage(out, offset, 2, vrid, priority, typeAndInterval, addresses);
        out.putLong(end, authentication.data());
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
