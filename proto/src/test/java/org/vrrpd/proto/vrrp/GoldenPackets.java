package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Messages whose bytes were computed by hand from RFC 9568 section 5.2, RFC 5798 and RFC 3768 section 5.3. */
enum GoldenPackets {
    V3_IPV4_MESSAGE_ONLY(Family.IPV4, "310ac8010064448ec0000201",
            3, 10, 200, 100 * 10_000_000L, ChecksumForm.MESSAGE_ONLY, "192.0.2.1"),
    V3_IPV4_PSEUDO_HEADER(Family.IPV4, "310ac8010064a103c0000201",
            3, 10, 200, 100 * 10_000_000L, ChecksumForm.PSEUDO_HEADER, "192.0.2.1"),
    V3_IPV4_STOP_MESSAGE_ONLY(Family.IPV4, "310a000100640c8fc0000201",
            3, 10, 0, 100 * 10_000_000L, ChecksumForm.MESSAGE_ONLY, "192.0.2.1"),
    V3_IPV4_STOP_PSEUDO_HEADER(Family.IPV4, "310a000100646904c0000201",
            3, 10, 0, 100 * 10_000_000L, ChecksumForm.PSEUDO_HEADER, "192.0.2.1"),
    V3_IPV6(Family.IPV6,
            "310ac80200647b1afe80000000000000000000000000000120010db8000000000000000000000001",
            3, 10, 200, 100 * 10_000_000L, ChecksumForm.PSEUDO_HEADER, "fe80::1", "2001:db8::1"),
    V3_IPV6_LARGEST(Family.IPV6, "31ff01010fff5f56fe800000000000000000000000000001",
            3, 255, 1, 4095 * 10_000_000L, ChecksumForm.PSEUDO_HEADER, "fe80::1"),
    V2(Family.IPV4, "210ac801000154f1c00002010000000000000000",
            2, 10, 200, 1_000_000_000L, ChecksumForm.MESSAGE_ONLY, "192.0.2.1"),
    V2_LARGEST(Family.IPV4, "21ffff0200ff59fac0000201c00002020000000000000000",
            2, 255, 255, 255_000_000_000L, ChecksumForm.MESSAGE_ONLY, "192.0.2.1", "192.0.2.2");

    static final IpAddress SOURCE4 = IpAddress.parse("192.0.2.251");
    static final IpAddress GROUP4 = IpAddress.parse("224.0.0.18");
    static final IpAddress SOURCE6 = IpAddress.parse("fe80::200:5eff:fe00:20a");
    static final IpAddress GROUP6 = IpAddress.parse("ff02::12");
    /** Version 4, IHL 5, TOS 0xc0, total length to fill in, ID 1, TTL 255, protocol 112, checksum not looked at. */
    private static final String HEADER4 = "45c000000001 0000 ff700000 c00002fb e0000012";

    final Family family;
    final String hex;
    final int version;
    final int vrid;
    final int priority;
    final long intervalNanos;
    final ChecksumForm checksum;
    final IpAddress[] addresses;

    GoldenPackets(
            Family family, String hex, int version, int vrid, int priority, long intervalNanos,
            ChecksumForm checksum, String... addresses) {
        this.family = family;
        this.hex = hex;
        this.version = version;
        this.vrid = vrid;
        this.priority = priority;
        this.intervalNanos = intervalNanos;
        this.checksum = checksum;
        this.addresses = new IpAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            this.addresses[i] = IpAddress.parse(addresses[i]);
        }
    }

    byte[] message() {
        return Hex.bytes(hex);
    }

    /** The IPv4 datagram, or the two IPv6 addresses and the payload: what wrap takes. */
    byte[] packet() {
        return packet(family, message());
    }

    static byte[] packet(Family family, byte[] message) {
        if (family == Family.IPV4) {
            ByteBuffer datagram = ByteBuffer.allocate(20 + message.length);
            datagram.put(0, Hex.bytes(HEADER4)).put(20, message);
            return datagram.putShort(2, (short) (20 + message.length)).array();
        }
        ByteBuffer payload = ByteBuffer.allocate(32 + message.length);
        SOURCE6.write(payload, 0);
        GROUP6.write(payload, 16);
        return payload.put(32, message).array();
    }

    static DecodeError wrap(Family family, Advertisement advertisement, ByteBuffer buffer, int offset, int length) {
        return family == Family.IPV4
                ? advertisement.wrapIpv4(buffer, offset, length)
                : advertisement.wrapIpv6(buffer, offset + 32, length - 32, offset, offset + 16, 255);
    }

    IpAddress source() {
        return family == Family.IPV4 ? SOURCE4 : SOURCE6;
    }

    IpAddress group() {
        return family == Family.IPV4 ? GROUP4 : GROUP6;
    }
}
