package org.vrrpd.proto.control;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.effect.Reports.Note;
import org.vrrpd.proto.effect.Reports.Transition;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.EventKind.Role;
import org.vrrpd.proto.narrate.CoreClock;
import org.vrrpd.proto.narrate.Narrator;
import org.vrrpd.proto.narrate.Narrator.Narration;

/**
 * Turns records, given in order, into lines. A record that looks routine is held until the next one tells whether
 * something followed from it: the deadline that made a MASTER is no noise. Held bytes become text only when somebody
 * wants them, since of a million records nearly all are routine.
 */
public final class EventTeller {

    private final Narrator narrator;
    private final boolean withRoutine;
    private final Consumer<EventLine> out;
    private final Event held = new Event();
    private ByteBuffer heldBytes = ByteBuffer.allocate(2048);
    private boolean holding;
    private long lastInput;
    private long leftOut;

    /** @param withRoutine false: what changed nothing is counted and not told */
    public EventTeller(Narrator narrator, boolean withRoutine, Consumer<EventLine> out) {
        this.narrator = narrator;
        this.withRoutine = withRoutine;
        this.out = out;
    }

    public void accept(Event record) {
        EventKind kind = record.kind();
        boolean derived = kind != null && kind.role() == Role.DERIVED;
        if (holding) {
            releaseHeld(!derived);
        }
        if (derived) {
            tellDerived(record);
            return;
        }
        lastInput = record.sequence();
        if (kind == EventKind.DEADLINE_REACHED || kind == EventKind.ADVERTISEMENT_RECEIVED) {
            hold(record);
            return;
        }
        Narration narration = narrator.narrate(record);
        if (narration.routine() && kind.role() == Role.INPUT) {
            hold(record);
        } else {
            tell(record, narration.text(), "", 0, narration.routine());
        }
    }

    /** Tells what is still held; call it when no record follows for now. */
    public void flush() {
        if (holding) {
            releaseHeld(true);
        }
    }

    /** Routine records that were not told. */
    public long leftOut() {
        return leftOut;
    }

    private void tellDerived(Event record) {
        ByteBuffer in = record.buffer();
        int at = record.payloadOffset();
        String instance = "";
        long cause = lastInput;
        try {
            switch (record.kind()) {
                case TRANSITION -> {
                    Transition transition = Transition.read(in, at);
                    instance = transition.instance();
                    cause = transition.causeSequence();
                }
                case FAULT -> {
                    Fault fault = Fault.read(in, at);
                    instance = fault.instance();
                    cause = fault.causeSequence();
                }
                default -> instance = Note.read(in, at).instance();
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            instance = ""; // the narrator says that it cannot be read
        }
        tell(record, narrator.event(record), instance, cause, false);
    }

    private void hold(Event record) {
        int length = record.recordLength();
        if (heldBytes.capacity() < length) {
            heldBytes = ByteBuffer.allocate(length);
        }
        heldBytes.put(0, record.buffer(), record.recordOffset(), length);
        held.wrap(heldBytes, 0);
        holding = true;
    }

    private void releaseHeld(boolean routine) {
        holding = false;
        if (routine && !withRoutine) {
            leftOut++;
        } else {
            tell(held, narrator.event(held), "", 0, routine);
        }
    }

    private void tell(Event record, String text, String instance, long cause, boolean routine) {
        if (routine && !withRoutine) {
            leftOut++;
            return;
        }
        Instant time = CoreClock.wall(record.wallNanos());
        String kind = record.kind() == null ? "unknown" : Narrator.kindName(record.kind());
        out.accept(new EventLine(record.sequence(), time, kind, instance, text, cause, routine));
    }
}
