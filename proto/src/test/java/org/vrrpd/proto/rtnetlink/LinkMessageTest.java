package org.vrrpd.proto.rtnetlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;

class LinkMessageTest {

    /** Ethernet (1), index 5, flags up, broadcast, multicast. */
    private static final String HEAD = "0000" + "0100" + "05000000" + "03100000" + "00000000";

    private final LinkMessage link = new LinkMessage();

    private boolean wrap(String head, String... attributes) {
        String body = head + String.join("", attributes);
        ByteBuffer buffer = Hex.buffer("00000000", "1000", "0000", "00000000", "00000000", body);
        NativeOrder.putInt(buffer, 0, buffer.capacity());
        NetlinkCursor cursor = new NetlinkCursor().wrap(buffer, 0, buffer.capacity());
        assertTrue(cursor.next());
        return link.wrap(cursor);
    }

    private boolean wrapCaptured(String name) {
        NetlinkCursor cursor = Captured.cursor(name);
        assertTrue(cursor.next());
        return link.wrap(cursor);
    }

    private static String attribute(int type, String payload) {
        int length = 4 + payload.length() / 2;
        return String.format("%02x00%02x%02x%s%s",
                length, type & 255, type >> 8, payload, "00".repeat(-length & 3));
    }

    private static String text(String s) {
        return HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAMacvlanThatWasSetUp() {
        assertTrue(wrapCaptured("note-up.1"));
        assertEquals(2, link.index());
        assertEquals("vrrp.51", link.name());
        assertEquals(NetlinkConstants.IFF_UP | NetlinkConstants.IFF_RUNNING | NetlinkConstants.IFF_LOWER_UP,
                link.flags() & (NetlinkConstants.IFF_UP | NetlinkConstants.IFF_RUNNING
                        | NetlinkConstants.IFF_LOWER_UP | NetlinkConstants.IFF_NOARP));
        assertEquals(NetlinkConstants.ARPHRD_ETHER, link.hardwareType());
        assertEquals(10, link.linkIndex());
        assertEquals(NetlinkConstants.OPER_UP, link.operationalState());
        assertEquals(1500, link.mtu());
        assertEquals(NetlinkConstants.MACVLAN_MODE_PRIVATE, link.macvlanMode());
        assertEquals("macvlan", link.kind());
        assertEquals("vrrpd:gw1", link.alias());
        assertEquals(0x00005E000133L, link.mac());
        assertTrue(link.hasCarrier());
    }

    @Test
    void readsAMacvlanThatIsNewOrGone() {
        NetlinkCursor created = Captured.cursor("note-create.2");
        assertTrue(created.next());
        assertEquals(NetlinkConstants.RTM_NEWLINK, created.type());
        assertTrue(link.wrap(created));
        assertEquals(0, link.flags() & NetlinkConstants.IFF_UP);
        assertEquals("", link.alias());
        assertEquals(NetlinkConstants.OPER_DOWN, link.operationalState());

        NetlinkCursor deleted = Captured.cursor("note-delete.2");
        assertTrue(deleted.next());
        assertEquals(NetlinkConstants.RTM_DELLINK, deleted.type());
        assertTrue(link.wrap(deleted));
        assertEquals(2, link.index());
    }

    @Test
    void readsADumpOfLinks() {
        List<String> found = new ArrayList<>();
        NetlinkCursor cursor = Captured.cursor("dump-dumplinks.1");
        while (cursor.next()) {
            assertTrue(link.wrap(cursor));
            found.add(link.index() + " " + link.name() + " " + link.kind() + " " + link.linkIndex()
                    + " " + link.macvlanMode() + " " + link.hardwareType());
        }
        assertEquals(List.of("1 lo  0 0 772", "2 vrrp.51 macvlan 10 1 1", "10 v0 veth 11 0 1", "11 v1 veth 10 0 1"),
                found);
    }

    /** The kernel says RTM_DELLINK with the index of a link that only left its bridge. */
    @Test
    void isNotMisledByABridge() {
        NetlinkCursor cursor = Captured.cursor("note-bridge-leave-17.1");
        assertTrue(cursor.next());
        assertEquals(NetlinkConstants.RTM_DELLINK, cursor.type());
        assertFalse(link.wrap(cursor));
    }

    @Test
    void isNotMisledByAWirelessDriver() {
        assertFalse(wrap(HEAD, attribute(3, text("wlan0")), attribute(11, "00000000")));
        assertTrue(wrap(HEAD, attribute(3, text("wlan0"))));
    }

    @Test
    void hasDefaultsForWhatIsMissing() {
        assertTrue(wrapCaptured("note-up.1"));
        assertTrue(wrap(HEAD));
        assertEquals(5, link.index());
        assertEquals("", link.name());
        assertEquals(0, link.linkIndex());
        assertEquals(0, link.operationalState());
        assertEquals(0, link.mtu());
        assertEquals(0, link.macvlanMode());
        assertTrue(link.hasCarrier());
        assertEquals(-1, link.mac());
        assertEquals("", link.kind());
        assertEquals("", link.alias());
        assertFalse(link.nameEquals("vrrp.51"));
        assertTrue(link.nameEquals(""));
    }

    @Test
    void isTooShortWithoutItsWholeHeader() {
        for (int length = 0; length < 16; length++) {
            assertFalse(wrap(HEAD.substring(0, 2 * length)));
        }
    }

    @Test
    void hasNoMacOfAnotherLength() {
        wrap(HEAD, attribute(1, "00005e00"));
        assertEquals(-1, link.mac());
        wrap(HEAD, attribute(1, "00".repeat(20)));
        assertEquals(-1, link.mac());
        wrap(HEAD, attribute(1, "ffffffffffff"));
        assertEquals(0xFFFF_FFFF_FFFFL, link.mac());
    }

    @Test
    void hasNoCarrierWhenTold() {
        wrap(HEAD, attribute(33, "00"));
        assertFalse(link.hasCarrier());
        wrap(HEAD, attribute(33, ""));
        assertTrue(link.hasCarrier());
    }

    @Test
    void ignoresALinkInAnotherNamespace() {
        wrap(HEAD, attribute(5, "0a000000"), attribute(37, "00000000"));
        assertEquals(0, link.linkIndex());
    }

    /** Attribute 1 in the data of a VLAN is its number. */
    @Test
    void readsTheModeOfAMacvlanOnlyWhateverTheOrder() {
        String data = attribute(2, attribute(1, "01000000"));
        wrap(HEAD, attribute(18, attribute(1, text("vlan")) + data));
        assertEquals(0, link.macvlanMode());
        wrap(HEAD, attribute(18, data + attribute(1, text("macvlan"))));
        assertEquals(1, link.macvlanMode());
        wrap(HEAD, attribute(18 | 0x8000, attribute(1, text("macvlan")) + attribute(2 | 0x8000, "")));
        assertEquals(0, link.macvlanMode());
        assertEquals("macvlan", link.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "vrrp.51", "büro", "x"})
    void comparesNames(String name) {
        wrap(HEAD, attribute(3, text(name) + "00"));
        assertEquals(name, link.name());
        assertTrue(link.nameEquals(name));
        assertFalse(link.nameEquals(name + "0"));
        assertFalse(link.nameEquals(name.substring(1)));
        assertFalse(link.nameEquals("other"));
        wrap(HEAD, attribute(3, text(name)));
        assertEquals(name, link.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000400", "03000400", "09000400dc050000", "ffff0400dc050000", "0800", "080004"})
    void endsAtAMalformedAttribute(String malformed) {
        assertTrue(wrap(HEAD, attribute(3, text("eth0")), malformed));
        assertEquals("eth0", link.name());
        assertEquals(0, link.mtu());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000100", "03000100", "ff000100", "0400", ""})
    void endsAtAMalformedNestedAttribute(String malformed) {
        assertTrue(wrap(HEAD, attribute(18, malformed), attribute(4, "dc050000")));
        assertEquals("", link.kind());
        assertEquals(1500, link.mtu());
    }

    @Test
    void allocatesNothing() {
        NetlinkCursor cursor = new NetlinkCursor();
        byte[] bytes = Captured.bytes("dump-dumplinks.1");
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int[] found = new int[1];
        assertEquals(0, AllocationMeter.bytesAllocatedBy(() -> {
            cursor.wrap(buffer, 0, bytes.length);
            while (cursor.next()) {
                found[0] += link.wrap(cursor) && link.nameEquals("vrrp.51") && link.mac() > 0 ? 1 : 0;
            }
        }));
        assertTrue(found[0] > 1000);
    }
}
