package org.vrrpd.proto.arp;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;

/** A gratuitous ARP request (RFC 9568 section 6.4.2): every neighbour that has the address learns where it is now. */
public final class GratuitousArp {

    public static final int LENGTH = EthernetHeader.LENGTH + 28;
    private static final int HARDWARE_ETHERNET = 1;
    private static final int OPERATION_REQUEST = 1;

    private GratuitousArp() {}

    /** Returns the length of the frame, which is not padded; allocates nothing. */
    public static int encode(ByteBuffer out, int offset, long mac, IpAddress address) {
        int arp = EthernetHeader.write(out, offset, MacAddress.BROADCAST, mac, EthernetHeader.TYPE_ARP);
        out.putShort(arp, (short) HARDWARE_ETHERNET);
        out.putShort(arp + 2, (short) EthernetHeader.TYPE_IPV4);
        out.put(arp + 4, (byte) 6);
        out.put(arp + 5, (byte) 4);
        out.putShort(arp + 6, (short) OPERATION_REQUEST);
        MacAddress.write(mac, out, arp + 8);
        address.write(out, arp + 14);
        // What the deployed base sends; receivers of a request do not look at the target's hardware address.
        MacAddress.write(MacAddress.BROADCAST, out, arp + 18);
        address.write(out, arp + 24);
        return LENGTH;
    }
}
