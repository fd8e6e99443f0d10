package org.vrrpd.proto.effect;

import java.nio.ByteBuffer;
import org.vrrpd.proto.event.Payloads;

/** The payloads of the three reports. They carry names, not indexes, so that a list of them needs nothing else. */
public final class Reports {

    private Reports() {}

    /**
     * An instance or group changed its state.
     *
     * @param instance its name
     * @param causeSequence the journal sequence of the event that caused it
     */
    public record Transition(
            String instance, RouterState from, RouterState to,
            long causeSequence, Cause cause, String causeSubject, String causeDetail) {

        public String causeText() {
            return cause.text(causeSubject, causeDetail);
        }

        public int write(ByteBuffer out, int offset) {
            out.put(offset, (byte) from.ordinal());
            out.put(offset + 1, (byte) to.ordinal());
            int at = writeCause(out, offset + 2, causeSequence, cause, causeSubject, causeDetail);
            return Payloads.writeText(out, at, instance) - offset;
        }

        public static Transition read(ByteBuffer in, int offset) {
            int subject = offset + 12;
            int detail = Payloads.skipText(in, subject);
            return new Transition(
                    Payloads.readText(in, Payloads.skipText(in, detail)),
                    RouterState.ofNumber(in.get(offset)), RouterState.ofNumber(in.get(offset + 1)),
                    in.getLong(offset + 2), Cause.ofNumber(in.getShort(offset + 10)),
                    Payloads.readText(in, subject), Payloads.readText(in, detail));
        }
    }

    /**
     * A fault of an instance began or was cleared.
     *
     * @param began false: it was cleared
     * @param beganSequence the sequence of the event it began with
     * @param beganCoreNanos the core time of that event
     * @param causeSequence the sequence of the event that began or cleared it
     */
    public record Fault(
            String instance, boolean began, FaultReason reason, String subject, String detail,
            long beganSequence, long beganCoreNanos,
            long causeSequence, Cause cause, String causeSubject, String causeDetail) {

        public String reasonText() {
            return reason.reason(subject, detail);
        }

        public String clearsWhen() {
            return reason.clearsWhen(subject, detail);
        }

        public String causeText() {
            return cause.text(causeSubject, causeDetail);
        }

        public int write(ByteBuffer out, int offset) {
            out.put(offset, (byte) (began ? 1 : 0));
            out.putShort(offset + 1, (short) reason.number());
            out.putLong(offset + 3, beganSequence);
            out.putLong(offset + 11, beganCoreNanos);
            int at = writeCause(out, offset + 19, causeSequence, cause, causeSubject, causeDetail);
            at = Payloads.writeText(out, at, instance);
            at = Payloads.writeText(out, at, subject);
            return Payloads.writeText(out, at, detail) - offset;
        }

        public static Fault read(ByteBuffer in, int offset) {
            int causeSubject = offset + 29;
            int causeDetail = Payloads.skipText(in, causeSubject);
            int instance = Payloads.skipText(in, causeDetail);
            int subject = Payloads.skipText(in, instance);
            return new Fault(
                    Payloads.readText(in, instance), in.get(offset) == 1,
                    FaultReason.ofNumber(in.getShort(offset + 1)),
                    Payloads.readText(in, subject), Payloads.readText(in, Payloads.skipText(in, subject)),
                    in.getLong(offset + 3), in.getLong(offset + 11),
                    in.getLong(offset + 19), Cause.ofNumber(in.getShort(offset + 27)),
                    Payloads.readText(in, causeSubject), Payloads.readText(in, causeDetail));
        }
    }

    /**
     * Something worth telling.
     *
     * @param instance empty when it concerns the daemon
     */
    public record Note(NoteKind kind, String instance, String subject, String detail, long count) {

        public String text() {
            return kind.text(subject, detail, count);
        }

        public int write(ByteBuffer out, int offset) {
            out.putShort(offset, (short) kind.number());
            out.putLong(offset + 2, count);
            int at = Payloads.writeText(out, offset + 10, instance);
            at = Payloads.writeText(out, at, subject);
            return Payloads.writeText(out, at, detail) - offset;
        }

        public static Note read(ByteBuffer in, int offset) {
            int instance = offset + 10;
            int subject = Payloads.skipText(in, instance);
            return new Note(
                    NoteKind.ofNumber(in.getShort(offset)),
                    Payloads.readText(in, instance), Payloads.readText(in, subject),
                    Payloads.readText(in, Payloads.skipText(in, subject)), in.getLong(offset + 2));
        }
    }

    private static int writeCause(
            ByteBuffer out, int offset, long sequence, Cause cause, String subject, String detail) {
        out.putLong(offset, sequence);
        out.putShort(offset + 8, (short) cause.number());
        int at = Payloads.writeText(out, offset + 10, subject);
        return Payloads.writeText(out, at, detail);
    }
}
