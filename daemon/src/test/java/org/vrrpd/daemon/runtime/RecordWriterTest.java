package org.vrrpd.daemon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.RecordHandler;

class RecordWriterTest {

    private static final int RING = 1 << 20;
    private static final int PAYLOAD = 4000;

    @TempDir
    Path directory;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Event.HEADER_BYTES + PAYLOAD);
    private final List<String> drained = new ArrayList<>();
    private JournalRing ring;
    private RingLog log;
    private RecordWriter writer;

    @BeforeEach
    void open() throws Exception {
        ring = JournalRing.open(directory.resolve("ring"), RING);
        log = new RingLog(ring);
        writer = new RecordWriter(log, 10);
    }

    @Test
    void numbersAndStampsRecords() {
        writer.setWallOffset(1000);
        writer.advanceTo(7);
        writer.write(EventKind.NETLINK_OVERRUN, buffer, 0, 0, 99);
        writer.advanceTo(5); // never back
        writer.write(EventKind.DEADLINE_REACHED, buffer, 0, 0, 99);
        drain();
        assertEquals(List.of("10 NETLINK_OVERRUN 7 1007", "11 DEADLINE_REACHED 7 1007"), drained);
    }

    @Test
    void aFullRingSuspendsAndIsContinuedWithGapAndSnapshotWhenHalfOfItIsFree() {
        int written = 0;
        while (writer.suspension() == null) {
            writer.write(EventKind.NETLINK_RECEIVED, buffer, 0, PAYLOAD, 0);
            written++;
        }
        assertTrue(writer.suspension().reason().contains("ring is full"), writer.suspension().reason());
        writer.write(EventKind.NETLINK_RECEIVED, buffer, 0, PAYLOAD, 0);
        assertEquals(2, writer.lost());
        ring.drain((b, o, l) -> { }, 10);
        assertFalse(writer.canResume(), "a few free bytes would be full again at once");

        drain();
        drained.clear();
        assertTrue(writer.canResume());
        writer.resume(new byte[Payloads.PART_BYTES + 1], 77);
        assertNull(writer.suspension());
        writer.write(EventKind.DEADLINE_REACHED, buffer, 0, 0, 77);
        drain();
        long next = 10 + written + 1;
        assertEquals(List.of(
                next + " GAP 0 0 2 records are missing: the ring is full: the journal cannot be written fast enough",
                (next + 1) + " SNAPSHOT_PART 0 0 32769@0+32768", (next + 2) + " SNAPSHOT_PART 0 0 32769@32768+1",
                (next + 3) + " DEADLINE_REACHED 0 0"), drained);
    }

    private void drain() {
        Event event = new Event();
        RecordHandler handler = (bytes, offset, length) -> {
            event.wrap(bytes, offset);
            String text = event.sequence() + " " + event.kind() + " " + event.coreNanos() + " " + event.wallNanos();
            int payload = event.payloadOffset();
            drained.add(switch (event.kind()) {
                case GAP -> text + " " + Payloads.readText(bytes, payload);
                case SNAPSHOT_PART -> text + " " + bytes.getInt(payload) + "@" + bytes.getInt(payload + 4) + "+"
                        + (event.payloadLength() - Payloads.PART_HEADER_BYTES);
                default -> text;
            });
        };
        while (ring.size() > 0) { // it stops where the ring wraps
            ring.drain(handler, Integer.MAX_VALUE);
        }
    }
}
