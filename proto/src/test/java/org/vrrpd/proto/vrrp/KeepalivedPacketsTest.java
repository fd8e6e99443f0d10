package org.vrrpd.proto.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Whole IP packets that keepalived 2.2.7 sent, both ways: unicast, passwords, AH and the old checksum. */
class KeepalivedPacketsTest {

    private static final IpAddress GROUP = IpAddress.parse("224.0.0.18");
    private static final IpAddress SOURCE4 = IpAddress.parse("10.1.0.1");
    private static final IpAddress SOURCE6 = IpAddress.parse("fd00::1");
    private static final int OFFSET = 5;
    private static final int LONGEST = 200;

    private enum Sent {
        PASSWORD("45c00028000200 00ff70d08f 0a010001 e0000012 210bc8010101cf35 0a01006f 7365637265740000",
                2, 11, "224.0.0.18", MessageAuthentication.TYPE_PASSWORD, "secret", null, "10.1.0.111"),
        HEADER("45c00040000200 00ff33d0b4 0a010001 e0000012 70040000 0a010001 00000002 2e42a1196c4d13e7f2e240c9"
                + "210cc80102010a80 0a010070 0000000000000000",
                2, 12, "224.0.0.18", MessageAuthentication.TYPE_HEADER, "secret12", null, "10.1.0.112"),
        HEADER_UNICAST("45c00044000200 00ff33a6c0 0a010001 0a010002 70040000 0a010001 00000002"
                + "412f8b69a4eff16e675396f9 210dc80202010009 0a010071 0a010073 0000000000000000",
                2, 13, "10.1.0.2", MessageAuthentication.TYPE_HEADER, "secret", null, "10.1.0.113", "10.1.0.115"),
        HEADER_SECOND_PEER("45c00044000200 00ff33a6bf 0a010001 0a010003 70040000 0a010001 00000002"
                + "42a8e29d27d571f2d2ed1bd5 210dc80202010009 0a010071 0a010073 0000000000000000",
                2, 13, "10.1.0.3", MessageAuthentication.TYPE_HEADER, "secret", null, "10.1.0.113", "10.1.0.115"),
        UNICAST("45c00020000200 00ff70a6a7 0a010001 0a010002 310ec8010064e797 0a010072",
                3, 14, "10.1.0.2", MessageAuthentication.TYPE_NONE, "", "10.1.0.2", "10.1.0.114"),
        UNICAST_SECOND_PEER("45c00020000200 00ff70a6a6 0a010001 0a010003 310ec8010064e796 0a010072",
                3, 14, "10.1.0.3", MessageAuthentication.TYPE_NONE, "", "10.1.0.3", "10.1.0.114"),
        OLD_CHECKSUM("45c00020000200 00ff70a6a7 0a010001 0a010002 3110c80100641184 0a010074",
                3, 16, "10.1.0.2", MessageAuthentication.TYPE_NONE, "", "224.0.0.18", "10.1.0.116"),
        IPV6_UNICAST("6c000000 0018 7040 fd000000000000000000000000000001 fd000000000000000000000000000002"
                + "310fc80100640de8 fd000000000000000000000000000115",
                3, 15, "fd00::2", MessageAuthentication.TYPE_NONE, "", "fd00::2", "fd00::115");

        final byte[] bytes;
        final int version;
        final int vrid;
        final IpAddress destination;
        final MessageAuthentication authentication;
        final IpAddress pseudoDestination;
        final IpAddress[] addresses;

        Sent(String hex, int version, int vrid, String destination, int authentication, String password,
                String pseudoDestination, String... addresses) {
            this.bytes = Hex.bytes(hex);
            this.version = version;
            this.vrid = vrid;
            this.destination = IpAddress.parse(destination);
            this.authentication = MessageAuthentication.of(authentication, password);
            this.pseudoDestination = pseudoDestination == null ? null : IpAddress.parse(pseudoDestination);
            this.addresses = Arrays.stream(addresses).map(IpAddress::parse).toArray(IpAddress[]::new);
        }

        boolean isIpv4() {
            return destination.family() == Family.IPV4;
        }

        AdvertisementContent content() {
            return new AdvertisementContent(version, vrid, 1_000_000_000L, addresses, authentication);
        }

        /** keepalived leaves the hop limit of IPv6 to the kernel, whose default is 64; and sets no flow label. */
        int write(ByteBuffer out, AdvertisementContent content) {
            return isIpv4()
                    ? AdvertisementEncoder.packetIpv4(out, OFFSET, content, 200, SOURCE4,
                            destination, 255, 2, 2, pseudoDestination)
                    : AdvertisementEncoder.packetIpv6(
                            out, OFFSET, content, 200, SOURCE6, destination, 64);
        }

        DecodeError wrap(Advertisement into, ByteBuffer from, int offset, int length) {
            return isIpv4() ? into.wrapIpv4(from, offset, length)
                    : into.wrapIpv6(from, offset + 40, length - 40, offset + 8, offset + 24, 64);
        }
    }

    private final Advertisement advertisement = new Advertisement();

    private DecodeError wrap(Sent sent, byte[] bytes) {
        return sent.wrap(advertisement, Hex.behind(OFFSET, bytes), OFFSET, bytes.length);
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenByteForByte(Sent sent) {
        ByteBuffer out = Hex.behind(LONGEST, new byte[0]);
        int length = sent.write(out, sent.content());
        assertEquals(Hex.text(ByteBuffer.wrap(sent.bytes), 0, sent.bytes.length), Hex.text(out, OFFSET, length));
        assertEquals((byte) -1, out.get(OFFSET - 1));
        assertEquals((byte) -1, out.get(OFFSET + length));
    }

    @ParameterizedTest
    @EnumSource
    void isRead(Sent sent) {
        assertEquals(DecodeError.NONE, wrap(sent, sent.bytes));
        assertTrue(advertisement.isComplete());
        assertEquals(sent.vrid, advertisement.vrid());
        assertEquals(200, advertisement.priority());
        assertEquals(sent.destination, advertisement.destination());
        assertEquals(sent.destination.isMulticast(), advertisement.isMulticast());
        assertEquals(sent.authentication.type(), advertisement.authenticationType());
        assertEquals(sent.authentication.hasHeader(), advertisement.hasAuthenticationHeader());
        assertTrue(advertisement.addressesEqual(sent.addresses));
        boolean old = sent == Sent.OLD_CHECKSUM;
        assertEquals(old, advertisement.isChecksumOverGroup(GROUP));
        assertEquals(old, advertisement.checksum() == ChecksumForm.INVALID);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "HEADER_UNICAST", "HEADER_SECOND_PEER"})
    void everyByteIsSignedButThoseThatMayChangeOnTheWay(Sent sent) {
        for (int i = 0; i < sent.bytes.length; i++) {
            byte[] changed = sent.bytes.clone();
            changed[i] ^= 0x08;
            if (wrap(sent, changed) != DecodeError.NONE) {
                continue; // the version, a length or a protocol
            }
            boolean free = i == 1 || i == 6 || i == 7 || i == 10 || i == 11
                    || i == 8 && !sent.destination.isMulticast();
            assertEquals(free, sent.authentication.hasSigned(advertisement), "byte " + i);
        }
        assertEquals(DecodeError.NONE, wrap(sent, sent.bytes));
        assertTrue(advertisement.isSpiSource());
        assertEquals(2, advertisement.sequence());
        assertFalse(MessageAuthentication.of(MessageAuthentication.TYPE_HEADER, "secreT")
                .hasSigned(advertisement));
    }

    @Test
    void aSpiThatIsNotTheSourceIsSeen() {
        byte[] changed = Sent.HEADER.bytes.clone();
        changed[27]++;
        assertEquals(DecodeError.NONE, wrap(Sent.HEADER, changed));
        assertFalse(advertisement.isSpiSource());
    }

    @Test
    void eightBytesOfAPasswordCount() {
        assertEquals(DecodeError.NONE, wrap(Sent.PASSWORD, Sent.PASSWORD.bytes));
        assertTrue(password("secret").knowsPassword(advertisement));
        assertFalse(password("secre").knowsPassword(advertisement));
        assertFalse(password("secret1").knowsPassword(advertisement));
        assertFalse(password("Secret").knowsPassword(advertisement));
        assertFalse(password("").knowsPassword(advertisement));
        byte[] full = Sent.PASSWORD.bytes.clone();
        full[38] = '1';
        full[39] = '2';
        assertEquals(DecodeError.NONE, wrap(Sent.PASSWORD, full));
        assertTrue(password("secret12").knowsPassword(advertisement));
        assertTrue(password("secret123").knowsPassword(advertisement));
        assertFalse(password("secret1").knowsPassword(advertisement));
        assertFalse(password("secret").toString().contains("secret"));
    }

    private static MessageAuthentication password(String text) {
        return MessageAuthentication.of(MessageAuthentication.TYPE_PASSWORD, text);
    }

    @ParameterizedTest
    @EnumSource
    void truncatedPacketsAreRefusedOrIncomplete(Sent sent) {
        for (int length = 0; length < sent.bytes.length; length++) {
            byte[] cut = Arrays.copyOf(sent.bytes, length);
            if (!sent.isIpv4() && length < 40) {
                continue; // the kernel has read the header before
            }
            if (sent.isIpv4() && length > 3) {
                ByteBuffer.wrap(cut).putShort(2, (short) length);
            }
            if (wrap(sent, cut) == DecodeError.NONE) {
                assertFalse(advertisement.isComplete(), length + " bytes");
                assertFalse(advertisement.isChecksumOverGroup(GROUP));
                assertFalse(advertisement.hasAuthenticationHeader() && sent.authentication.hasSigned(advertisement));
            }
        }
    }

    @Test
    void anotherHeaderThanOursIsRefused() {
        for (int i : new int[] {20, 21}) {
            byte[] changed = Sent.HEADER.bytes.clone();
            changed[i]++;
            assertEquals(DecodeError.BAD_AUTHENTICATION_HEADER, wrap(Sent.HEADER, changed));
        }
    }

    /** AH is the exception: a signature is computed with the JVM's own digest. */
    @ParameterizedTest
    @EnumSource
    void writingAllocatesNothingWithoutASignature(Sent sent) {
        ByteBuffer out = Hex.behind(LONGEST, new byte[0]);
        AdvertisementContent content = sent.content();
        long allocated = AllocationMeter.bytesAllocatedBy(() -> sent.write(out, content));
        assertEquals(!sent.authentication.hasHeader(), allocated == 0, allocated + " bytes");
    }
}
