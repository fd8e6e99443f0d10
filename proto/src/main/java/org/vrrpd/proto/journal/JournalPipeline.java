package org.vrrpd.proto.journal;

import java.io.IOException;
import org.vrrpd.proto.core.CoreView;

/** What the journal thread does, step by step and without the thread. All methods but close belong to that thread. */
public final class JournalPipeline implements AutoCloseable {

    /** Called on the journal thread. */
    public interface Listener {

        /** Once a run: the shadow and the protocol thread disagree about what the records before this one caused. */
        void onShadowDiffers(long sequence, long liveDigest, long shadowDigest);

        /** Journaling was suspended or goes on. */
        void onStateChanged(JournalState state);

        /** The end of a former run's journal is damaged; or the ring was reset. */
        void onDamage(String text);
    }

    /** Recovers what a killed daemon left in the ring, then begins a file for this run. Never fails for a full disk. */
    public static JournalPipeline open(
            JournalDirectory directory, JournalRing ring, FileStart run, JournalOptions options, Listener listener)
            throws IOException {
        return new JournalPipeline();
    }

    /** The sequence that the first record of this run must have: sequences of one directory never repeat. */
    public long firstSequence() {
        return 1;
    }

    /** Handles what waits in the ring; returns how many records it was. Also retries a suspended journal. Never throws. */
    public int work() {
        return 0;
    }

    /** Each record, after the shadow has applied it; keep the handlers fast. */
    public void subscribe(RecordHandler subscriber) {}

    public void unsubscribe(RecordHandler subscriber) {}

    public CoreView view() {
        return null;
    }

    public JournalState state() {
        return null;
    }

    /** Writes out what is left in the ring and ends the file. */
    @Override
    public void close() {}
}
