package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.vrrpd.daemon.input.EventSink;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.replay.EventProcessor;

/**
 * The one way into the core: an event is appended to the journal's ring, then applied, then its effects are executed,
 * then its reports are appended behind it.
 */
public final class Sequencer implements EventSink {

    /** Does what the core asks for. */
    @FunctionalInterface
    public interface Execution {

        /**
         * @param sequence of the event that caused the effects
         * @param coreNanos of the same
         */
        void execute(Effects effects, long sequence, long coreNanos);
    }

    private final RecordWriter writer;
    private final EventProcessor processor;
    private final Execution execution;
    private final Consumer<String> log;
    private final Event event = new Event();
    private final ByteBuffer derived = ByteBuffer.allocateDirect(Event.HEADER_BYTES + Effects.MAX_PAYLOAD_BYTES);

    public Sequencer(
            RecordWriter writer, EventProcessor processor, Execution execution, Consumer<String> log) {
        this.writer = writer;
        this.processor = processor;
        this.execution = execution;
        this.log = log;
    }

    @Override
    public void advanceTo(long coreNanos) {
        writer.advanceTo(coreNanos);
    }

    @Override
    public void accept(EventKind kind, ByteBuffer buffer, int recordOffset, int payloadLength) {
        if (writer.canResume()) {
            writer.resume(processor.core().snapshot(), processor.digest());
        }
        writer.write(kind, buffer, recordOffset, payloadLength, processor.digest());
        Effects effects = apply(event.wrap(buffer, recordOffset));
        if (effects == null || effects.isEmpty()) {
            return;
        }
        try {
            execution.execute(effects, event.sequence(), writer.coreNanos());
        } finally {
            writeReports(effects);
        }
    }

    /** Null when the core threw: a bug, which must cost one event and not the addresses. */
    private Effects apply(Event input) {
        try {
            return processor.process(input);
        } catch (RuntimeException | StackOverflowError e) {
            String text = "the core failed on record " + input.sequence() + " (" + input.kind() + "): " + e;
            log.accept(text + Failures.place(e));
            writer.suspend(text); // replay could not get past this record; a snapshot leads on
            return null;
        }
    }

    private void writeReports(Effects effects) {
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            EventKind kind = derivedKind(effects.kind(at));
            if (kind != null) {
                int length = effects.payloadLength(at);
                derived.put(Event.HEADER_BYTES, effects.buffer(), effects.payloadOffset(at), length);
                writer.write(kind, derived, 0, length, processor.digest());
            }
        }
    }

    private static EventKind derivedKind(EffectKind kind) {
        return switch (kind) {
            case REPORT_TRANSITION -> EventKind.TRANSITION;
            case REPORT_FAULT -> EventKind.FAULT;
            case REPORT_NOTE -> EventKind.NOTE;
            default -> null;
        };
    }
}
