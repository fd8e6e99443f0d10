package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/**
 * Writes the files of a journal, one after the other, on the journal thread. Nothing here throws for what a disk can
 * do: the journal is then suspended, which {@link #state} tells, and the caller begins a new file when
 * {@link #retryDue}.
 */
public final class JournalWriter implements AutoCloseable {

    private final JournalDirectory directory;
    private final FileStart run;
    private final JournalOptions options;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(2 * Payloads.PART_BYTES).order(ByteOrder.BIG_ENDIAN);

    private ChronicleFile file;
    private long fileCoreNanos;
    private boolean fileHasTime;
    private long finishedBytes;
    private String reason = "not begun";
    private long sinceWallNanos;
    private long retryAt;
    private long checkAt;
    private long records;
    private long lost;
    private long lostSinceSuspended;

    /** @param run who writes; its opening is ignored */
    public JournalWriter(JournalDirectory directory, FileStart run, JournalOptions options) {
        this.directory = directory;
        this.run = run;
        this.options = options;
        sinceWallNanos = options.wallNanos().getAsLong();
    }

    /** Ends the file being written, deletes the oldest ones beyond the limit, and begins a new one with this state. */
    public void begin(FileOpening opening, Checkpoint from) {
        boolean emptied = false;
        try {
            finishFile();
            directory.ensure();
            ChronicleFile.sweep(directory.path());
            emptied = true;
            prune();
            file = new ChronicleFile(directory.path(), options);
            fileHasTime = false;
            writeOpening(opening, from);
            if (!reason.isEmpty()) {
                reason = "";
                sinceWallNanos = options.wallNanos().getAsLong();
            }
            lostSinceSuspended = 0;
        } catch (IOException | RuntimeException | InternalError failure) {
            suspend(failure);
            if (emptied) {
                ChronicleFile.discard(directory.path());
            }
        }
    }

    private void writeOpening(FileOpening opening, Checkpoint from) throws IOException {
        FileStart start = new FileStart(run.buildId(), run.bootId(), run.processId(), opening);
        writeStructure(EventKind.FILE_STARTED, start.write(scratch, Event.HEADER_BYTES), from);
        if (opening == FileOpening.RESUMED) {
            String text = "journaling was suspended: " + reason;
            int length = Payloads.writeNumberAndText(scratch, Event.HEADER_BYTES, lostSinceSuspended, text);
            writeStructure(EventKind.GAP, length, from);
        }
        byte[] snapshot = from.snapshot();
        if (snapshot == null) {
            return;
        }
        int at = 0;
        do {
            int length = Math.min(Payloads.PART_BYTES, snapshot.length - at);
            int payload = Payloads.writePart(scratch, Event.HEADER_BYTES, snapshot, at, length);
            writeStructure(EventKind.SNAPSHOT_PART, payload, from);
            at += length;
        } while (at < snapshot.length);
    }

    private void writeStructure(EventKind kind, int payloadLength, Checkpoint from) throws IOException {
        Event.writeHeader(scratch, 0, kind, payloadLength,
                from.sequence(), from.coreNanos(), options.wallNanos().getAsLong(), from.digest());
        file.append(scratch, 0, Event.HEADER_BYTES + payloadLength);
        records++;
    }

    /** False when the record was not written since journaling is suspended, now or already. */
    public boolean append(ByteBuffer record, int offset, int length) {
        if (file == null) {
            lost++;
            lostSinceSuspended++;
            return false;
        }
        try {
            file.append(record, offset, length);
            records++;
            if (!fileHasTime) {
                fileHasTime = true;
                fileCoreNanos = record.getLong(offset + 16);
            }
            return true;
        } catch (IOException | RuntimeException | InternalError failure) {
            lost++;
            suspend(failure);
            lostSinceSuspended = 1;
            return false;
        }
    }

    /** True when the next INPUT record should go to a new file. */
    public boolean rollDue(long coreNanos) {
        return file != null && fileHasTime
                && (file.bytes() >= options.rollBytes() || coreNanos - fileCoreNanos >= options.rollNanos());
    }

    /** True when journaling is suspended and it is time to try again. */
    public boolean retryDue() {
        return file == null && options.monotonicNanos().getAsLong() - retryAt >= 0;
    }

    /** Notices, about once a second, that the file being written was deleted: a mapping would take records for ever. */
    public void checkFile() {
        long now = options.monotonicNanos().getAsLong();
        if (file != null && now - checkAt >= 0) {
            checkAt = now + options.retryNanos();
            if (!file.exists()) {
                suspend(new IOException("the file being written was deleted"));
            }
        }
    }

    /** Stops writing; also for what reaches the top of the thread's loop, since SIGBUS is asynchronous on JDK 17. */
    public void suspend(Throwable failure) {
        ChronicleFile broken = file;
        file = null;
        retryAt = options.monotonicNanos().getAsLong() + options.retryNanos();
        if (reason.isEmpty() || broken == null) {
            boolean was = reason.isEmpty();
            reason = describe(failure);
            sinceWallNanos = was ? options.wallNanos().getAsLong() : sinceWallNanos;
        }
        try {
            if (broken != null) {
                broken.close();
            }
        } catch (IOException | RuntimeException | InternalError alreadySuspended) {
            // the file is given up already, and what it holds stays readable
        }
    }

    private static String describe(Throwable failure) {
        if (failure instanceof InternalError) {
            return "no space left, or the disk failed (SIGBUS)";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private void finishFile() throws IOException {
        ChronicleFile finished = file;
        file = null;
        if (finished != null) {
            finished.finish();
        }
    }

    private void prune() throws IOException {
        List<Path> paths = JournalFiles.list(directory.path());
        long[] sizes = new long[paths.size()];
        finishedBytes = 0;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Files.size(paths.get(i));
            finishedBytes += sizes[i];
        }
        long room = options.maxBytes() - Math.min(options.rollBytes(), options.maxBytes() / 2);
        for (int i = 0; i < sizes.length && finishedBytes > room; i++) {
            Files.deleteIfExists(paths.get(i));
            finishedBytes -= sizes[i];
        }
    }

    public JournalState state() {
        long bytes = finishedBytes + (file == null ? 0 : file.allocatedBytes());
        return new JournalState(file != null, file != null ? "" : reason, sinceWallNanos, records, bytes, lost);
    }

    @Override
    public void close() {
        try {
            finishFile();
        } catch (IOException | RuntimeException | InternalError failure) {
            suspend(failure);
        }
        reason = "closed";
    }
}
