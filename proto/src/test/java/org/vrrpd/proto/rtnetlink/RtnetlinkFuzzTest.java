package org.vrrpd.proto.rtnetlink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.inet.IpAddress;

/** Whatever bytes arrive: no exception, and nothing read outside a buffer that ends where they end. */
class RtnetlinkFuzzTest {

    private static final int DATAGRAMS = 100_000;
    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.10");

    private final NetlinkCursor cursor = new NetlinkCursor();
    private final LinkMessage link = new LinkMessage();
    private final AddressMessage address = new AddressMessage();
    private final ErrorMessage error = new ErrorMessage();
    private int messages;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void survivesRandomBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] datagram = new byte[random.nextInt(160)];
            random.nextBytes(datagram);
            if (datagram.length >= 16 && random.nextInt(8) > 0) {
                ByteBuffer buffer = ByteBuffer.wrap(datagram);
                NativeOrder.putInt(buffer, 0, datagram.length - random.nextInt(3));
                NativeOrder.putShort(buffer, 4, random.nextInt(24));
            }
            readAll(datagram);
        }
        assertTrue(messages > DATAGRAMS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void survivesDamagedMessages(long seed) {
        Random random = new Random(seed);
        List<byte[]> captured = Captured.all();
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] original = captured.get(random.nextInt(captured.size()));
            byte[] datagram = Arrays.copyOf(original, Math.min(original.length, 16 + random.nextInt(200)));
            ByteBuffer.wrap(datagram).putInt(0, Integer.reverseBytes(datagram.length));
            for (int damage = random.nextInt(6); damage > 0; damage--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt(40);
            }
            readAll(datagram);
        }
        assertTrue(messages > DATAGRAMS / 2);
    }

    @Test
    void survivesTruncationAtEveryLength() {
        for (byte[] datagram : Captured.all()) {
            for (int length = 16; length < Math.min(2000, datagram.length); length++) {
                byte[] truncated = Arrays.copyOf(datagram, length);
                ByteBuffer.wrap(truncated).putInt(0, Integer.reverseBytes(length));
                readAll(truncated);
            }
        }
    }

    private void readAll(byte[] datagram) {
        cursor.wrap(ByteBuffer.wrap(datagram), 0, datagram.length);
        while (cursor.next()) {
            messages++;
            if (link.wrap(cursor)) {
                link.index();
                link.flags();
                link.hardwareType();
                link.name();
                link.nameEquals("vrrp.51");
                link.kind();
                link.alias();
            }
            if (address.wrap(cursor)) {
                address.address();
                address.addressEquals(ADDRESS);
                address.label();
                address.prefixLength();
                address.interfaceIndex();
            }
            if (error.wrap(cursor)) {
                error.extendedText();
            }
        }
    }
}
