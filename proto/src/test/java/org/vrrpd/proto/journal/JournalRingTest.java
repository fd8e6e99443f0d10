package org.vrrpd.proto.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vrrpd.proto.event.Event;

class JournalRingTest {

    private static final int CAPACITY = 64 * 1024;

    @TempDir
    Path temp;

    private static List<Long> drain(JournalRing ring) {
        List<Long> sequences = new ArrayList<>();
        Event event = new Event();
        RecordHandler handler = (buffer, offset, length) -> {
            event.wrap(buffer, offset);
            assertEquals(length, event.recordLength());
            for (int i = 0; i < event.payloadLength(); i++) {
                assertEquals(Records.payloadByte(event.sequence(), i), buffer.get(event.payloadOffset() + i));
            }
            sequences.add(event.sequence());
        };
        while (ring.drain(handler, 16) > 0) {
            // a batch at a time
        }
        return sequences;
    }

    @Test
    void givesBackWhatWasOfferedAndSaysWhenItIsFull() throws Exception {
        try (JournalRing ring = JournalRing.open(temp.resolve("ring"), CAPACITY)) {
            Records records = new Records(1);
            long accepted = 0;
            while (records.netlink(1000).offerTo(ring)) {
                accepted++;
            }
            assertEquals(CAPACITY / 1048, accepted);
            assertEquals(accepted, drain(ring).size());
            assertTrue(records.offerTo(ring));
        }
    }

    @Test
    void keepsWhatWasNotDrainedAndItsSizeUntilItIsEmpty() throws Exception {
        Path file = temp.resolve("ring");
        Records records = new Records(1);
        try (JournalRing ring = JournalRing.open(file, CAPACITY)) {
            records.netlink(100).offerTo(ring);
            records.netlink(200).offerTo(ring);
        }
        try (JournalRing ring = JournalRing.open(file, 2 * CAPACITY)) {
            assertFalse(ring.wasReset());
            assertEquals(CAPACITY, ring.capacity());
            assertEquals(List.of(1L, 2L), drain(ring));
        }
        try (JournalRing ring = JournalRing.open(file, 2 * CAPACITY)) {
            assertFalse(ring.wasReset());
            assertEquals(2 * CAPACITY, ring.capacity());
        }
    }

    /** The tail was moved, the length not yet written: what a kill between the two leaves. */
    @Test
    void dropsARecordThatWasClaimedButNotCommitted() throws Exception {
        Path file = temp.resolve("ring");
        Records records = new Records(1);
        try (JournalRing ring = JournalRing.open(file, CAPACITY)) {
            records.netlink(100).offerTo(ring);
            records.netlink(100).offerTo(ring);
        }
        long second = 152;
        write(file, second, new byte[] {0, 0, 0, 0});
        try (JournalRing ring = JournalRing.open(file, CAPACITY)) {
            assertFalse(ring.wasReset());
            new Records(2).netlink(300).offerTo(ring);
            assertEquals(List.of(1L, 2L), drain(ring));
        }
    }

    @Test
    void resetsARingThatMakesNoSenseAndSaysSo() throws Exception {
        Path file = temp.resolve("ring");
        try (JournalRing ring = JournalRing.open(file, CAPACITY)) {
            new Records(1).netlink(100).offerTo(ring);
        }
        write(file, 0, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
        assertReset(file);
        write(file, CAPACITY + RingBufferDescriptor.TAIL_POSITION_OFFSET, new byte[] {3});
        assertReset(file);
        Files.writeString(file, "not a ring at all");
        assertReset(file);
    }

    private static void assertReset(Path file) throws IOException {
        try (JournalRing ring = JournalRing.open(file, CAPACITY)) {
            assertTrue(ring.wasReset());
            assertEquals(0, ring.size());
            assertTrue(new Records(1).netlink(10).offerTo(ring));
            assertEquals(List.of(1L), drain(ring));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 19, 101, 977, 1999})
    void survivesKillMinusNine(int seed) throws Exception {
        Path file = temp.resolve("ring");
        try (ChildJvm child = new ChildJvm(RingProducer.class, file.toString(), Integer.toString(seed), "100000000")) {
            assertEquals("ready", child.readLine());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + seed % 50));
            child.kill9();
        }
        try (JournalRing ring = JournalRing.open(file, 1 << 20)) {
            assertFalse(ring.wasReset(), "seed " + seed);
            List<Long> left = drain(ring);
            for (int i = 1; i < left.size(); i++) {
                assertEquals(left.get(i - 1) + 1, left.get(i), "seed " + seed);
            }
            assertTrue(new Records(1).netlink(50).offerTo(ring));
            assertEquals(List.of(1L), drain(ring));
        }
    }

    /** Of all that the producer said it had offered, nothing is missing. */
    @Test
    void losesNothingThatWasOffered() throws Exception {
        Path file = temp.resolve("ring");
        try (ChildJvm child = new ChildJvm(RingProducer.class, file.toString(), "3", "500")) {
            assertEquals("ready", child.readLine());
            assertEquals("done", child.readLine());
            child.kill9();
        }
        try (JournalRing ring = JournalRing.open(file, 1 << 20)) {
            List<Long> left = drain(ring);
            assertEquals(500L, left.get(left.size() - 1));
            assertEquals(500, left.size());
        }
    }

    @Test
    void refusesATmpfsWithoutRoomAndLeavesNothingBehind() throws Exception {
        try (TemporaryFileSystem small = TemporaryFileSystem.mount(temp.resolve("small"), "512k")) {
            Path file = small.path().resolve("ring");
            assertThrows(IOException.class, () -> JournalRing.open(file, 1 << 20));
            assertFalse(Files.exists(file));
        }
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), at);
        }
    }
}
