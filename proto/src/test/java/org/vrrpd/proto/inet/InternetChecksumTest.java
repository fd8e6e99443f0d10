package org.vrrpd.proto.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.rfc.Requirement;

class InternetChecksumTest {

    /** RFC 1071 section 3: the sum is ddf2. */
    @Test
    @Requirement("9568-5.2.8-1")
    void agreesWithTheExampleOfTheRfc() {
        ByteBuffer buffer = Hex.buffer("0001f203f4f5f6f7");
        assertEquals((short) ~0xDDF2, InternetChecksum.field(InternetChecksum.sum(buffer, 0, 8)));
    }

    @Test
    void addsWordsOfSixteenBitsWhateverTheLengthAndTheOffset() {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            long expected = 0;
            for (int i = 0; i < length; i++) {
                expected += (bytes[i] & 255L) << (i % 2 == 0 ? 8 : 0);
            }
            while (expected > 0xFFFF) {
                expected = (expected & 0xFFFF) + (expected >>> 16);
            }
            int offset = random.nextInt(5);
            long sum = InternetChecksum.sum(Hex.behind(offset, bytes), offset, length);
            assertEquals((short) ~expected, InternetChecksum.field(sum), "length " + length);
        }
    }

    @Test
    @Requirement("9568-5.2.8-1")
    void foldsEveryCarryIn() {
        assertEquals((short) 0, InternetChecksum.field(0xFFFF));
        assertEquals((short) 0, InternetChecksum.field(0xFFFF_FFFFL));
        assertEquals((short) ~1, InternetChecksum.field(0x1_0000L));
        assertEquals((short) ~1, InternetChecksum.field(0x1_0000_0000L));
        assertEquals((short) ~2, InternetChecksum.field(0x1_FFFF_0001L));
        assertTrue(InternetChecksum.isValid(0xFFFF_0000L));
        assertFalse(InternetChecksum.isValid(0));
    }

    @Test
    void addsAddressesAsTheyLieInAPacket() {
        IpAddress address = IpAddress.parse("2001:db8::fe:1");
        ByteBuffer buffer = ByteBuffer.allocate(16);
        address.write(buffer, 0);
        assertEquals(InternetChecksum.sum(buffer, 0, 16),
                InternetChecksum.sumOfAddress(address.high(), address.low()));
    }
}
