package org.vrrpd.proto.inet;

import java.nio.ByteBuffer;

/**
 * The checksum of RFC 1071: 16-bit one's complement of the one's complement sum.
 *
 * <p>Sums are longs of which carries are still to be folded in, so parts (a pseudo-header, a message) add up with plus.
 */
public final class InternetChecksum {

    private InternetChecksum() {}

    /** The part must begin at an even place of what is summed; an odd last byte counts as padded with zero. */
    public static long sum(ByteBuffer bigEndian, int offset, int length) {
        long sum = 0;
        int at = offset;
        int end = offset + length;
        for (; at + 4 <= end; at += 4) {
            sum += bigEndian.getInt(at) & 0xFFFF_FFFFL; // RFC 1071 section 2(C): wider words fold to the same sum
        }
        if (at + 2 <= end) {
            sum += bigEndian.getShort(at) & 0xFFFFL;
            at += 2;
        }
        return at < end ? sum + ((bigEndian.get(at) & 255L) << 8) : sum;
    }

    /** An address as {@link IpAddress} holds it; IPv4 has a high of zero. */
    public static long sumOfAddress(long high, long low) {
        return (high >>> 32) + (high & 0xFFFF_FFFFL) + (low >>> 32) + (low & 0xFFFF_FFFFL);
    }

    /** RFC 8200 section 8.1, and RFC 5798 section 5.2.8 for IPv4: addresses, upper-layer length, protocol. */
    public static long sumOfPseudoHeader(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int protocol, int length) {
        return sumOfAddress(sourceHigh, sourceLow) + sumOfAddress(destinationHigh, destinationLow) + protocol + length;
    }

    /** The value of the checksum field, given the sum of everything with the field itself as zero. */
    public static short field(long sum) {
        return (short) ~fold(sum);
    }

    /** True when {@code sum}, of everything with the field as received, says that it arrived as it was sent. */
    public static boolean isValid(long sum) {
        return fold(sum) == 0xFFFF;
    }

    private static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
        folded = (folded >>> 16) + (folded & 0xFFFF);
        folded = (folded >>> 16) + (folded & 0xFFFF);
        return (int) ((folded >>> 16) + (folded & 0xFFFF));
    }
}
