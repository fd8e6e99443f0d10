package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Allocates the disk space ahead of Chronicle, which writes through a mapping: there a full disk is a SIGBUS, here it
 * is an exception. Writes only zeros, and only behind the end of what Chronicle has written.
 */
final class SpaceReserve implements AutoCloseable {

    /** Chronicle may put index blocks of this size in all behind any record, unasked. */
    static final int SLACK_BYTES = 64 * 1024;
    private static final int CHUNK = 64 * 1024;

    private final FileChannel channel;
    private final int blockBytes;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
    private long reserved;

    SpaceReserve(Path file, long end, int blockBytes) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.blockBytes = blockBytes;
        reserved = end;
    }

    /** Returns when {@code bytes} more can be written behind {@code end}; throws when the disk has no room for them. */
    void ensure(long end, int bytes) throws IOException {
        long needed = end + bytes + SLACK_BYTES;
        if (needed <= reserved) {
            return;
        }
        long wanted = needed + blockBytes;
        try {
            while (reserved < wanted) {
                zeros.clear().limit((int) Math.min(CHUNK, wanted - reserved));
                reserved += channel.write(zeros, reserved);
            }
        } catch (IOException full) {
            if (reserved < needed) {
                throw full;
            }
        }
    }

    long reservedBytes() {
        return reserved;
    }

    /** Marks the file as finished at its end, and gives back what was reserved behind it. */
    void finish(long end) throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(4).putInt(0, Integer.reverseBytes(FileWalker.FINISHED_MARK));
        channel.write(mark, end);
        channel.truncate(end + 4 + 4095 & ~4095L);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
