package org.vrrpd.proto.ndp;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.Ipv6Header;
import org.vrrpd.proto.inet.MacAddress;

/** RFC 4861 section 7.2.6, which RFC 9568 section 6.4.2 wants for each IPv6 address: S clear, O set. */
public final class UnsolicitedNeighborAdvertisement {

    public static final int LENGTH = EthernetHeader.LENGTH + Ipv6Header.LENGTH + 32;
    private static final int ICMPV6 = 58;
    private static final int ICMPV6_LENGTH = 32;
    private static final int NEIGHBOR_ADVERTISEMENT = 136;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;
    private static final int ROUTER = 0x8000_0000;
    private static final int OVERRIDE = 0x2000_0000;
    /** ff02::1. */
    private static final IpAddress ALL_NODES = IpAddress.ipv6(0xFF02_0000_0000_0000L, 1);

    private UnsolicitedNeighborAdvertisement() {}

    /** Returns the length of the frame; allocates nothing. */
    public static int encode(ByteBuffer out, int offset, long mac, IpAddress address, boolean router) {
        int ip = EthernetHeader.write(
                out, offset, EthernetHeader.ofGroup(ALL_NODES), mac, EthernetHeader.TYPE_IPV6);
        int icmp = Ipv6Header.write(
                out, ip, 0, ICMPV6_LENGTH, ICMPV6, address, ALL_NODES.high(), ALL_NODES.low());
        out.putInt(icmp, NEIGHBOR_ADVERTISEMENT << 24);
        out.putInt(icmp + 4, OVERRIDE | (router ? ROUTER : 0));
        address.write(out, icmp + 8);
        out.put(icmp + 24, (byte) TARGET_LINK_LAYER_ADDRESS);
        out.put(icmp + 25, (byte) 1); // in units of 8 bytes
        MacAddress.write(mac, out, icmp + 26);
        long sum = InternetChecksum.sum(out, icmp, ICMPV6_LENGTH) + InternetChecksum.sumOfPseudoHeader(
                address.high(), address.low(), ALL_NODES.high(), ALL_NODES.low(), ICMPV6, ICMPV6_LENGTH);
        out.putShort(icmp + 2, InternetChecksum.field(sum));
        return LENGTH;
    }
}
