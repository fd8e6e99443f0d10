package org.vrrpd.proto.inet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address, held as two longs so that comparing one with bytes of a packet allocates nothing.
 *
 * <p>The order is the one of RFC 9568 section 6.4.3: unsigned integers in network byte order. An IPv4 address lies in
 * the low 32 bits of {@link #low()}.
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {

    private static final Pattern IPV4_TEXT = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6_TEXT = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    public static IpAddress ipv4(int bits) {
        return new IpAddress(Family.IPV4, 0, bits & 0xFFFF_FFFFL);
    }

    public static IpAddress ipv6(long high, long low) {
        return new IpAddress(Family.IPV6, high, low);
    }

    /** Reads 4 or 16 bytes at {@code offset}; the buffer must be big-endian. */
    public static IpAddress read(Family family, ByteBuffer buffer, int offset) {
        return family == Family.IPV4
                ? ipv4(buffer.getInt(offset))
                : ipv6(buffer.getLong(offset), buffer.getLong(offset + 8));
    }

    /** Numeric text only; never asks a resolver. Throws IllegalArgumentException for anything else. */
    public static IpAddress parse(String text) {
        boolean ipv4 = IPV4_TEXT.matcher(text).matches();
        if (!ipv4 && !IPV6_TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("Expected an IPv4 or IPv6 address, but found " + text);
        }
        try {
            byte[] bytes = InetAddress.getByName(ipv4 ? checkedOctets(text) : text).getAddress();
            if (bytes.length == 4 && !ipv4) { // Java folds ::ffff:a.b.c.d into IPv4
                return ipv6(0, 0xFFFF_0000_0000L | (ByteBuffer.wrap(bytes).getInt() & 0xFFFF_FFFFL));
            }
            return read(bytes.length == 4 ? Family.IPV4 : Family.IPV6, ByteBuffer.wrap(bytes), 0);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Expected an IPv4 or IPv6 address, but found " + text, e);
        }
    }

    private static String checkedOctets(String text) {
        for (String octet : text.split("\\.")) {
            if (Integer.parseInt(octet) > 255) {
                throw new IllegalArgumentException("Expected octets of 0 to 255, but found " + text);
            }
        }
        return text;
    }

    /** Writes 4 or 16 bytes at {@code offset}; the buffer must be big-endian. */
    public void write(ByteBuffer buffer, int offset) {
        if (family == Family.IPV4) {
            buffer.putInt(offset, (int) low);
        } else {
            buffer.putLong(offset, high);
            buffer.putLong(offset + 8, low);
        }
    }

    public boolean matches(long otherHigh, long otherLow) {
        return high == otherHigh && low == otherLow;
    }

    /** RFC 9568 section 6.4.3: unsigned, network byte order. */
    public int compareTo(long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order != 0 ? order : Long.compareUnsigned(low, otherLow);
    }

    @Override
    public int compareTo(IpAddress other) {
        int order = family.compareTo(other.family);
        return order != 0 ? order : compareTo(other.high, other.low);
    }

    /** fe80::/10. */
    public boolean isLinkLocal() {
        return family == Family.IPV6 && (high >>> 54) == (0xFE80_0000_0000_0000L >>> 54);
    }

    public boolean isMulticast() {
        return family == Family.IPV4 ? (low >>> 28) == 0xE : (high >>> 56) == 0xFF;
    }

    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** The address as operators write it; IPv6 in the form of RFC 5952. */
    @Override
    public String toString() {
        if (family == Family.IPV4) {
            return (low >>> 24 & 255) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high >>> (48 - 16 * i) : low >>> (112 - 16 * i)) & 0xFFFF);
        }
        return compress(groups);
    }

    private static String compress(int[] groups) {
        int start = -1;
        int longest = 1; // RFC 5952 section 4.2.2: a single zero group is not shortened
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > longest) {
                longest = run;
                start = i;
            }
            i += run;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
