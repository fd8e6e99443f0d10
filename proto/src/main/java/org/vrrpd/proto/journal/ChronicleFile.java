package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.vrrpd.proto.event.Event;

/**
 * The one file being written: a Chronicle queue of its own in {@code current/}, whose clock stands still, so that
 * Chronicle never rolls, never sees another file and never meets its own write lock of a process that is gone.
 */
final class ChronicleFile implements AutoCloseable {

    private static final long LOCK_TIMEOUT_MILLIS = 200;

    private final Path directory;
    private final Path path;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final CRC32C crc = new CRC32C();
    private SpaceReserve reserve;
    private ByteBuffer source;
    private ByteBuffer view;
    private BytesStore<?, ?> store;
    private long end;

    /** Begins an empty file. Expects {@code current/} to have been emptied by {@link #sweep}. */
    ChronicleFile(Path directory, JournalOptions options) throws IOException {
        this.directory = directory;
        Path current = directory.resolve(JournalFiles.CURRENT);
        Files.createDirectories(current,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        if (Files.getFileStore(current).getUsableSpace() < 2L * SpaceReserve.SLACK_BYTES + options.blockBytes()) {
            throw new IOException("no space left for a new file in " + current);
        }
        int minute = JournalFiles.nextMinute(directory, options.wallNanos().getAsLong());
        path = current.resolve(JournalFiles.name(minute));
        queue = SingleChronicleQueueBuilder.single(current.toFile())
                .rollCycle(LegacyRollCycles.MINUTELY)
                .timeProvider(() -> minute * 60_000L)
                .blockSize(options.blockBytes())
                .timeoutMS(LOCK_TIMEOUT_MILLIS)
                .build();
        appender = queue.createAppender();
    }

    /** Moves what a former writer left in {@code current/} up, as it is, and removes Chronicle's table of it. */
    static void sweep(Path directory) throws IOException {
        Path current = directory.resolve(JournalFiles.CURRENT);
        if (!Files.isDirectory(current)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(current)) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().endsWith(JournalFiles.SUFFIX)) {
                    Files.move(entry, directory.resolve(entry.getFileName()));
                } else {
                    Files.delete(entry);
                }
            }
        }
    }

    /** Deletes a file whose beginning could not be written: a long suspension must not leave one for each attempt. */
    static void discard(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.resolve(JournalFiles.CURRENT))) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        } catch (IOException nextSweepTriesAgain) {
            // the journal is suspended already, with a reason that says more
        }
    }

    /** Appends the record and its checksum; throws when the disk has no room for them. */
    void append(ByteBuffer record, int offset, int length) throws IOException {
        if (record != source) {
            source = record;
            view = record.duplicate();
            store = BytesStore.wrap(record.duplicate().clear());
        }
        if (reserve != null) {
            reserve.ensure(end, length);
        }
        crc.reset();
        crc.update(view.limit(offset + length).position(offset));
        try (DocumentContext document = appender.writingDocument()) {
            Bytes<?> bytes = document.wire().bytes();
            bytes.writeSome(view.position(offset));
            if (view.hasRemaining()) {
                // writeSome, which is faster, stops at the end of the mapped block
                bytes.write(store, (long) view.position(), (long) view.remaining());
            }
            bytes.writeInt(Integer.reverseBytes((int) crc.getValue()));
            end = FileWalker.align4(bytes.writePosition());
        }
        if (reserve == null) {
            end = realEnd();
            reserve = new SpaceReserve(path, end, SpaceReserve.SLACK_BYTES);
        }
    }

    /** Behind the last document: Chronicle can have put an index block behind the last record. */
    private long realEnd() throws IOException {
        try (FileWalker walker = new FileWalker(path)) {
            walker.seek(end);
            FileWalker.Step step = walker.next(new Event());
            if (step != FileWalker.Step.END) {
                throw new IOException(
                        "Expected the end of " + path + " at byte " + walker.position() + ", but found " + step);
            }
            return walker.position();
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Bytes written so far. */
    long bytes() {
        return end;
    }

    long allocatedBytes() {
        return reserve == null ? end : reserve.reservedBytes();
    }

    /** Ends the file for good and moves it up. */
    void finish() throws IOException {
        closeQueue();
        try (SpaceReserve finished = reserve) {
            finished.finish(realEnd());
        }
        Files.move(path, directory.resolve(path.getFileName()));
    }

    private void closeQueue() {
        appender.close();
        queue.close();
    }

    /** Lets go of the file without touching its content: after an error, nothing more must be written to it. */
    @Override
    public void close() throws IOException {
        closeQueue();
        if (reserve != null) {
            reserve.close();
        }
    }
}
