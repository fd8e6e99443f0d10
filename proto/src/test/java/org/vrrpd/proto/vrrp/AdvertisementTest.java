package org.vrrpd.proto.vrrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rfc.Requirement;

class AdvertisementTest {

    private final Advertisement advertisement = new Advertisement();

    private DecodeError wrap4(byte[] datagram) {
        return advertisement.wrapIpv4(ByteBuffer.wrap(datagram), 0, datagram.length);
    }

    private void accept(Family family, byte[] message) {
        byte[] packet = GoldenPackets.packet(family, message);
        assertEquals(DecodeError.NONE,
                GoldenPackets.wrap(family, advertisement, ByteBuffer.wrap(packet), 0, packet.length));
    }

    /** The golden message with some bytes changed, and the checksum that this makes right (message only). */
    private static byte[] changed(GoldenPackets golden, int offset, int... bytes) {
        byte[] message = golden.message();
        for (int i = 0; i < bytes.length; i++) {
            message[offset + i] = (byte) bytes[i];
        }
        int sum = 0;
        message[6] = 0;
        message[7] = 0;
        for (int i = 0; i < message.length; i += 2) {
            sum += (message[i] & 255) << 8 | message[i + 1] & 255;
        }
        sum = ~((sum >>> 16) + (sum & 0xFFFF));
        message[6] = (byte) (sum >> 8);
        message[7] = (byte) sum;
        return message;
    }

    @ParameterizedTest
    @EnumSource
    void readsGoldenPackets(GoldenPackets golden) {
        byte[] packet = golden.packet();
        ByteBuffer buffer = Hex.behind(5, packet);

        assertEquals(DecodeError.NONE, GoldenPackets.wrap(golden.family, advertisement, buffer, 5, packet.length));

        assertEquals(golden.family, advertisement.family());
        assertEquals(golden.version, advertisement.version());
        assertEquals(1, advertisement.type());
        assertEquals(golden.vrid, advertisement.vrid());
        assertEquals(golden.priority, advertisement.priority());
        assertEquals(golden.addresses.length, advertisement.addressCount());
        assertEquals(golden.intervalNanos, advertisement.intervalNanos());
        assertEquals(0, advertisement.authenticationType());
        assertEquals(255, advertisement.timeToLive());
        assertEquals(golden.source(), advertisement.source());
        assertEquals(golden.group(), new IpAddress(
                golden.family, advertisement.destinationHigh(), advertisement.destinationLow()));
        assertTrue(advertisement.isComplete());
        assertEquals(golden.checksum, advertisement.checksum());
        assertTrue(advertisement.addressesEqual(golden.addresses));
        for (int i = 0; i < golden.addresses.length; i++) {
            assertEquals(golden.addresses[i], new IpAddress(
                    golden.family, advertisement.addressHigh(i), advertisement.addressLow(i)));
        }
        assertEquals(0, buffer.position());
        assertEquals(5 + packet.length, buffer.limit());
    }

    @ParameterizedTest
    @EnumSource
    void neverReadsBehindATruncatedPacket(GoldenPackets golden) {
        byte[] whole = golden.packet();
        int beforeMessage = whole.length - golden.message().length;
        for (int length = golden.family == Family.IPV4 ? 0 : 32; length < whole.length; length++) {
            byte[] packet = Arrays.copyOf(whole, length);
            if (golden.family == Family.IPV4 && length >= 4) {
                ByteBuffer.wrap(packet).putShort(2, (short) length); // else only the total length would be tested
            }
            DecodeError error =
                    GoldenPackets.wrap(golden.family, advertisement, ByteBuffer.wrap(packet), 0, length);
            assertEquals(length < beforeMessage + 8 ? DecodeError.SHORT_PACKET : DecodeError.NONE, error);
            if (error == DecodeError.NONE) {
                assertFalse(advertisement.isComplete());
                assertEquals(ChecksumForm.INVALID, advertisement.checksum());
                assertFalse(advertisement.addressesEqual(golden.addresses));
                int readable = (length - beforeMessage - 8) / golden.family.addressBytes();
                if (readable < golden.addresses.length) {
                    assertThrows(IndexOutOfBoundsException.class, () -> advertisement.addressLow(readable));
                    assertThrows(IndexOutOfBoundsException.class, () -> advertisement.addressHigh(readable));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"9568-5.2.8-4", "9568-7.1-5", "3768-7.1-3"})
    void findsEveryByteThatWasChanged(GoldenPackets golden) {
        for (int i = 2; i < golden.message().length; i++) {
            byte[] message = golden.message();
            message[i] ^= 0x10;
            accept(golden.family, message);
            assertEquals(ChecksumForm.INVALID, advertisement.checksum(), "byte " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 55, BAD_IP_HEADER", "0, 65, BAD_IP_HEADER", "0, 44, BAD_IP_HEADER", "0, 40, BAD_IP_HEADER",
        "0, 4f, BAD_IP_HEADER", "2, 01, BAD_IP_LENGTH", "3, 21, BAD_IP_LENGTH", "3, 13, BAD_IP_LENGTH",
        "3, 00, BAD_IP_LENGTH", "3, 14, SHORT_PACKET", "3, 1b, SHORT_PACKET", "9, 06, NOT_VRRP", "9, 33, SHORT_PACKET",
        "6, 20, FRAGMENT", "6, 1f, FRAGMENT", "7, 01, FRAGMENT", "6, 40, NONE", "20, 11, UNKNOWN_VERSION",
        "20, 41, UNKNOWN_VERSION", "20, 01, UNKNOWN_VERSION", "20, f1, UNKNOWN_VERSION", "20, 3f, NONE"})
    void namesWhatIsWrongWithADatagram(int offset, String hexByte, DecodeError expected) {
        byte[] datagram = GoldenPackets.V3_IPV4_MESSAGE_ONLY.packet();
        datagram[offset] = (byte) Integer.parseInt(hexByte, 16);
        assertEquals(expected, wrap4(datagram));
    }

    @Test
    void rejectsAnIpv6PayloadOfUnknownVersion() {
        byte[] packet = GoldenPackets.V3_IPV6.packet();
        packet[32] = 0x41;
        assertEquals(DecodeError.UNKNOWN_VERSION, advertisement.wrapIpv6(
                ByteBuffer.wrap(packet), 32, packet.length - 32, 0, 16, 255));
    }

    /** RFC 9568 section 5.2.6. */
    @Test
    @Requirement("9568-5.2.6-2")
    void ignoresTheReservedBits() {
        accept(Family.IPV4, changed(GoldenPackets.V3_IPV4_MESSAGE_ONLY, 4, 0xF1, 0x23));
        assertEquals(0x123 * 10_000_000L, advertisement.intervalNanos());
        assertEquals(ChecksumForm.MESSAGE_ONLY, advertisement.checksum());
        assertEquals(0, advertisement.authenticationType());
    }

    @Test
    void readsAllTwelveBitsOfTheInterval() {
        accept(Family.IPV4, changed(GoldenPackets.V3_IPV4_MESSAGE_ONLY, 4, 0x0F, 0xFF));
        assertEquals(40_950_000_000L, advertisement.intervalNanos());
        accept(Family.IPV4, changed(GoldenPackets.V3_IPV4_MESSAGE_ONLY, 4, 0xF0, 0x00));
        assertEquals(0, advertisement.intervalNanos());
    }

    @Test
    void readsTheAuthenticationTypeOfVersion2() {
        accept(Family.IPV4, changed(GoldenPackets.V2, 4, 1, 7));
        assertEquals(1, advertisement.authenticationType());
        assertEquals(7_000_000_000L, advertisement.intervalNanos());
    }

    /** RFC 3768 sections 5.3.8 and 5.3.10: the data is covered by the checksum and otherwise ignored. */
    @Test
    void checksTheAuthenticationDataOfVersion2() {
        accept(Family.IPV4, changed(GoldenPackets.V2, 12, 'p', 'a', 's', 's'));
        assertEquals(ChecksumForm.MESSAGE_ONLY, advertisement.checksum());
    }

    @Test
    void hasNoPseudoHeaderInVersion2() {
        GoldenPackets golden = GoldenPackets.V2;
        ByteBuffer message = ByteBuffer.wrap(golden.message());
        // 192.0.2.251, 224.0.0.18, 112 and 20 taken off the sum as the encoder of a pseudo-header would
        int field = ~message.getShort(6) & 0xFFFF;
        int sum = field + 0xC000 + 0x02FB + 0xE000 + 0x0012 + 112 + 20;
        message.putShort(6, (short) ~((sum & 0xFFFF) + (sum >>> 16)));
        accept(Family.IPV4, message.array());
        assertEquals(ChecksumForm.INVALID, advertisement.checksum());
    }

    @Test
    @Requirement(counter = "9568-5.2.8-3")
    void wantsThePseudoHeaderOverIpv6() {
        accept(Family.IPV6, changed(GoldenPackets.V3_IPV6_LARGEST, 2, 1));
        assertEquals(ChecksumForm.INVALID, advertisement.checksum());
    }

    @Test
    void takesThePseudoHeaderFromTheAddressesOfTheDatagram() {
        byte[] datagram = GoldenPackets.V3_IPV4_PSEUDO_HEADER.packet();
        datagram[15] ^= 1;
        assertEquals(DecodeError.NONE, wrap4(datagram));
        assertEquals(ChecksumForm.INVALID, advertisement.checksum());
    }

    @ParameterizedTest
    @EnumSource
    void ignoresEthernetPaddingAndTrailingBytes(GoldenPackets golden) {
        byte[] packet = golden.packet();
        byte[] padded = Arrays.copyOf(packet, packet.length + 7);
        Arrays.fill(padded, packet.length, padded.length, (byte) 0xA5);
        assertEquals(DecodeError.NONE,
                GoldenPackets.wrap(golden.family, advertisement, ByteBuffer.wrap(padded), 0, padded.length));
        assertTrue(advertisement.isComplete());
        assertEquals(golden.checksum, advertisement.checksum());
        assertTrue(advertisement.addressesEqual(golden.addresses));
    }

    /** The padding of a frame must not make a message complete that is not. */
    @Test
    void believesTheTotalLength() {
        byte[] datagram = GoldenPackets.V3_IPV4_MESSAGE_ONLY.packet();
        datagram[3] -= 1;
        assertEquals(DecodeError.NONE, wrap4(datagram));
        assertFalse(advertisement.isComplete());
    }

    @Test
    void skipsIpOptions() {
        byte[] plain = GoldenPackets.V3_IPV4_PSEUDO_HEADER.packet();
        byte[] datagram = new byte[plain.length + 8];
        System.arraycopy(plain, 0, datagram, 0, 20);
        Arrays.fill(datagram, 20, 28, (byte) 1);
        System.arraycopy(plain, 20, datagram, 28, plain.length - 20);
        datagram[0] = 0x47;
        datagram[3] += 8;
        assertEquals(DecodeError.NONE, wrap4(datagram));
        assertEquals(10, advertisement.vrid());
        assertEquals(ChecksumForm.PSEUDO_HEADER, advertisement.checksum());
        assertTrue(advertisement.addressesEqual(GoldenPackets.V3_IPV4_PSEUDO_HEADER.addresses));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 254, 255})
    void readsTheTimeToLive(int timeToLive) {
        byte[] datagram = GoldenPackets.V2.packet();
        datagram[8] = (byte) timeToLive;
        assertEquals(DecodeError.NONE, wrap4(datagram));
        assertEquals(timeToLive, advertisement.timeToLive());
    }

    @Test
    void keepsAnUnknownHopLimitUnknown() {
        byte[] packet = GoldenPackets.V3_IPV6.packet();
        advertisement.wrapIpv6(ByteBuffer.wrap(packet), 32, packet.length - 32, 0, 16, -1);
        assertEquals(-1, advertisement.timeToLive());
    }

    @Test
    void comparesAddressesWhateverTheirOrder() {
        IpAddress one = IpAddress.parse("192.0.2.1");
        IpAddress two = IpAddress.parse("192.0.2.2");
        IpAddress three = IpAddress.parse("192.0.2.3");
        accept(Family.IPV4, GoldenPackets.V2_LARGEST.message());
        assertTrue(advertisement.addressesEqual(new IpAddress[] {two, one}));
        assertFalse(advertisement.addressesEqual(new IpAddress[] {one}));
        assertFalse(advertisement.addressesEqual(new IpAddress[] {one, two, three}));
        assertFalse(advertisement.addressesEqual(new IpAddress[] {one, three}));
        assertFalse(advertisement.addressesEqual(new IpAddress[] {one, one}));
        assertFalse(advertisement.addressesEqual(new IpAddress[] {one, IpAddress.ipv6(0, two.low())}));
    }

    @Test
    void doesNotTakeARepeatedAddressForTwo() {
        accept(Family.IPV4, changed(GoldenPackets.V2_LARGEST, 12, 0xC0, 0x00, 0x02, 0x01));
        assertFalse(advertisement.addressesEqual(GoldenPackets.V2_LARGEST.addresses));
    }

    @Test
    void hasNoAddressesWhenItCountsNone() {
        accept(Family.IPV4, changed(GoldenPackets.V3_IPV4_MESSAGE_ONLY, 3, 0));
        assertTrue(advertisement.isComplete());
        assertTrue(advertisement.addressesEqual(new IpAddress[0]));
        assertThrows(IndexOutOfBoundsException.class, () -> advertisement.addressLow(0));
    }

    @Test
    void everyReasonHasItsOwnText() {
        assertEquals(DecodeError.values().length,
                Arrays.stream(DecodeError.values()).map(DecodeError::text).distinct().count());
        assertArrayEquals(new String[] {"invalid", "message only", "with pseudo-header",
            "with the multicast group in the pseudo-header"},
                Arrays.stream(ChecksumForm.values()).map(ChecksumForm::text).toArray());
    }
}
