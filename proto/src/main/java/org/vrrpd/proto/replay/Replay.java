package org.vrrpd.proto.replay;

import java.io.IOException;
import org.vrrpd.proto.core.VrrpCore;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.journal.JournalReader;

/** Runs a journal through the same code that ran live, and compares. */
public final class Replay {

    /** What replay tells, in the journal's order. Buffers and cursors are valid only during the call. */
    public interface Listener {

        /** Any record, before anything is done with it. */
        default void onRecord(Event record, String position) {}

        /** An INPUT record was applied: its effects, and the core after it. */
        default void onApplied(Event input, Effects effects, VrrpCore core) {}

        /** Numbers {@code from} to {@code to} are not in the journal; {@code why} says if it is known. */
        default void onMissing(long from, long to, String why) {}

        /** Something disagrees. True: go on, with the journal's side as the truth; false: stop. */
        default boolean onDisagreement(Disagreement disagreement) {
            return false;
        }
    }

    public enum Subject { DIGEST, SNAPSHOT, DERIVED }

    /**
     * @param sequence of the record that disagrees; what it disagrees about was caused by {@code inputSequence}
     * @param expected what this core computes (digest or payload in hex)
     * @param found what the journal says
     */
    public record Disagreement(
            Subject subject, long sequence, long inputSequence, String position, String expected, String found) {}

    /** Replays records up to and including this sequence and wall time. */
    public record Until(long sequence, long wallNanos) {
        public static final Until END = new Until(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** @param agrees no disagreement was found */
    public record Result(
            long records, long inputs, long transitions, long missing, long firstSequence, long lastSequence,
            boolean agrees, String writerBuildId) {}

    private Replay() {}

    public static Result run(JournalReader reader, Until until, Listener listener) throws IOException {
        return null;
    }
}
