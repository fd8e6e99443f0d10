package org.vrrpd.proto.rtnetlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.Hex;

class NetlinkCursorTest {

    /** Length 16, type 3, flags 2, sequence 0x80000007, port 0x11223344. */
    private static final String BARE = "10000000" + "0300" + "0200" + "07000080" + "44332211";
    /** Length 17: padded to 20. */
    private static final String PADDED = "11000000" + "1000" + "0000" + "09000000" + "00000000" + "aa" + "000000";

    private final NetlinkCursor cursor = new NetlinkCursor();

    private NetlinkCursor over(String... parts) {
        ByteBuffer buffer = Hex.buffer(parts);
        return cursor.wrap(buffer, 0, buffer.capacity());
    }

    @Test
    void readsTheHeaderInTheOrderOfTheHost() {
        ByteBuffer buffer = Hex.behind(1, Hex.bytes(BARE));
        assertTrue(cursor.wrap(buffer, 1, 16).next());
        assertEquals(3, cursor.type());
        assertEquals(2, cursor.flags());
        assertEquals(0x80000007, cursor.sequence());
        assertEquals(0x11223344, cursor.portId());
        assertEquals(17, cursor.payloadOffset());
        assertEquals(0, cursor.payloadLength());
        assertSame(buffer, cursor.buffer());
        assertFalse(cursor.next());
        assertFalse(cursor.malformed());
    }

    @Test
    void skipsThePaddingBetweenMessages() {
        assertTrue(over(PADDED, BARE).next());
        assertEquals(1, cursor.payloadLength());
        assertTrue(cursor.next());
        assertEquals(3, cursor.type());
        assertFalse(cursor.next());
        assertFalse(cursor.malformed());
    }

    @Test
    void needsNoPaddingBehindTheLastMessage() {
        assertTrue(over(BARE, PADDED.substring(0, 34)).next());
        assertTrue(cursor.next());
        assertEquals(0x10, cursor.type());
        assertFalse(cursor.next());
        assertFalse(cursor.malformed());
    }

    @Test
    void endsAtOnceOverNothing() {
        assertFalse(over("").next());
        assertFalse(cursor.malformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "03000000", "0f000000", "11000000", "ffffff7f", "ffffffff", "00000080"})
    void endsAtAMalformedLength(String length) {
        assertTrue(over(BARE, length, BARE.substring(8)).next());
        assertFalse(cursor.next());
        assertTrue(cursor.malformed());
        assertFalse(cursor.next());
        assertEquals(3, cursor.type()); // the last good message stays readable
    }

    @Test
    void endsAtARestThatIsNoHeader() {
        for (int rest = 1; rest < 16; rest++) {
            assertTrue(over(BARE, BARE.substring(0, 2 * rest)).next());
            assertFalse(cursor.next());
            assertTrue(cursor.malformed());
        }
        assertFalse(over(BARE).malformed()); // a new datagram is another matter
    }

    @Test
    void walksADump() {
        NetlinkCursor dump = Captured.cursor("dump-dumpaddrs.1");
        int messages = 0;
        while (dump.next()) {
            assertEquals(NetlinkConstants.RTM_NEWADDR, dump.type());
            assertEquals(31, dump.sequence());
            assertEquals(NetlinkConstants.NLM_F_MULTI, dump.flags() & NetlinkConstants.NLM_F_MULTI);
            messages++;
        }
        assertEquals(13, messages);
        assertFalse(dump.malformed());
    }

    @Test
    void neverReadsBehindATruncatedDump() {
        byte[] dump = Captured.bytes("dump-dumpaddrs.1");
        for (int length = 0; length < dump.length; length++) {
            cursor.wrap(ByteBuffer.wrap(Arrays.copyOf(dump, length)), 0, length);
            int messages = 0;
            while (cursor.next()) {
                messages++;
            }
            assertTrue(messages < 13);
        }
    }
}
