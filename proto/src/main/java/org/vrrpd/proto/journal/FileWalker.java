package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.vrrpd.proto.event.Event;

/**
 * Walks one Chronicle file with plain reads. Chronicle's own tailer stops without a word at a torn header, cannot tell
 * damage from the end, and dies of SIGBUS where a read returns an error; this says what it found and where.
 *
 * <p>A Chronicle file is a chain of documents: u32 little-endian header (bits 0-29 length, bit 30 metadata, bit 31 not
 * complete; 0: the end as yet; 0xC0000000: finished), then that many bytes, then up to 3 bytes to a multiple of 4.
 */
final class FileWalker implements AutoCloseable {

    enum Step { RECORD, END, INCOMPLETE, FINISHED, DAMAGED }

    static final int CRC_BYTES = 4;
    static final int FINISHED_MARK = 0xC000_0000;
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;
    private static final int LENGTH = 0x3FFF_FFFF;
    private static final int WINDOW = 256 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer window = ByteBuffer.allocateDirect(WINDOW).order(ByteOrder.BIG_ENDIAN);
    private ByteBuffer crcView = window.duplicate();
    private long windowStart;
    private int windowLength;
    private long position;
    private long records;
    private String found = "";

    FileWalker(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** What is next. A file that is being written can turn END into RECORD; DAMAGED is final. */
    Step next(Event out) throws IOException {
        Step step = look(out);
        if (step != Step.RECORD && step != Step.FINISHED) {
            windowLength = 0;
            step = look(out);
        }
        return step;
    }

    private Step look(Event out) throws IOException {
        while (true) {
            if (!load(4)) {
                if (channel.size() == 0) {
                    return Step.END;
                }
                found = "the file ends without its end mark: it was cut, or its last record lost";
                return Step.DAMAGED;
            }
            int header = Integer.reverseBytes(window.getInt((int) (position - windowStart)));
            if (header == 0) {
                return Step.END;
            }
            if (header == FINISHED_MARK) {
                return Step.FINISHED;
            }
            if ((header & NOT_COMPLETE) != 0) {
                return Step.INCOMPLETE;
            }
            int length = header & LENGTH;
            if ((header & METADATA) == 0) {
                return record(length, out);
            }
            position += 4 + align4(length);
        }
    }

    private Step record(int length, Event out) throws IOException {
        if (length < Event.HEADER_BYTES + CRC_BYTES || length > channel.size()) {
            found = "expected the length of a record, but found " + length;
            return Step.DAMAGED;
        }
        if (!load(4 + length)) {
            found = "the file ends within a record of " + length + " bytes: it was cut";
            return Step.DAMAGED;
        }
        int at = (int) (position - windowStart) + 4;
        int recordLength = length - CRC_BYTES;
        crc.reset();
        crc.update(crcView.limit(at + recordLength).position(at));
        int stored = window.getInt(at + recordLength);
        if (stored != (int) crc.getValue()) {
            found = String.format("expected checksum %08x, but found %08x", (int) crc.getValue(), stored);
            return Step.DAMAGED;
        }
        out.wrap(window, at);
        if (out.recordLength() != recordLength) {
            found = "expected a record of " + recordLength + " bytes, but found one of " + out.recordLength();
            return Step.DAMAGED;
        }
        position += 4 + align4(length);
        records++;
        return Step.RECORD;
    }

    private boolean load(int bytes) throws IOException {
        if (position >= windowStart && position + bytes <= windowStart + windowLength) {
            return true;
        }
        if (bytes > window.capacity()) {
            window = ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) * 2).order(ByteOrder.BIG_ENDIAN);
            crcView = window.duplicate();
        }
        windowStart = position;
        window.clear();
        while (window.hasRemaining()) {
            if (channel.read(window, windowStart + window.position()) < 0) {
                break;
            }
        }
        windowLength = window.position();
        window.clear();
        return bytes <= windowLength;
    }

    /**
     * True when something other than zeros lies behind the place where a header is expected and none was found. The
     * bytes of one record do not count: Chronicle writes the header last, so a writer that is killed leaves them.
     */
    boolean dataFollows() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        long behind = position + 4 + unfinishedRecordBytes();
        for (long at = behind; channel.read(chunk.clear(), at) > 0; at += chunk.position()) {
            for (int i = 0; i < chunk.position(); i++) {
                if (chunk.get(i) != 0) {
                    found = "no record begins here, but data follows at byte " + (at + i);
                    return true;
                }
            }
        }
        return false;
    }

    private long unfinishedRecordBytes() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Event.HEADER_BYTES);
        channel.read(head, position + 4);
        long payload = new Event().wrap(head, 0).payloadLength();
        long plausible = payload >= 0 && payload <= WINDOW * 4L ? payload : 0;
        return align4(Event.HEADER_BYTES + plausible + CRC_BYTES);
    }

    /** Goes to a place where a header is known to be. */
    void seek(long headerPosition) {
        position = headerPosition;
        windowLength = 0;
    }

    /** Takes back the record that {@link #next} returned last. */
    void unread(long headerPosition) {
        seek(headerPosition);
        records--;
    }

    Damage damage() {
        return new Damage(path, records, position, found);
    }

    Path path() {
        return path;
    }

    long position() {
        return position;
    }

    long records() {
        return records;
    }

    static long align4(long length) {
        return length + 3 & ~3L;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
