package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.AdvertisementContent;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;
import org.vrrpd.proto.vrrp.DecodeError;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/** Another router on the link: makes the packets that arrive from it, right ones and wrong ones. */
public record PeerRouter(int version, int vrid, IpAddress source, long intervalNanos, IpAddress... addresses) {

    private static final IpAddress GROUP4 = IpAddress.parse("224.0.0.18");
    private static final IpAddress GROUP6 = IpAddress.parse("ff02::12");

    public static PeerRouter of(int version, int vrid, String source, long intervalNanos, String... addresses) {
        return new PeerRouter(version, vrid, IpAddress.parse(source), intervalNanos,
                Arrays.stream(addresses).map(IpAddress::parse).toArray(IpAddress[]::new));
    }

    public PeerRouter from(String otherSource) {
        return new PeerRouter(version, vrid, IpAddress.parse(otherSource), intervalNanos, addresses);
    }

    public PeerRouter every(long otherIntervalNanos) {
        return new PeerRouter(version, vrid, source, otherIntervalNanos, addresses);
    }

    /** As this router sends it, with the checksum that most of the field computes. */
    public Packet advertisement(int priority) {
        return advertisement(priority, true);
    }

    public Packet advertisement(int priority, boolean pseudoHeader) {
        ByteBuffer frame = ByteBuffer.allocate(2048);
        boolean ipv4 = source.family() == Family.IPV4;
        int length = ipv4
                ? AdvertisementEncoder.encodeIpv4(frame, 0, 1, source, GROUP4, 1, version, vrid, priority,
                        intervalNanos, addresses, pseudoHeader)
                : AdvertisementEncoder.encodeIpv6(
                        frame, 0, 1, source, GROUP6, vrid, priority, intervalNanos, addresses);
        return Packet.ofFrame(Arrays.copyOf(frame.array(), length));
    }

    /** To a peer instead of the group. */
    public Packet advertisementTo(String peer, int priority) {
        return advertisementTo(peer, priority, MessageAuthentication.NONE, 0);
    }

    /** To a peer or the group, with a password or signed. */
    public Packet advertisementTo(String to, int priority, MessageAuthentication authentication, long sequence) {
        IpAddress destination = IpAddress.parse(to);
        AdvertisementContent content =
                new AdvertisementContent(version, vrid, intervalNanos, addresses, authentication);
        ByteBuffer packet = ByteBuffer.allocate(2048);
        int length = source.family() == Family.IPV4
                ? AdvertisementEncoder.packetIpv4(
                        packet, 0, content, priority, source, destination, 255, 1, sequence, destination)
                : AdvertisementEncoder.packetIpv6(packet, 0, content, priority, source, destination, 255);
        return Packet.ofPacket(Arrays.copyOf(packet.array(), length));
    }

    /** An IP packet with protocol 112, or 51. */
    public record Packet(Family family, byte[] ip, int hopLimit) {

        /** Of a frame as our own core sends it. */
        public static Packet ofFrame(byte[] frame) {
            Family family = frame[12] == 8 ? Family.IPV4 : Family.IPV6;
            byte[] ip = Arrays.copyOfRange(frame, 14, frame.length);
            return new Packet(family, ip, family == Family.IPV4 ? -1 : ip[7] & 255);
        }

        private int message() {
            return family == Family.IPV6 ? 40 : protocol() == 112 ? 20 : 44;
        }

        public int protocol() {
            return ip[family == Family.IPV4 ? 9 : 6] & 255;
        }

        public IpAddress destination() {
            return IpAddress.read(family, ByteBuffer.wrap(ip), family == Family.IPV4 ? 16 : 24);
        }

        public IpAddress source() {
            return IpAddress.read(family, ByteBuffer.wrap(ip), family == Family.IPV4 ? 12 : 8);
        }

        public int timeToLive() {
            return ip[family == Family.IPV4 ? 8 : 7] & 255;
        }

        /** Of IPv4. */
        public int id() {
            return ByteBuffer.wrap(ip).getShort(4) & 0xFFFF;
        }

        /** Byte {@code i} of the VRRP message. */
        public int vrrpByte(int i) {
            return ip[message() + i] & 255;
        }

        /** Of an authentication header. */
        public long sequence() {
            return ByteBuffer.wrap(ip).getInt(28) & 0xFFFF_FFFFL;
        }

        /** Read as a receiver does. */
        public Advertisement read() {
            Advertisement advertisement = new Advertisement();
            DecodeError error = family == Family.IPV4
                    ? advertisement.wrapIpv4(ByteBuffer.wrap(ip), 0, ip.length)
                    : advertisement.wrapIpv6(ByteBuffer.wrap(ip), 40, ip.length - 40, 8, 24, hopLimit);
            if (error != DecodeError.NONE) {
                throw new AssertionError("Expected an advertisement, but found " + error);
            }
            return advertisement;
        }

        /** An IP packet as our own core sends it to a peer. */
        public static Packet ofPacket(byte[] ip) {
            Family family = (ip[0] & 0xF0) == 0x40 ? Family.IPV4 : Family.IPV6;
            return new Packet(family, ip, family == Family.IPV4 ? -1 : ip[7] & 255);
        }

        public Packet withTimeToLive(int limit) {
            byte[] changed = ip.clone();
            changed[family == Family.IPV4 ? 8 : 7] = (byte) limit;
            return new Packet(family, changed, family == Family.IPV4 ? -1 : limit);
        }

        /** Byte {@code i} of the VRRP message is another one; the checksum is as wrong as that makes it. */
        public Packet with(int i, int value) {
            byte[] changed = ip.clone();
            changed[message() + i] = (byte) value;
            return new Packet(family, changed, hopLimit);
        }

        public Packet cutTo(int messageBytes) {
            byte[] changed = Arrays.copyOf(ip, message() + messageBytes);
            if (family == Family.IPV4) {
                ByteBuffer.wrap(changed).putShort(2, (short) changed.length);
            }
            return new Packet(family, changed, hopLimit);
        }

        public Packet padded(int bytes) {
            return new Packet(family, Arrays.copyOf(ip, ip.length + bytes), hopLimit);
        }

        /** Makes the checksum right again; of IPv4 without pseudo-header. */
        public Packet checksummed() {
            byte[] changed = ip.clone();
            ByteBuffer buffer = ByteBuffer.wrap(changed);
            int length = changed.length - message();
            buffer.putShort(message() + 6, (short) 0);
            long sum = InternetChecksum.sum(buffer, message(), length);
            if (family == Family.IPV6) {
                sum += InternetChecksum.sum(buffer, 8, 32) + 112 + length;
            }
            buffer.putShort(message() + 6, InternetChecksum.field(sum));
            return new Packet(family, changed, hopLimit);
        }

        /** The payload of ADVERTISEMENT_RECEIVED. */
        public byte[] payload(int interfaceIndex, int socketId, long receivedNanos) {
            int from = family == Family.IPV4 ? 0 : 40;
            ByteBuffer payload = ByteBuffer.allocate(AdvertisementReceived.PACKET + ip.length - from);
            int at = AdvertisementReceived.writeHead(
                    payload, 0, family, hopLimit, interfaceIndex, socketId, receivedNanos);
            if (family == Family.IPV6) {
                payload.put(24, ip, 8, 32);
            }
            payload.put(at, ip, from, ip.length - from);
            return payload.array();
        }
    }
}
