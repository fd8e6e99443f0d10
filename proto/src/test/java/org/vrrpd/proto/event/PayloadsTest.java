package org.vrrpd.proto.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    private static final int OFFSET = 5;

    /** uid 1000, pid 4711, 258 not recorded, "reload", "no". */
    private static final byte[] REFUSED = HexFormat.of().parseHex(
            "000003e8" + "00001267" + "0000000000000102" + "0006" + "72656c6f6164" + "0002" + "6e6f");

    @Test
    void aRefusalIsTheseBytes() {
        ByteBuffer out = ByteBuffer.allocate(64);
        int length = Payloads.writeControlRefused(out, OFFSET, 1000, 4711, 258, "reload", "no");
        assertArrayEquals(REFUSED, Arrays.copyOfRange(out.array(), OFFSET, OFFSET + length));
    }

    @Test
    void theseBytesAreARefusal() {
        ByteBuffer in = ByteBuffer.wrap(REFUSED);
        assertEquals(1000, in.getInt(0));
        assertEquals(4711, in.getInt(4));
        assertEquals(258, in.getLong(8));
        assertEquals("reload", Payloads.readText(in, 16));
        assertEquals("no", Payloads.readText(in, Payloads.skipText(in, 16)));
    }
}
