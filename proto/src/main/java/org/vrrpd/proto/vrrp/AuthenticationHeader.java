package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;

/**
 * The header between IPv4 and VRRP that signs both: the IPsec authentication header of RFC 2402 with HMAC-MD5-96 (RFC
 * 2403), as RFC 2338 section 5.3.6.3 uses it.
 *
 * <pre>
 * 0 next header (112)   1 length in words, less 2 (4)   2 reserved   4 SPI: the IPv4 source   8 sequence number
 * 12 integrity check value
 * </pre>
 */
final class AuthenticationHeader {

    static final int PROTOCOL = 51;
    static final int LENGTH = 24;
    static final int CHECK_VALUE = 12;
    static final int CHECK_VALUE_BYTES = 12;
    private static final int SPI = 4;
    private static final int SEQUENCE = 8;
    private static final int WORDS_LESS_TWO = LENGTH / 4 - 2;

    private AuthenticationHeader() {}

    /** Returns the offset behind it. The check value is still zero. */
    static int write(ByteBuffer out, int offset, int spi, long sequence) {
        out.put(offset, (byte) Advertisement.PROTOCOL);
        out.put(offset + 1, (byte) WORDS_LESS_TWO);
        out.putShort(offset + 2, (short) 0);
        out.putInt(offset + SPI, spi);
        out.putInt(offset + SEQUENCE, (int) sequence);
        out.putInt(offset + CHECK_VALUE, 0);
        out.putLong(offset + CHECK_VALUE + 4, 0);
        return offset + LENGTH;
    }

    /** True when it is one as above, with VRRP behind it. */
    static boolean isOne(ByteBuffer in, int offset) {
        return (in.get(offset) & 255) == Advertisement.PROTOCOL && in.get(offset + 1) == WORDS_LESS_TWO;
    }

    static int spi(ByteBuffer in, int offset) {
        return in.getInt(offset + SPI);
    }

    static long sequence(ByteBuffer in, int offset) {
        return in.getInt(offset + SEQUENCE) & 0xFFFF_FFFFL;
    }
}
