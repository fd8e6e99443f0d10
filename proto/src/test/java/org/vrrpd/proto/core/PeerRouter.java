package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.simulation.WirePacket;
import org.vrrpd.proto.vrrp.AdvertisementContent;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;
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
    public WirePacket advertisement(int priority) {
        return advertisement(priority, true);
    }

    public WirePacket advertisement(int priority, boolean pseudoHeader) {
        ByteBuffer frame = ByteBuffer.allocate(2048);
        boolean ipv4 = source.family() == Family.IPV4;
        int length = ipv4
                ? AdvertisementEncoder.encodeIpv4(frame, 0, 1, source, GROUP4, 1, version, vrid, priority,
                        intervalNanos, addresses, pseudoHeader)
                : AdvertisementEncoder.encodeIpv6(
                        frame, 0, 1, source, GROUP6, vrid, priority, intervalNanos, addresses);
        return WirePacket.ofFrame(Arrays.copyOf(frame.array(), length));
    }

    /** To a peer instead of the group. */
    public WirePacket advertisementTo(String peer, int priority) {
        return advertisementTo(peer, priority, MessageAuthentication.NONE, 0);
    }

    /** To a peer or the group, with a password or signed. */
    public WirePacket advertisementTo(String to, int priority, MessageAuthentication authentication, long sequence) {
        IpAddress destination = IpAddress.parse(to);
        AdvertisementContent content =
                new AdvertisementContent(version, vrid, intervalNanos, addresses, authentication);
        ByteBuffer packet = ByteBuffer.allocate(2048);
        int length = source.family() == Family.IPV4
                ? AdvertisementEncoder.packetIpv4(
                        packet, 0, content, priority, source, destination, 255, 1, sequence, destination)
                : AdvertisementEncoder.packetIpv6(packet, 0, content, priority, source, destination, 255);
        return WirePacket.ofPacket(Arrays.copyOf(packet.array(), length));
    }
}
