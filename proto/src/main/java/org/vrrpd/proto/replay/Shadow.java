package org.vrrpd.proto.replay;

import org.vrrpd.proto.core.VrrpCore;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.Checkpoint;
import org.vrrpd.proto.journal.SnapshotAssembler;

/** The second core, which applies what the journal says and so always has the state of the journal's end. */
final class Shadow {

    private final SnapshotAssembler assembler = new SnapshotAssembler();
    private EventProcessor processor;
    private long sequence;
    private long coreNanos;
    private int derivedDue;
    private boolean knows = true;

    /** A fresh core. */
    Shadow(long lastSequence) {
        this(new EventProcessor(), lastSequence, 0);
    }

    Shadow(EventProcessor processor, long lastSequence, long coreNanos) {
        this.processor = processor;
        this.sequence = lastSequence;
        this.coreNanos = coreNanos;
    }

    /** Knows nothing until a snapshot comes by. */
    static Shadow unknown(long lastSequence) {
        Shadow shadow = new Shadow(lastSequence);
        shadow.knows = false;
        return shadow;
    }

    /** Of the last record applied. */
    long sequence() {
        return sequence;
    }

    void apply(Event event, EventKind kind) {
        sequence = event.sequence();
        coreNanos = event.coreNanos();
        if (kind == null) {
            return;
        }
        switch (kind.role()) {
            case INPUT -> derivedDue = knows ? countReports(processor.process(event)) : 0;
            case DERIVED -> derivedDue--;
            case STRUCTURE -> applyStructure(event, kind);
        }
    }

    private void applyStructure(Event event, EventKind kind) {
        derivedDue = 0;
        if (kind == EventKind.GAP) {
            knows = false;
        } else if (kind == EventKind.SNAPSHOT_PART) {
            byte[] whole = assembler.add(event);
            if (whole != null) {
                processor.restore(whole, event.digestBefore());
                knows = true;
            }
        }
    }

    static int countReports(Effects effects) {
        int reports = 0;
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            if (derivedKind(effects.kind(at)) != null) {
                reports++;
            }
        }
        return reports;
    }

    /** The kind of the record that is derived from an effect; null for most. */
    static EventKind derivedKind(EffectKind kind) {
        return switch (kind) {
            case REPORT_TRANSITION -> EventKind.TRANSITION;
            case REPORT_FAULT -> EventKind.FAULT;
            case REPORT_NOTE -> EventKind.NOTE;
            default -> null;
        };
    }

    /** False between a gap and the snapshot that follows it. */
    boolean knows() {
        return knows;
    }

    /** True when the records derived from the last input are through, so that a file may begin here. */
    boolean betweenInputs() {
        return derivedDue <= 0;
    }

    /** The state cannot be relied on until the next snapshot. */
    void lose() {
        knows = false;
        derivedDue = 0;
    }

    long digest() {
        return processor.digest();
    }

    /** Goes on with the digest of the protocol thread. */
    void adopt(long digest) {
        processor = new EventProcessor(processor.core(), digest);
    }

    VrrpCore core() {
        return processor.core();
    }

    Checkpoint checkpoint() {
        return new Checkpoint(sequence, coreNanos, processor.digest(), knows ? processor.core().snapshot() : null);
    }
}
