package org.vrrpd.proto.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.DecodeError;

/** An IP packet with protocol 112, or 51. */
public record WirePacket(Family family, byte[] ip, int hopLimit) {

    /** Of a frame as our own core sends it. */
    public static WirePacket ofFrame(byte[] frame) {
        Family family = frame[12] == 8 ? Family.IPV4 : Family.IPV6;
        byte[] ip = Arrays.copyOfRange(frame, 14, frame.length);
        return new WirePacket(family, ip, family == Family.IPV4 ? -1 : ip[7] & 255);
    }

    private int message() {
        return family == Family.IPV6 ? 40 : protocol() == 112 ? 20 : 44;
    }

    /** Whether a network takes it: its version is that of its family, its header whole. */
    boolean isForwarded() {
        int version = (ip[0] & 0xF0) >> 4;
        return family == Family.IPV6
                ? version == 6 && (ByteBuffer.wrap(ip).getShort(4) & 0xFFFF) == ip.length - 40
                : (ip[0] & 255) == 0x45 && InternetChecksum.isValid(InternetChecksum.sum(ByteBuffer.wrap(ip), 0, 20));
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
            throw new IllegalStateException("Expected an advertisement, but found " + error);
        }
        return advertisement;
    }

    /** An IP packet as our own core sends it to a peer. */
    public static WirePacket ofPacket(byte[] ip) {
        Family family = (ip[0] & 0xF0) == 0x40 ? Family.IPV4 : Family.IPV6;
        return new WirePacket(family, ip, family == Family.IPV4 ? -1 : ip[7] & 255);
    }

    public WirePacket withTimeToLive(int limit) {
        byte[] changed = ip.clone();
        changed[family == Family.IPV4 ? 8 : 7] = (byte) limit;
        return new WirePacket(family, changed, family == Family.IPV4 ? -1 : limit);
    }

    /** Byte {@code i} of the VRRP message is another one; the checksum is as wrong as that makes it. */
    public WirePacket with(int i, int value) {
        byte[] changed = ip.clone();
        changed[message() + i] = (byte) value;
        return new WirePacket(family, changed, hopLimit);
    }

    public WirePacket cutTo(int messageBytes) {
        byte[] changed = Arrays.copyOf(ip, message() + messageBytes);
        if (family == Family.IPV4) {
            ByteBuffer.wrap(changed).putShort(2, (short) changed.length);
        }
        return new WirePacket(family, changed, hopLimit);
    }

    public WirePacket padded(int bytes) {
        return new WirePacket(family, Arrays.copyOf(ip, ip.length + bytes), hopLimit);
    }

    /** Makes the checksum right again; of IPv4 without pseudo-header. */
    public WirePacket checksummed() {
        byte[] changed = ip.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed);
        int length = changed.length - message();
        buffer.putShort(message() + 6, (short) 0);
        long sum = InternetChecksum.sum(buffer, message(), length);
        if (family == Family.IPV6) {
            sum += InternetChecksum.sum(buffer, 8, 32) + 112 + length;
        }
        buffer.putShort(message() + 6, InternetChecksum.field(sum));
        return new WirePacket(family, changed, hopLimit);
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
