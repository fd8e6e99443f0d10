package org.vrrpd.proto.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.Checkpoint;
import org.vrrpd.proto.journal.FileOpening;
import org.vrrpd.proto.journal.JournalFile;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.JournalWriter;

/**
 * Before a run: finds where the journal on disk ends, and writes what a killed daemon left in the ring behind it, in a
 * file of its own. The former file is never appended to: its end may be torn. What is in both is skipped.
 */
final class LeftoverRecovery {

    private static final int BATCH = 1024;

    private final Path directory;
    private final List<Path> rings;
    private final JournalWriter writer;
    private final JournalPipeline.Listener listener;
    private final Event event = new Event();
    private Shadow end;
    private long last;
    private boolean begun;

    LeftoverRecovery(
            Path directory, List<Path> rings, JournalWriter writer, JournalPipeline.Listener listener) {
        this.directory = directory;
        this.rings = rings;
        this.writer = writer;
        this.listener = listener;
    }

    void recover() {
        for (Path path : rings) {
            try (JournalRing ring = JournalRing.open(path, JournalRing.SMALLEST)) {
                if (ring.wasReset()) {
                    listener.onDamage("the ring " + path + " made no sense; the last records of that run are lost");
                }
                recover(ring);
                Files.deleteIfExists(path);
            } catch (IOException unreadable) {
                listener.onDamage("the ring " + path + " cannot be read: " + unreadable.getMessage());
            }
        }
    }

    private void recover(JournalRing ring) {
        if (ring.size() == 0) {
            return;
        }
        begun = false;
        end = null;
        try {
            readEnd();
        } catch (IOException | RuntimeException unreadable) {
            listener.onDamage("the end of the former journal cannot be read: " + unreadable.getMessage());
        }
        while (ring.drain(this::onLeftover, BATCH) > 0) {
            // the ring gives at most a batch at a time
        }
    }

    /** Finds the last sequence on disk, and replays the newest file to know the state that the leftovers go on from. */
    private void readEnd() throws IOException {
        try (JournalReader reader = JournalReader.open(directory, damage -> listener.onDamage(damage.toString()))) {
            List<JournalFile> files = reader.files();
            if (files.isEmpty()) {
                return;
            }
            for (JournalFile file : files) {
                last = Math.max(last, file.sequence());
            }
            JournalFile newest = files.get(files.size() - 1);
            reader.seek(newest);
            while (reader.next(event)) {
                last = Math.max(last, event.sequence());
            }
            end = stateAtEndOf(newest);
        }
    }

    /** Null when it is not known: the file is damaged, or another build wrote it whose core behaves otherwise. */
    private Shadow stateAtEndOf(JournalFile file) throws IOException {
        try (JournalReader reader = JournalReader.open(file.path(), damageToldAlready -> { })) {
            Replay replay = new Replay(reader, Replay.Until.END, new Replay.Listener() {});
            return replay.run().agrees() ? replay.end() : null;
        }
    }

    private void onLeftover(ByteBuffer buffer, int offset, int length) {
        event.wrap(buffer, offset);
        EventKind kind = event.kind();
        if (event.sequence() <= last && !begun) {
            return;
        }
        if (!begun) {
            begun = true;
            beginFile(kind);
        } else if (kind != null && kind.role() == EventKind.Role.INPUT && writer.rollDue(event.coreNanos())) {
            writer.begin(FileOpening.ROLLED, end.checkpoint());
        }
        writer.append(buffer, offset, length);
        last = event.sequence();
        try {
            end.apply(event, kind);
        } catch (RuntimeException failure) {
            listener.onDamage("the core failed at record " + last + " of the former run: " + failure);
            end.lose();
        }
    }

    private void beginFile(EventKind kind) {
        if (kind == EventKind.STARTED) {
            end = new Shadow(event.sequence() - 1);
            writer.begin(FileOpening.RUN_STARTED, end.checkpoint());
        } else if (end != null && end.knows() && event.sequence() == last + 1) {
            writer.begin(FileOpening.RECOVERED, end.checkpoint());
        } else {
            listener.onDamage("records from " + event.sequence()
                    + " on were left in the ring, but the journal before them is missing: they cannot be replayed");
            writer.begin(FileOpening.RECOVERED_WITHOUT_STATE,
                    new Checkpoint(event.sequence() - 1, 0, event.digestBefore(), null));
            end = Shadow.unknown(event.sequence() - 1);
        }
    }
}
