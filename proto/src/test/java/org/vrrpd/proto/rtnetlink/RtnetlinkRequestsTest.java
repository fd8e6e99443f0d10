package org.vrrpd.proto.rtnetlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.AllocationMeter;
import org.vrrpd.proto.Hex;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;
import org.vrrpd.proto.rfc.Requirement;

class RtnetlinkRequestsTest {

    private static final int OFFSET = 5;
    private static final int SEQUENCE = 0x80000001;
    private static final int CREATE = NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK
            | NetlinkConstants.NLM_F_CREATE | NetlinkConstants.NLM_F_EXCL;
    private static final int CHANGE = NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_ACK;
    private static final int DUMP = NetlinkConstants.NLM_F_REQUEST | NetlinkConstants.NLM_F_DUMP;

    private final ByteBuffer out = ByteBuffer.allocate(600);
    private final NetlinkCursor cursor = new NetlinkCursor();
    private final LinkMessage link = new LinkMessage();
    private final AddressMessage address = new AddressMessage();

    @BeforeEach
    void fillWithOnes() { // every byte of a request must be written
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, (byte) -1);
        }
    }

    private static VirtualAddress plain(String text, int prefixLength) {
        return new VirtualAddress(IpAddress.parse(text), prefixLength, null, null, 0, null, null, false, false, false,
                false, false, false, false, VirtualAddress.FOREVER);
    }

    private static VirtualAddress full(String text, String broadcast, int scope, String label, String peer) {
        return new VirtualAddress(IpAddress.parse(text), 64, null, parseOrNull(broadcast), scope, label,
                parseOrNull(peer), true, true, true, true, true, false, false, 100);
    }

    private static IpAddress parseOrNull(String text) {
        return text == null ? null : IpAddress.parse(text);
    }

    private void check(int length, int type, int flags) {
        assertEquals(-1, out.get(OFFSET - 1));
        assertEquals(-1, out.get(OFFSET + length));
        assertEquals(0, length % 4);
        cursor.wrap(out, OFFSET, length);
        assertTrue(cursor.next());
        assertEquals(type, cursor.type());
        assertEquals(flags, cursor.flags());
        assertEquals(SEQUENCE, cursor.sequence());
        assertEquals(0, cursor.portId());
        assertEquals(length - 16, cursor.payloadLength());
    }

    private void checkLink(int length, int type, int flags, int index) {
        check(length, type, flags);
        assertTrue(link.wrap(cursor));
        assertEquals(index, link.index());
    }

    private void checkAddress(int length, int type, int flags, String text, int prefixLength) {
        check(length, type, flags);
        assertTrue(address.wrap(cursor));
        assertEquals(IpAddress.parse(text), address.address());
        assertEquals(prefixLength, address.prefixLength());
        assertEquals(258, address.interfaceIndex());
    }

    @Test
    void dumps() {
        check(RtnetlinkRequests.dumpLinks(out, OFFSET, SEQUENCE), NetlinkConstants.RTM_GETLINK, DUMP);
        assertEquals("00".repeat(16), Hex.text(out, cursor.payloadOffset(), cursor.payloadLength()));
        fillWithOnes();
        check(RtnetlinkRequests.dumpAddresses(out, OFFSET, SEQUENCE), NetlinkConstants.RTM_GETADDR, DUMP);
        assertEquals("00".repeat(8), Hex.text(out, cursor.payloadOffset(), cursor.payloadLength()));
    }

    @Test
    void addsAnIpv4Address() {
        checkAddress(RtnetlinkRequests.addAddress(out, OFFSET, SEQUENCE, 258, plain("192.0.2.10", 24)),
                NetlinkConstants.RTM_NEWADDR, CREATE, "192.0.2.10", 24);
        assertEquals(0, address.flags());
        assertEquals(NetlinkConstants.OUR_ADDRESS_PROTOCOL, address.protocol());
        assertEquals(AddressMessage.ABSENT, address.preferredSeconds());
        assertEquals("", address.label());
    }

    @Test
    void addsAnIpv4AddressWithEverything() {
        int length = RtnetlinkRequests.addAddress(
                out, OFFSET, SEQUENCE, 258, full("192.0.2.10", "192.0.2.255", 253, "eth0:vip", "198.51.100.7"));
        checkAddress(length, NetlinkConstants.RTM_NEWADDR, CREATE, "192.0.2.10", 64);
        assertEquals(253, address.scope());
        assertEquals("eth0:vip", address.label());
        assertEquals(0x710, address.flags());
        assertEquals("024000fd" + "02010000" + "08000200c000020a" + "08000100c6336407" + "08000400c00002ff"
                + "0d000300657468303a76697000000000" + "0800080010070000" + "05000b0070000000",
                Hex.text(out, cursor.payloadOffset(), cursor.payloadLength()));
    }

    @Test
    void addsAnIpv6AddressWithoutDetection() {
        checkAddress(RtnetlinkRequests.addAddress(out, OFFSET, SEQUENCE, 258, plain("2001:db8::10", 128)),
                NetlinkConstants.RTM_NEWADDR, CREATE, "2001:db8::10", 128);
        assertEquals(NetlinkConstants.IFA_F_NODAD, address.flags());
        assertEquals(AddressMessage.FOREVER, address.preferredSeconds());
        assertEquals(AddressMessage.FOREVER, address.validSeconds());
        assertEquals(NetlinkConstants.OUR_ADDRESS_PROTOCOL, address.protocol());
    }

    @Test
    void addsAnIpv6AddressWithEverything() {
        int length = RtnetlinkRequests.addAddress(
                out, OFFSET, SEQUENCE, 258, full("2001:db8::10", null, 253, null, "2001:db8::99"));
        checkAddress(length, NetlinkConstants.RTM_NEWADDR, CREATE, "2001:db8::10", 64);
        assertEquals(0, address.scope()); // it follows from the address
        assertEquals(0x710, address.flags());
        assertEquals(100, address.preferredSeconds());
        assertEquals(AddressMessage.FOREVER, address.validSeconds());
        String payload = Hex.text(out, cursor.payloadOffset(), cursor.payloadLength());
        assertTrue(payload.contains("14000100" + "20010db8000000000000000000000099"), payload);
    }

    @Test
    void addsAPlainAddress() {
        checkAddress(RtnetlinkRequests.addPlainAddress(
                        out, OFFSET, SEQUENCE, 258, IpAddress.parse("fe80::1"), 64, NetlinkConstants.RT_SCOPE_LINK),
                NetlinkConstants.RTM_NEWADDR, CREATE, "fe80::1", 64);
        assertEquals(0, address.flags());
        assertEquals(0, address.protocol());
        assertEquals(NetlinkConstants.RT_SCOPE_LINK, address.scope());
        assertEquals(AddressMessage.ABSENT, address.validSeconds());
    }

    @Test
    void removesAnAddress() {
        checkAddress(RtnetlinkRequests.removeAddress(
                        out, OFFSET, SEQUENCE, 258, IpAddress.parse("192.0.2.10"), 24),
                NetlinkConstants.RTM_DELADDR, CHANGE, "192.0.2.10", 24);
        assertEquals("0218000002010000" + "08000200c000020a" + "08000100c000020a",
                Hex.text(out, cursor.payloadOffset(), cursor.payloadLength()));
    }

    @Test
    void removesAnAddressWithPeer() {
        IpAddress peer = IpAddress.parse("198.51.100.7");
        checkAddress(RtnetlinkRequests.removeAddress(
                        out, OFFSET, SEQUENCE, 258, IpAddress.parse("192.0.2.10"), 32, peer),
                NetlinkConstants.RTM_DELADDR, CHANGE, "192.0.2.10", 32);
        assertEquals(peer, address.peer());
        assertEquals("0220000002010000" + "08000200c000020a" + "08000100c6336407",
                Hex.text(out, cursor.payloadOffset(), cursor.payloadLength()));
    }

    @Test
    void createsAMacvlan() {
        long mac = MacAddress.parse("00:00:5e:00:01:33");
        checkLink(RtnetlinkRequests.createMacvlan(out, OFFSET, SEQUENCE, 258, "vrrp.51", mac, "vrrpd:gw"),
                NetlinkConstants.RTM_NEWLINK, CREATE, 0);
        assertEquals(0, link.flags());
        assertEquals("vrrp.51", link.name());
        assertEquals(mac, link.mac());
        assertEquals(258, link.linkIndex());
        assertEquals("macvlan", link.kind());
        assertEquals(NetlinkConstants.MACVLAN_MODE_PRIVATE, link.macvlanMode());
        assertEquals("vrrpd:gw", link.alias());
    }

    @Test
    void deletesALink() {
        checkLink(RtnetlinkRequests.deleteLink(out, OFFSET, SEQUENCE, 258), NetlinkConstants.RTM_DELLINK, CHANGE, 258);
    }

    @Test
    void setsALinkUpAndDown() {
        checkLink(RtnetlinkRequests.setLinkUp(out, OFFSET, SEQUENCE, 258, true),
                NetlinkConstants.RTM_SETLINK, CHANGE, 258);
        assertEquals("00000000" + "02010000" + "01000000" + "01000000", Hex.text(out, cursor.payloadOffset(), 16));
        RtnetlinkRequests.setLinkUp(out, OFFSET, SEQUENCE, 258, false);
        assertEquals("00000000" + "02010000" + "00000000" + "01000000", Hex.text(out, cursor.payloadOffset(), 16));
    }

    @Test
    @Requirement("9568-7.4-1")
    void setsAddressGenerationNone() {
        checkLink(RtnetlinkRequests.setAddressGenerationNone(out, OFFSET, SEQUENCE, 258),
                NetlinkConstants.RTM_SETLINK, CHANGE, 258);
        assertEquals("10001a00" + "0c000a00" + "0500080001000000",
                Hex.text(out, cursor.payloadOffset() + 16, cursor.payloadLength() - 16));
    }

    @Test
    void setsAnAlias() {
        checkLink(RtnetlinkRequests.setAlias(out, OFFSET, SEQUENCE, 258, "vrrpd: büro"),
                NetlinkConstants.RTM_SETLINK, CHANGE, 258);
        assertEquals("vrrpd: büro", link.alias());
    }

    @Test
    void allocatesNothingForAnAddress() {
        VirtualAddress vip = full("2001:db8::10", null, 0, null, null);
        assertEquals(0, AllocationMeter.bytesAllocatedBy(() -> {
            RtnetlinkRequests.addAddress(out, OFFSET, SEQUENCE, 258, vip);
            RtnetlinkRequests.removeAddress(out, OFFSET, SEQUENCE, 258, vip.address(), 64);
        }));
    }
}
