package org.vrrpd.proto.rtnetlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

class AddressMessageTest {

    /** Prefix length 24, flags permanent, scope link, index 7. */
    private static final String HEAD = "18" + "80" + "fd" + "07000000";

    private final AddressMessage address = new AddressMessage();

    private boolean wrap(String... body) {
        ByteBuffer buffer = Hex.buffer("00000000", "1400", "0000", "00000000", "00000000", String.join("", body));
        NativeOrder.putInt(buffer, 0, buffer.capacity());
        NetlinkCursor cursor = new NetlinkCursor().wrap(buffer, 0, buffer.capacity());
        assertTrue(cursor.next());
        return address.wrap(cursor);
    }

    private void wrapCaptured(String name) {
        NetlinkCursor cursor = Captured.cursor(name);
        assertTrue(cursor.next());
        assertTrue(address.wrap(cursor));
    }

    @ParameterizedTest
    @CsvSource({
        "note-add-a4.1, 192.0.2.10, 24, 0, vrrp.51:1, 80, 112, -1, -1",
        "note-add-a4peer.1, 192.0.2.20, 32, 0, vrrp.51, 280, 112, -1, -1",
        "note-add-a6.1, 2001:db8::10, 128, 0, '', a2, 112, 0, -1",
        "note-add-a6home.1, 2001:db8::11, 64, 0, '', 3d0, 112, -1, -1",
        "note-add-a6ll.1, fe80::200:5eff:fe00:133, 64, 253, '', 82, 112, -1, -1",
        "note-plain6.1, 2001:db8::30, 64, 0, '', c0, 0, -1, -1",
        "note-rm-a4.1, 192.0.2.10, 24, 0, vrrp.51:1, 80, 112, -1, -1"})
    void readsWhatTheKernelTells(
            String name, String text, int prefixLength, int scope, String label, String flags, int protocol,
            long preferred, long valid) {
        wrapCaptured(name);
        IpAddress expected = IpAddress.parse(text);
        assertEquals(expected.family(), address.family());
        assertEquals(expected, address.address());
        assertTrue(address.hasAddress());
        assertTrue(address.addressEquals(expected));
        assertFalse(address.addressEquals(IpAddress.ipv6(expected.high(), expected.low() + 1)));
        assertEquals(prefixLength, address.prefixLength());
        assertEquals(scope, address.scope());
        assertEquals(2, address.interfaceIndex());
        assertEquals(label, address.label());
        assertEquals(Integer.parseInt(flags, 16), address.flags());
        assertEquals(protocol, address.protocol());
        assertEquals(preferred, address.preferredSeconds());
        assertEquals(valid, address.validSeconds());
    }

    @Test
    void readsADumpOfBothFamilies() {
        List<String> ours = new ArrayList<>();
        NetlinkCursor cursor = Captured.cursor("dump-dumpaddrs.1");
        int all = 0;
        while (cursor.next()) {
            assertTrue(address.wrap(cursor));
            all++;
            if (address.protocol() == NetlinkConstants.OUR_ADDRESS_PROTOCOL) {
                ours.add(address.address() + "/" + address.prefixLength());
            }
        }
        assertEquals(13, all);
        assertEquals(List.of("192.0.2.10/24", "192.0.2.20/32", "192.0.2.22/32", "2001:db8::11/64",
                "2001:db8::10/128", "fe80::200:5eff:fe00:133/64"), ours);
    }

    @Test
    void hasDefaultsForWhatIsMissing() {
        wrapCaptured("note-add-a4.1");
        assertTrue(wrap("02", HEAD));
        assertEquals(Family.IPV4, address.family());
        assertFalse(address.hasAddress());
        assertNull(address.address());
        assertFalse(address.addressEquals(IpAddress.ipv4(0)));
        assertEquals(0x80, address.flags());
        assertEquals(253, address.scope());
        assertEquals(7, address.interfaceIndex());
        assertEquals(0, address.protocol());
        assertEquals("", address.label());
        assertEquals(AddressMessage.ABSENT, address.preferredSeconds());
        assertEquals(AddressMessage.ABSENT, address.validSeconds());
    }

    @Test
    void isOfNeitherFamily() {
        assertTrue(wrap("07", HEAD, "08000200c0000201"));
        assertNull(address.family());
        assertNull(address.address());
    }

    @Test
    void isTooShortWithoutItsWholeHeader() {
        for (int length = 0; length < 8; length++) {
            assertFalse(wrap(("02" + HEAD).substring(0, 2 * length)));
        }
    }

    @Test
    void ignoresAnAddressOfTheWrongLength() {
        assertTrue(wrap("0a", HEAD, "08000200c0000201"));
        assertFalse(address.hasAddress());
        assertTrue(wrap("02", HEAD, "06000200c0000000", "08000100c0000202"));
        assertEquals(IpAddress.parse("192.0.2.2"), address.address());
    }

    @Test
    void prefersTheLocalAddressWhateverTheOrder() {
        String local = "08000200c0000201";
        String peer = "08000100c6336401";
        wrap("02", HEAD, local, peer);
        assertEquals(IpAddress.parse("192.0.2.1"), address.address());
        wrap("02", HEAD, peer, local);
        assertEquals(IpAddress.parse("192.0.2.1"), address.address());
        assertEquals(IpAddress.parse("198.51.100.1"), address.peer());
    }

    @Test
    void hasNoPeerWhenBothAreTheSameOrOneIsMissing() {
        wrapCaptured("note-add-a4.1");
        assertNull(address.peer());
        wrapCaptured("note-add-a6.1");
        assertNull(address.peer());
        wrapCaptured("note-add-a4peer.1");
        assertEquals(IpAddress.parse("198.51.100.7"), address.peer());
    }

    @Test
    void readsLifetimesThatRunOut() {
        wrap("02", HEAD, "14000600" + "3c000000" + "feffffff" + "00000000" + "00000000");
        assertEquals(60, address.preferredSeconds());
        assertEquals(4_294_967_294L, address.validSeconds());
        wrap("02", HEAD, "08000600" + "3c000000");
        assertEquals(AddressMessage.ABSENT, address.preferredSeconds());
    }

    @Test
    void endsAtAMalformedAttribute() {
        for (String malformed : List.of("00000200", "03000200", "09000200c0000201", "ffff0200", "0800")) {
            assertTrue(wrap("02", HEAD, "08000100c0000202", malformed));
            assertEquals(IpAddress.parse("192.0.2.2"), address.address());
        }
    }

    @Test
    void allocatesNothing() {
        NetlinkCursor cursor = new NetlinkCursor();
        byte[] bytes = Captured.bytes("dump-dumpaddrs.1");
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        IpAddress wanted = IpAddress.parse("2001:db8::10");
        int[] found = new int[1];
        assertEquals(0, AllocationMeter.bytesAllocatedBy(() -> {
            cursor.wrap(buffer, 0, bytes.length);
            while (cursor.next()) {
                found[0] += address.wrap(cursor) && address.addressEquals(wanted) ? 1 : 0;
            }
        }));
        assertTrue(found[0] > 1000);
    }
}
