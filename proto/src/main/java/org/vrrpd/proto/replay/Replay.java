package org.vrrpd.proto.replay;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.vrrpd.proto.core.VrrpCore;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.FileOpening;
import org.vrrpd.proto.journal.FileStart;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.journal.SnapshotAssembler;

/**
 * Runs a journal through the code that ran live, and compares: the digest of every record, each derived record with the
 * effect it stands for, and at each file's start inside a run the snapshot with the state arrived at.
 *
 * <p>Until a snapshot has been read (a damaged or missing part lies behind us), inputs are not applied.
 */
public final class Replay {

    /** What replay tells, in the journal's order. Buffers and cursors are valid only during the call. */
    public interface Listener {

        /** Any record, before anything is done with it. */
        default void onRecord(Event record, String position) {}

        /** A file began; {@link #onRecord} had its record. */
        default void onFileStarted(FileStart start, String position) {}

        /** An INPUT record was applied: its effects, and the core after it. */
        default void onApplied(Event input, Effects effects, VrrpCore core) {}

        /**
         * The records {@code from} to {@code to} are not in the journal.
         *
         * @param declared the journal itself says so (journaling was suspended), and goes on from a snapshot
         */
        default void onMissing(long from, long to, boolean declared, String why) {}

        /** Something disagrees. True: go on, with the journal's side as the truth; false: stop. */
        default boolean onDisagreement(Disagreement disagreement) {
            return false;
        }
    }

    public enum Subject { SEQUENCE, DIGEST, SNAPSHOT, DERIVED, KIND, CORE }

    /**
     * @param sequence of the record that disagrees
     * @param inputSequence of the last record applied before it, which caused what the two disagree about
     * @param expected what this core arrives at
     * @param found what the journal says
     */
    public record Disagreement(
            Subject subject, long sequence, long inputSequence, String position, String expected, String found) {}

    /** The last record to replay, by sequence and by wall time. */
    public record Until(long sequence, long wallNanos) {
        public static final Until END = new Until(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * @param missing records that are not in the journal though it says that they were
     * @param unverified inputs that were not applied since the state before them is not known
     * @param agrees no disagreement was found
     * @param writerBuildId of the last file read; empty when none
     */
    public record Result(
            long records, long inputs, long transitions, long missing, long unverified,
            long firstSequence, long lastSequence, boolean agrees, String writerBuildId) {}

    private final JournalReader reader;
    private final Until until;
    private final Listener listener;
    private final Event event = new Event();
    private final DerivedCheck derived = new DerivedCheck();
    private final SnapshotAssembler assembler = new SnapshotAssembler();
    private EventProcessor processor = new EventProcessor();
    private FileOpening opening;
    private String writerBuildId = "";
    private boolean known;
    private boolean agrees = true;
    private boolean stopped;
    private long records;
    private long inputs;
    private long transitions;
    private long missing;
    private long unverified;
    private long firstSequence = -1;
    private long lastSequence = -1;
    private long inputSequence = -1;
    private long lastCoreNanos;

    public Replay(JournalReader reader, Until until, Listener listener) {
        this.reader = reader;
        this.until = until;
        this.listener = listener;
    }

    public static Result run(JournalReader reader, Until until, Listener listener) throws IOException {
        return new Replay(reader, until, listener).run();
    }

    public Result run() throws IOException {
        while (!stopped && reader.next(event)) {
            if (event.sequence() > until.sequence() || isEvent() && event.wallNanos() > until.wallNanos()) {
                break;
            }
            step();
        }
        return new Result(records, inputs, transitions, missing, unverified,
                firstSequence, lastSequence, agrees, writerBuildId);
    }

    /** What the journal thread adds bears the time of writing, which can be later than the records' behind it. */
    private boolean isEvent() {
        EventKind kind = event.kind();
        return kind != null && kind.role() != EventKind.Role.STRUCTURE;
    }

    /** The state arrived at, as a shadow that can go on from it; null when it is not known. */
    Shadow end() {
        return known ? new Shadow(processor, lastSequence, lastCoreNanos) : null;
    }

    private void step() {
        records++;
        listener.onRecord(event, reader.position());
        EventKind kind = event.kind();
        if (kind == null || event.version() != Event.FORMAT_VERSION) {
            disagree(Subject.KIND, "a record of a known kind in format " + Event.FORMAT_VERSION,
                    "kind " + (event.buffer().getShort(event.recordOffset()) & 0xFFFF) + ", format " + event.version());
            known = false;
            return;
        }
        if (kind == EventKind.FILE_STARTED) {
            startFile(FileStart.read(event));
        }
        checkSequence(kind);
        if (firstSequence < 0 && kind.role() != EventKind.Role.STRUCTURE) {
            firstSequence = event.sequence();
        }
        lastCoreNanos = event.coreNanos();
        if (kind.role() != EventKind.Role.STRUCTURE) {
            checkDigest();
        }
        if (!stopped) {
            follow(kind);
        }
    }

    private void follow(EventKind kind) {
        switch (kind) {
            case FILE_STARTED -> { }
            case GAP -> {
                known = false;
                derived.clear();
            }
            case SNAPSHOT_PART -> {
                byte[] whole = assembler.add(event);
                if (whole != null) {
                    takeSnapshot(whole);
                }
            }
            case TRANSITION, FAULT, NOTE -> {
                transitions += kind == EventKind.TRANSITION ? 1 : 0;
                report(known ? derived.onDerived(event, kind) : null);
            }
            default -> apply();
        }
    }

    private void startFile(FileStart start) {
        opening = start.opening();
        writerBuildId = start.buildId();
        listener.onFileStarted(start, reader.position());
        if (!opening.continues()) {
            known = false;
            derived.clear();
        }
    }

    /** Records that the writer of files adds bear the sequence of the record before them; all others count on. */
    private void checkSequence(EventKind kind) {
        long sequence = event.sequence();
        boolean structure = kind.role() == EventKind.Role.STRUCTURE;
        if (kind == EventKind.FILE_STARTED && opening == FileOpening.RUN_STARTED) {
            lastSequence = -1; // a run begins where SequenceReservation says: after a kill nothing is missing
        }
        if (lastSequence >= 0 && (sequence < lastSequence || sequence == lastSequence && !structure)) {
            disagree(Subject.SEQUENCE, "a sequence after " + lastSequence, Long.toString(sequence));
        }
        // a GAP of the ring has a number of its own, a file's start has the one of the last record before it
        long firstPresent = structure && kind == EventKind.FILE_STARTED ? sequence + 1 : sequence;
        if (lastSequence >= 0 && firstPresent > lastSequence + 1) {
            missing += firstPresent - 1 - lastSequence;
            Object marker = kind == EventKind.FILE_STARTED ? opening : kind;
            String why = structure ? "lost before " + marker : "lost or damaged";
            listener.onMissing(lastSequence + 1, firstPresent - 1, structure, why);
            known = false;
            derived.clear();
        }
        lastSequence = sequence;
    }

    private void checkDigest() {
        if (known && event.digestBefore() != processor.digest()) {
            disagree(Subject.DIGEST,
                    HexFormat.of().toHexDigits(processor.digest()), HexFormat.of().toHexDigits(event.digestBefore()));
            processor = new EventProcessor(processor.core(), event.digestBefore());
        }
    }

    private void takeSnapshot(byte[] whole) {
        if (known && opening != null && opening.continues()) {
            byte[] own = processor.core().snapshot();
            if (!Arrays.equals(own, whole)) {
                String other = "other from byte " + Arrays.mismatch(own, whole) + " on";
                disagree(Subject.SNAPSHOT, own.length + " bytes", whole.length + " bytes, " + other);
            } else if (event.digestBefore() == processor.digest()) {
                return;
            } else {
                checkDigest();
            }
        }
        restore(whole);
    }

    /** Snapshots belong to the build that wrote them. A run begins from a fresh core in any case. */
    private void restore(byte[] whole) {
        known = true;
        try {
            processor.restore(whole, event.digestBefore());
        } catch (RuntimeException ofAnotherBuild) {
            if (opening == FileOpening.RUN_STARTED) {
                processor = new EventProcessor(new VrrpCore(), event.digestBefore());
            } else {
                known = false;
                disagree(Subject.SNAPSHOT, "a snapshot of this build", "one it cannot read: " + ofAnotherBuild);
            }
        }
    }

    private void apply() {
        inputs++;
        if (!known) {
            unverified++;
            return;
        }
        report(derived.onInput());
        if (stopped) {
            return;
        }
        inputSequence = event.sequence();
        Effects effects = process();
        if (effects != null) {
            derived.expect(effects);
            listener.onApplied(event, effects, processor.core());
        }
    }

    private Effects process() {
        try {
            return processor.process(event);
        } catch (RuntimeException failure) {
            known = false;
            derived.clear();
            disagree(Subject.CORE, "the core to take any input", failure.toString());
            return null;
        }
    }

    private void report(DerivedCheck.Difference difference) {
        if (difference != null) {
            disagree(Subject.DERIVED, difference.expected(), difference.found());
        }
    }

    private void disagree(Subject subject, String expected, String found) {
        agrees = false;
        stopped = !listener.onDisagreement(new Disagreement(
                subject, event.sequence(), inputSequence, reader.position(), expected, found)) || stopped;
    }
}
