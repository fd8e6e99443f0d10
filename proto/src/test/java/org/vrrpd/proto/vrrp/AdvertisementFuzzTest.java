package org.vrrpd.proto.vrrp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrpd.proto.inet.Family;

/** Whatever bytes arrive: no exception, and nothing read outside a buffer that ends where they end. */
class AdvertisementFuzzTest {

    private static final int PACKETS = 100_000;
    private static final MessageAuthentication KEY =
            MessageAuthentication.of(MessageAuthentication.TYPE_HEADER, "secret");
    private static final MessageAuthentication PASSWORD =
            MessageAuthentication.of(MessageAuthentication.TYPE_PASSWORD, "secret");

    @ParameterizedTest
    @CsvSource({"IPV4, 1", "IPV4, 2", "IPV6, 3", "IPV6, 4"})
    void survivesRandomBytes(Family family, long seed) {
        Random random = new Random(seed);
        Advertisement advertisement = new Advertisement();
        int decoded = 0;
        int complete = 0;
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = random(family, random);
            if (GoldenPackets.wrap(family, advertisement, ByteBuffer.wrap(packet), 0, packet.length)
                    == DecodeError.NONE) {
                decoded++;
                complete += touch(advertisement) ? 1 : 0;
            }
        }
        assertTrue(decoded > PACKETS / 20, decoded + " decoded");
        assertTrue(complete > PACKETS / 200, complete + " complete");
    }

    /** Random all over, but often enough plausible in the fields that are checked first. */
    private static byte[] random(Family family, Random random) {
        byte[] packet = new byte[(family == Family.IPV4 ? 0 : 32) + random.nextInt(120)];
        random.nextBytes(packet);
        int message = 32;
        if (family == Family.IPV4 && packet.length > 21 && random.nextInt(4) > 0) {
            packet[0] = (byte) (0x45 + random.nextInt(3));
            packet[2] = 0;
            packet[3] = (byte) (packet.length - random.nextInt(3));
            packet[6] = 0;
            packet[7] = 0;
            boolean signed = random.nextInt(3) == 0;
            packet[9] = (byte) (signed ? 51 : 112);
            message = (packet[0] & 15) * 4;
            if (signed && packet.length > message + 24) {
                packet[message] = 112;
                packet[message + 1] = 4;
                message += 24;
            }
        }
        if (packet.length > message + 3 && random.nextInt(4) > 0) {
            packet[message] = (byte) (random.nextBoolean() ? 0x21 : 0x31);
            packet[message + 3] = (byte) random.nextInt(6);
        }
        return packet;
    }

    private static boolean touch(Advertisement advertisement) {
        advertisement.type();
        advertisement.vrid();
        advertisement.priority();
        advertisement.intervalNanos();
        advertisement.authenticationType();
        advertisement.source();
        advertisement.checksum();
        advertisement.isChecksumOverGroup(GoldenPackets.GROUP4);
        if (advertisement.hasAuthenticationHeader()) {
            assertFalse(KEY.hasSigned(advertisement), "guessed the signature");
            advertisement.isSpiSource();
            advertisement.sequence();
        } else if (advertisement.isComplete() && advertisement.family() == Family.IPV4
                && advertisement.version() == 2) {
            assertFalse(PASSWORD.knowsPassword(advertisement), "guessed the password");
        }
        advertisement.addressesEqual(GoldenPackets.V2_LARGEST.addresses);
        for (int i = 0; advertisement.isComplete() && i < advertisement.addressCount(); i++) {
            advertisement.addressHigh(i);
            advertisement.addressLow(i);
        }
        return advertisement.isComplete();
    }
}
