package org.vrrpd.proto.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The records between the protocol thread and the journal thread, in a mapped file on tmpfs: it outlives a killed
 * process, and the next start drains what is left. One thread offers, one drains.
 *
 * <p>The file is the ring and its trailer in Agrona's layout, then {@value #MARK_BYTES} bytes of ours that say so.
 */
public final class JournalRing implements AutoCloseable {

    private static final int MARK_BYTES = 64;
    private static final long MARK = 0x7672_7270_6472_6E01L;
    private static final int RECORD = 1;
    public static final int SMALLEST = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final boolean wasReset;
    private final OneToOneRingBuffer ring;
    private final UnsafeBuffer memory;
    private final ByteBuffer view;
    private final UnsafeBuffer source = new UnsafeBuffer(0, 0);
    private final MessageHandler dispatcher = this::dispatch;
    private ByteBuffer sourceBuffer;
    private RecordHandler handler;

    private JournalRing(ByteBuffer mapped, boolean wasReset) {
        this.wasReset = wasReset;
        memory = new UnsafeBuffer(mapped, 0, mapped.capacity() - MARK_BYTES);
        view = mapped.duplicate().order(ByteOrder.BIG_ENDIAN);
        ring = new OneToOneRingBuffer(memory);
    }

    /**
     * Makes the file, really allocated so that a full tmpfs is found now and not as a SIGBUS later, or re-opens one
     * with what a killed process left in it; that one keeps its capacity until it has been emptied.
     *
     * @param capacityBytes a power of two of at least 64 KiB
     */
    public static JournalRing open(Path file, int capacityBytes) throws IOException {
        if (capacityBytes < SMALLEST || Integer.bitCount(capacityBytes) != 1) {
            throw new IllegalArgumentException(
                    "Expected a power of two of at least " + SMALLEST + " as the size, but found " + capacityBytes);
        }
        boolean existed = Files.exists(file);
        if (existed) {
            MappedByteBuffer left = mapIfOurs(file);
            if (left != null) {
                UnsafeBuffer memory = new UnsafeBuffer(left, 0, left.capacity() - MARK_BYTES);
                boolean sane = RingRecovery.recover(memory);
                boolean sameSize = left.capacity() == fileBytes(capacityBytes);
                if (sane && (sameSize || new OneToOneRingBuffer(memory).size() > 0)) {
                    return new JournalRing(left, false);
                }
                existed = !sane;
            }
        }
        return new JournalRing(create(file, capacityBytes), existed);
    }

    /** One without a file, for what need not outlive the process. */
    public static JournalRing inMemory(int capacityBytes) {
        return new JournalRing(ByteBuffer.allocateDirect(fileBytes(capacityBytes)), false);
    }

    private static int fileBytes(int capacity) {
        return capacity + RingBufferDescriptor.TRAILER_LENGTH + MARK_BYTES;
    }

    private static MappedByteBuffer mapIfOurs(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            long size = channel.size();
            int capacity = (int) (size - RingBufferDescriptor.TRAILER_LENGTH - MARK_BYTES);
            if (size > Integer.MAX_VALUE || capacity < SMALLEST || Integer.bitCount(capacity) != 1) {
                return null;
            }
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            return mapped.getLong((int) size - MARK_BYTES) == MARK ? mapped : null;
        }
    }

    private static MappedByteBuffer create(Path file, int capacity) throws IOException {
        // a new inode: a process that still has the old one mapped must not write into this one
        Files.deleteIfExists(file);
        boolean complete = false;
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            ByteBuffer zeros = ByteBuffer.allocate(64 * 1024);
            int size = fileBytes(capacity);
            for (int at = 0; at < size; ) {
                zeros.clear().limit(Math.min(zeros.capacity(), size - at));
                at += channel.write(zeros, at);
            }
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            mapped.putLong(size - MARK_BYTES, MARK);
            complete = true;
            return mapped;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** True when a file was there that was not a ring, or whose content made no sense; what was in it is lost. */
    public boolean wasReset() {
        return wasReset;
    }

    /** The protocol thread's side: false when the ring is full. No allocation as long as the buffer is the same one. */
    public boolean offer(ByteBuffer directBigEndian, int offset, int length) {
        if (directBigEndian != sourceBuffer) {
            source.wrap(directBigEndian, 0, directBigEndian.capacity());
            sourceBuffer = directBigEndian;
        }
        return ring.write(RECORD, source, offset, length);
    }

    /**
     * The journal thread's side: at most {@code limit} records; 0 only when there is none. They stay in the file until
     * the last one was handled.
     */
    public int drain(RecordHandler recordHandler, int limit) {
        handler = recordHandler;
        int handled = ring.read(dispatcher, limit);
        // one read stops at the end of the memory, perhaps with nothing but padding before it
        return handled > 0 || ring.size() == 0 ? handled : ring.read(dispatcher, limit);
    }

    private void dispatch(int type, MutableDirectBuffer buffer, int index, int length) {
        handler.onRecord(view, index, length);
    }

    public int maxRecordBytes() {
        return ring.maxMsgLength();
    }

    /** Bytes that wait to be drained. */
    public int size() {
        return ring.size();
    }

    public int capacity() {
        return ring.capacity();
    }

    /** The file stays; the mapping goes with the last reference to it, so a late reader cannot crash the process. */
    @Override
    public void close() {
        sourceBuffer = null;
    }
}
