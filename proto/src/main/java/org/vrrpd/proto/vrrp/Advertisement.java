package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.InternetChecksum;
import org.vrrpd.proto.inet.IpAddress;

/**
 * One received VRRP message, read in place: wrap it again for the next packet. Nothing outside the given bytes is read,
 * and nothing is allocated unless an {@link IpAddress} is asked for.
 *
 * <pre>
 * 0 version, type   1 VRID   2 priority   3 count of addresses
 * 4 v3: reserved (4 bits), interval in centiseconds (12 bits)   v2: authentication type, interval in seconds
 * 6 checksum   8 addresses   and in v2 over IPv4: 8 bytes of authentication data
 * </pre>
 */
public final class Advertisement {

    public static final int PROTOCOL = 112;
    /** Of messages that are signed: the authentication header stands between IP and VRRP. */
    public static final int PROTOCOL_AH = AuthenticationHeader.PROTOCOL;
    public static final int TYPE_ADVERTISEMENT = 1;
    public static final long NANOS_PER_CENTISECOND = 10_000_000L;
    public static final long NANOS_PER_SECOND = 1_000_000_000L;
    static final int HEADER = 8;
    static final int AUTHENTICATION_DATA = 8;
    private static final int NO_HEADER = -1;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3FFF;

    private ByteBuffer buffer;
    private Family family;
    private int packet;
    private int packetLength;
    /** Where the authentication header stands; {@link #NO_HEADER}: there is none. */
    private int authenticationHeader;
    private int message;
    private int available;
    private int timeToLive;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    /**
     * Takes a whole IPv4 datagram with its header, as a raw socket delivers it. The total length of the header says
     * where the message ends, since padding of the Ethernet frame may follow. Unless NONE is returned, no other method
     * may be called.
     */
    public DecodeError wrapIpv4(ByteBuffer b, int offset, int length) {
        if (length < Ipv4Header.LENGTH) {
            return DecodeError.SHORT_PACKET;
        }
        int versionAndHeaderLength = b.get(offset) & 255;
        int headerLength = (versionAndHeaderLength & 15) * 4;
        if (versionAndHeaderLength >>> 4 != 4 || headerLength < Ipv4Header.LENGTH || headerLength > length) {
            return DecodeError.BAD_IP_HEADER;
        }
        int totalLength = b.getShort(offset + 2) & 0xFFFF;
        if (totalLength > length || totalLength < headerLength) {
            return DecodeError.BAD_IP_LENGTH;
        }
        int protocol = b.get(offset + 9) & 255;
        if (protocol != PROTOCOL && protocol != AuthenticationHeader.PROTOCOL) {
            return DecodeError.NOT_VRRP;
        }
        if ((b.getShort(offset + 6) & MORE_FRAGMENTS_OR_OFFSET) != 0) {
            return DecodeError.FRAGMENT;
        }
        timeToLive = b.get(offset + 8) & 255;
        sourceHigh = 0;
        sourceLow = b.getInt(offset + 12) & 0xFFFF_FFFFL;
        destinationHigh = 0;
        destinationLow = b.getInt(offset + 16) & 0xFFFF_FFFFL;
        packet = offset;
        packetLength = totalLength;
        if (protocol == PROTOCOL) {
            return wrapMessage(Family.IPV4, b, offset + headerLength, totalLength - headerLength);
        }
        int behind = headerLength + AuthenticationHeader.LENGTH;
        if (behind > totalLength) {
            return DecodeError.SHORT_PACKET;
        }
        if (!AuthenticationHeader.isOne(b, offset + headerLength)) {
            return DecodeError.BAD_AUTHENTICATION_HEADER;
        }
        DecodeError error = wrapMessage(Family.IPV4, b, offset + behind, totalLength - behind);
        authenticationHeader = offset + headerLength;
        return error;
    }

    /**
     * Takes an IPv6 payload, as a raw socket delivers it; the addresses lie elsewhere in the same buffer, and the hop
     * limit comes from ancillary data (-1: the kernel did not tell). Unless NONE is returned, no other method may be
     * called.
     */
    public DecodeError wrapIpv6(
            ByteBuffer b, int offset, int length, int sourceOffset, int destinationOffset, int hopLimit) {
        timeToLive = hopLimit;
        sourceHigh = b.getLong(sourceOffset);
        sourceLow = b.getLong(sourceOffset + 8);
        destinationHigh = b.getLong(destinationOffset);
        destinationLow = b.getLong(destinationOffset + 8);
        return wrapMessage(Family.IPV6, b, offset, length);
    }

    private DecodeError wrapMessage(Family newFamily, ByteBuffer b, int offset, int length) {
        if (length < HEADER) {
            return DecodeError.SHORT_PACKET;
        }
        buffer = b;
        family = newFamily;
        authenticationHeader = NO_HEADER;
        message = offset;
        available = length;
        return version() == 2 || version() == 3 ? DecodeError.NONE : DecodeError.UNKNOWN_VERSION;
    }

    public Family family() {
        return family;
    }

    public int version() {
        return unsignedByte(0) >>> 4;
    }

    public int type() {
        return unsignedByte(0) & 15;
    }

    public int vrid() {
        return unsignedByte(1);
    }

    public int priority() {
        return unsignedByte(2);
    }

    /** As the message says; the addresses may be read only if it {@link #isComplete}. */
    public int addressCount() {
        return unsignedByte(3);
    }

    /** RFC 9568 section 5.2.6: the four reserved bits before the interval of version 3 are ignored. */
    public long intervalNanos() {
        return version() == 2
                ? unsignedByte(5) * NANOS_PER_SECOND
                : (buffer.getShort(message + 4) & 0x0FFF) * NANOS_PER_CENTISECOND;
    }

    /** Of version 2; there is none in version 3, which is 0. */
    public int authenticationType() {
        return version() == 2 ? unsignedByte(4) : 0;
    }

    /** The eight bytes behind the addresses of version 2 over IPv4; only of a message that {@link #isComplete}. */
    long authenticationData() {
        return buffer.getLong(message + messageLength() - AUTHENTICATION_DATA);
    }

    /** The message is signed: it came with IP protocol 51. */
    public boolean hasAuthenticationHeader() {
        return authenticationHeader != NO_HEADER;
    }

    /** The SPI of the authentication header is the packet's source, as RFC 2338 wants it. */
    public boolean isSpiSource() {
        return AuthenticationHeader.spi(buffer, authenticationHeader) == (int) sourceLow;
    }

    /** Of the authentication header; unsigned 32 bits. */
    public long sequence() {
        return AuthenticationHeader.sequence(buffer, authenticationHeader);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int packetOffset() {
        return packet;
    }

    int packetLength() {
        return packetLength;
    }

    int authenticationHeader() {
        return authenticationHeader;
    }

    /** Or the IPv6 hop limit; -1 if unknown, which must not count as 255 (RFC 9568 section 5.1.2.3). */
    public int timeToLive() {
        return timeToLive;
    }

    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /** Allocates. */
    public IpAddress source() {
        return new IpAddress(family, sourceHigh, sourceLow);
    }

    /** Allocates. */
    public IpAddress destination() {
        return new IpAddress(family, destinationHigh, destinationLow);
    }

    public boolean isMulticast() {
        return family == Family.IPV4 ? destinationLow >>> 28 == 0xE : destinationHigh >>> 56 == 0xFF;
    }

    /**
     * RFC 9568 section 7.1: the fixed fields and all the addresses are there (RFC 3768 section 7.1: and so is the
     * authentication data). More bytes behind them are no fault.
     */
    public boolean isComplete() {
        return available >= messageLength();
    }

    /** Of the message itself, whatever follows it in the datagram. Version 2 over IPv6, which is in no RFC, has no
     * authentication data. */
    private int messageLength() {
        int addresses = HEADER + addressCount() * family.addressBytes();
        return version() == 2 && family == Family.IPV4 ? addresses + AUTHENTICATION_DATA : addresses;
    }

    /** INVALID also for a message that is not complete. */
    public ChecksumForm checksum() {
        if (!isComplete()) {
            return ChecksumForm.INVALID;
        }
        int length = messageLength();
        long sum = InternetChecksum.sum(buffer, message, length);
        boolean mayHavePseudoHeader = version() == 3 || family == Family.IPV6;
        if (mayHavePseudoHeader && InternetChecksum.isValid(sum + InternetChecksum.sumOfPseudoHeader(
                sourceHigh, sourceLow, destinationHigh, destinationLow, PROTOCOL, length))) {
            return ChecksumForm.PSEUDO_HEADER;
        }
        boolean mayBeMessageOnly = version() == 2 || family == Family.IPV4;
        return mayBeMessageOnly && InternetChecksum.isValid(sum) ? ChecksumForm.MESSAGE_ONLY : ChecksumForm.INVALID;
    }

    /**
     * Of version 3 over IPv4, to a peer: the checksum fits a pseudo-header with the multicast group for a destination,
     * as keepalived before 1.3.7 has it.
     */
    public boolean isChecksumOverGroup(IpAddress group) {
        if (version() != 3 || family != Family.IPV4 || isMulticast() || !isComplete()) {
            return false;
        }
        int length = messageLength();
        return InternetChecksum.isValid(InternetChecksum.sum(buffer, message, length)
                + InternetChecksum.sumOfPseudoHeader(
                        sourceHigh, sourceLow, group.high(), group.low(), PROTOCOL, length));
    }

    /** Throws IndexOutOfBoundsException for an address that is not there. */
    public long addressHigh(int i) {
        int offset = addressOffset(i);
        return family == Family.IPV4 ? 0 : buffer.getLong(offset);
    }

    /** Throws IndexOutOfBoundsException for an address that is not there. */
    public long addressLow(int i) {
        int offset = addressOffset(i);
        return family == Family.IPV4 ? buffer.getInt(offset) & 0xFFFF_FFFFL : buffer.getLong(offset + 8);
    }

    private int addressOffset(int i) {
        int readable = Math.min(addressCount(), (available - HEADER) / family.addressBytes());
        return message + HEADER + Objects.checkIndex(i, readable) * family.addressBytes();
    }

    /** True when the message lists as many addresses as are expected, and each is among them; the order is free. */
    public boolean addressesEqual(IpAddress[] expected) {
        if (!isComplete() || expected.length != addressCount()) {
            return false;
        }
        for (IpAddress address : expected) {
            if (occurrences(address) != occurrencesIn(expected, address)) {
                return false;
            }
        }
        return true;
    }

    private int occurrences(IpAddress address) {
        int found = 0;
        for (int i = 0; i < addressCount(); i++) {
            found += address.family() == family && address.matches(addressHigh(i), addressLow(i)) ? 1 : 0;
        }
        return found;
    }

    private static int occurrencesIn(IpAddress[] addresses, IpAddress address) {
        int found = 0;
        for (IpAddress other : addresses) {
            found += other.family() == address.family() && other.matches(address.high(), address.low()) ? 1 : 0;
        }
        return found;
    }

    private int unsignedByte(int offset) {
        return buffer.get(message + offset) & 255;
    }
}
