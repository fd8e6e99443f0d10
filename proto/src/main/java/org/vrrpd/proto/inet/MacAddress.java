package org.vrrpd.proto.inet;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** Ethernet addresses are plain longs (the low 48 bits), so that frames are built without allocating. */
public final class MacAddress {

    public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;
    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");

    private MacAddress() {}

    /** RFC 9568 section 7.3: 00-00-5E-00-01-VRID for IPv4, 00-00-5E-00-02-VRID for IPv6. */
    public static long virtualRouter(Family family, int vrid) {
        return 0x0000_5E00_0000L | (family == Family.IPV4 ? 0x100L : 0x200L) | vrid;
    }

    public static long read(ByteBuffer bigEndian, int offset) {
        return (bigEndian.getShort(offset) & 0xFFFFL) << 32 | bigEndian.getInt(offset + 2) & 0xFFFF_FFFFL;
    }

    public static void write(long mac, ByteBuffer bigEndian, int offset) {
        bigEndian.putShort(offset, (short) (mac >>> 32));
        bigEndian.putInt(offset + 2, (int) mac);
    }

    /** Throws IllegalArgumentException unless the text is six hexadecimal octets joined by colons. */
    public static long parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("Expected six octets such as 00:00:5e:00:01:33, but found " + text);
        }
        long mac = 0;
        for (String octet : text.split(":")) {
            mac = mac << 8 | Integer.parseInt(octet, 16);
        }
        return mac;
    }

    public static String text(long mac) {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (mac >>> shift) & 255;
            text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
            text.append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
