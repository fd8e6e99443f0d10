package org.vrrpd.proto.rtnetlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.Hex;

class ErrorMessageTest {

    private final ErrorMessage error = new ErrorMessage();

    private boolean wrap(ByteBuffer buffer) {
        NetlinkCursor cursor = new NetlinkCursor().wrap(buffer, 0, buffer.capacity());
        assertTrue(cursor.next());
        return error.wrap(cursor);
    }

    @ParameterizedTest
    @CsvSource({
        "ack-create.1, 0, 1, 16, ''",
        "ack-create-again.1, 17, 2, 16, ''",
        "ack-add-a4auto.1, 22, 12, 20, 'ipv4: Multicast auto join failed'",
        "ack-addagain-a6.1, 17, 21, 20, 'ipv6: address already assigned'",
        "ack-rm-a4-wronglen.1, 99, 32, 21, 'ipv4: Address not found'",
        "ack-uncapped.1, 19, 52, 20, 'ipv4: Device not found'",
        "dump-dumpaddrs.2, 0, 31, 0, ''"})
    void readsWhatTheKernelAnswers(String name, int errno, int sequence, int type, String text) {
        NetlinkCursor cursor = Captured.cursor(name);
        assertTrue(cursor.next());
        assertTrue(error.wrap(cursor));
        assertEquals(errno, error.errno());
        assertEquals(sequence, error.requestSequence());
        assertEquals(type, error.requestType());
        assertEquals(text, error.extendedText());
    }

    @Test
    void readsTheErrorOfADump() {
        assertTrue(wrap(Hex.buffer("14000000", "0300", "0200", "07000000", "00000000", "f0ffffff")));
        assertEquals(16, error.errno());
        assertEquals(7, error.requestSequence());
    }

    @Test
    void isNoOtherMessageAndNotTooShort() {
        byte[] answer = Captured.bytes("ack-create.1");
        for (int length = 16; length < answer.length; length++) {
            ByteBuffer shorter = ByteBuffer.wrap(Arrays.copyOf(answer, length));
            NativeOrder.putInt(shorter, 0, length);
            assertFalse(wrap(shorter));
        }
        assertFalse(wrap(Hex.buffer("10000000", "0300", "0200", "07000000", "00000000")));
        assertFalse(wrap(ByteBuffer.wrap(Captured.bytes("note-add-a4.1"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 16, 1 << 16, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void hasNoTextBehindARequestOfAnotherLength(int requestLength) {
        ByteBuffer answer = ByteBuffer.wrap(Captured.bytes("ack-uncapped.1"));
        NativeOrder.putInt(answer, 20, requestLength);
        assertTrue(wrap(answer));
        assertEquals(19, error.errno());
        assertEquals("", error.extendedText());
    }

    @Test
    void forgetsTheTextOfTheAnswerBefore() {
        assertTrue(wrap(ByteBuffer.wrap(Captured.bytes("ack-uncapped.1"))));
        assertTrue(wrap(ByteBuffer.wrap(Captured.bytes("ack-create.1"))));
        assertEquals("", error.extendedText());
    }
}
