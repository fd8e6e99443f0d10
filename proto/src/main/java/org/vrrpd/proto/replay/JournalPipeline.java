package org.vrrpd.proto.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.FileOpening;
import org.vrrpd.proto.journal.FileStart;
import org.vrrpd.proto.journal.JournalDirectory;
import org.vrrpd.proto.journal.JournalOptions;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.JournalState;
import org.vrrpd.proto.journal.JournalWriter;
import org.vrrpd.proto.journal.RecordHandler;
import org.vrrpd.proto.journal.SequenceReservation;

/**
 * What the journal thread does, step by step and without the thread: ring, then file, then shadow, then subscribers.
 * All methods belong to that thread.
 *
 * <p>A file is begun only before an INPUT record, so that what an input caused stays in the file with it.
 */
public final class JournalPipeline implements AutoCloseable {

    /** Called on the journal thread. */
    public interface Listener {

        /** Once a run: the shadow and the protocol thread disagree about what the records before this one caused. */
        void onShadowDiffers(long sequence, long liveDigest, long shadowDigest);

        /** Journaling was suspended or goes on. */
        void onStateChanged(JournalState state);

        /** Something of a former run is damaged or lost: the end of its journal, or its ring. */
        void onDamage(String text);
    }

    private static final int BATCH = 512;

    private final JournalRing ring;
    private final JournalWriter writer;
    private final Listener listener;
    private final Shadow shadow;
    private final Event event = new Event();
    private final RecordHandler handler = this::onRecord;
    private final List<RecordHandler> subscribers = new ArrayList<>();
    private final SequenceReservation sequences;
    private boolean differenceReported;
    private boolean reportedWriting = true;

    private JournalPipeline(
            JournalRing ring, JournalWriter writer, Shadow shadow, Listener listener, SequenceReservation sequences) {
        this.ring = ring;
        this.writer = writer;
        this.shadow = shadow;
        this.listener = listener;
        this.sequences = sequences;
    }

    /**
     * Recovers what killed daemons left in their rings, then begins a file for this run. A full disk does not keep it
     * from opening; journaling is then suspended from the start.
     *
     * @param leftovers rings set aside ({@link org.vrrpd.proto.journal.RingLeftovers}); they are emptied and deleted
     * @param sequences says which sequence this run's first record has
     * @param run who writes; its opening is ignored
     */
    public static JournalPipeline open(
            JournalDirectory directory, JournalRing ring, List<Path> leftovers, SequenceReservation sequences,
            FileStart run, JournalOptions options, Listener listener) {
        JournalWriter writer = new JournalWriter(directory, run, options);
        new LeftoverRecovery(directory.path(), leftovers, writer, listener).recover();
        Shadow shadow = new Shadow(sequences.first() - 1);
        writer.begin(FileOpening.RUN_STARTED, shadow.checkpoint());
        JournalPipeline pipeline = new JournalPipeline(ring, writer, shadow, listener, sequences);
        pipeline.reportState();
        return pipeline;
    }

    /**
     * Handles some of what waits in the ring, and retries a suspended journal. Returns how many records it was: 0 only
     * when none is left. Never throws.
     */
    public int work() {
        int handled = 0;
        try {
            writer.checkFile();
            reportState();
            if (writer.retryDue() && shadow.betweenInputs()) {
                writer.begin(FileOpening.RESUMED, shadow.checkpoint());
            }
            handled = ring.drain(handler, BATCH);
            sequences.reached(shadow.sequence());
        } catch (RuntimeException | InternalError failure) {
            writer.suspend(failure);
        }
        reportState();
        return handled;
    }

    private void onRecord(ByteBuffer buffer, int offset, int length) {
        event.wrap(buffer, offset);
        EventKind kind = event.kind();
        boolean input = kind != null && kind.role() == EventKind.Role.INPUT;
        if (input) {
            if (writer.rollDue(event.coreNanos())) {
                writer.begin(FileOpening.ROLLED, shadow.checkpoint());
            }
            compare();
        }
        writer.append(buffer, offset, length);
        applyToShadow(kind);
        for (int i = 0; i < subscribers.size(); i++) {
            subscribers.get(i).onRecord(buffer, offset, length);
        }
    }

    /** What breaks the core breaks it in the protocol thread too; the record is on disk, and writing goes on. */
    private void applyToShadow(EventKind kind) {
        try {
            shadow.apply(event, kind);
        } catch (RuntimeException failure) {
            shadow.lose();
            if (!differenceReported) {
                differenceReported = true;
                listener.onDamage("the shadow failed at record " + event.sequence() + ": " + failure);
            }
        }
    }

    private void compare() {
        long live = event.digestBefore();
        if (shadow.knows() && shadow.digest() != live) {
            if (!differenceReported) {
                differenceReported = true;
                listener.onShadowDiffers(event.sequence(), live, shadow.digest());
            }
            shadow.adopt(live);
        }
    }

    private void reportState() {
        JournalState state = writer.state();
        if (state.writing() != reportedWriting) {
            reportedWriting = state.writing();
            listener.onStateChanged(state);
        }
    }

    /** Each record, after the shadow has applied it; keep the handlers fast. */
    public void subscribe(RecordHandler subscriber) {
        subscribers.add(subscriber);
    }

    public void unsubscribe(RecordHandler subscriber) {
        subscribers.remove(subscriber);
    }

    public CoreView view() {
        return shadow.core().view();
    }

    public JournalState state() {
        return writer.state();
    }

    /** Writes out what is left in the ring and ends the file. The ring must not be offered to any more. */
    @Override
    public void close() {
        while (work() > 0) {
            // the ring gives at most a batch at a time
        }
        writer.close();
        try {
            sequences.end(shadow.sequence());
        } catch (IOException e) {
            // the next run then begins at the end of the reserved block
        }
    }
}
