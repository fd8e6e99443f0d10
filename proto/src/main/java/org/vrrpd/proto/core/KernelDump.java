package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.NoteKind;

/**
 * Reads links, then addresses, whole: at the start, after an overrun, and now and then in case a message was lost
 * unnoticed. Everything seen is marked with the dump's generation; what is unmarked at the end has gone.
 *
 * <p>Idle -> Links (request) -> Addresses (links done) -> Idle (addresses done). An interrupted dump, an error or
 * silence begins it again.
 */
final class KernelDump {

    private static final long PERIOD_NANOS = 60_000_000_000L;
    private static final long SILENCE_NANOS = 2_000_000_000L;
    private static final long RETRY_NANOS = 100_000_000L;
    private static final long LOOK_NANOS = 100_000_000L;
    /** An overrun that follows another soon waits: reading whole while links flap would bring on the next. */
    private static final long OVERRUN_SPACING_NANOS = 250_000_000L;
    private static final long NOTE_SPACING_NANOS = 10_000_000_000L;
    private static final int MOST_INTERRUPTIONS = 10;

    private enum Phase { IDLE, LINKS, ADDRESSES }

    private final Outbox outbox;
    private final Moment moment;
    private Phase phase = Phase.IDLE;
    private int generation;
    private int sequence;
    private boolean again;
    private boolean interrupted;
    /** How many dumps in a row were interrupted. */
    private int interruptions;
    /** The request with which the reading began: whatever was asked before it is answered before its end, or never. */
    private long firstRequest;
    private long deadline = Moment.NEVER;
    /** When the reading after the last overrun began, or is to begin. */
    private long overrunReadAt = -OVERRUN_SPACING_NANOS;
    private long overruns;
    private long quietUntil;

    KernelDump(Outbox outbox, Moment moment) {
        this.outbox = outbox;
        this.moment = moment;
    }

    /** Begins a dump, or lets the one under way be followed by another. */
    void request() {
        if (phase != Phase.IDLE) {
            again = true;
            return;
        }
        begin();
    }

    private void begin() {
        again = false;
        interrupted = false;
        generation++;
        phase = Phase.LINKS;
        firstRequest = outbox.dumpLinks();
        sequence = (int) firstRequest;
        deadline = moment.nowNanos() + SILENCE_NANOS;
    }

    /** The answers to a dump under way may be lost: it is given up, and another begins now or soon. */
    void overrun() {
        overruns++;
        if (moment.nowNanos() >= quietUntil) {
            outbox.note(NoteKind.KERNEL_OVERRUN, Effects.NO_INSTANCE, "", "", "", overruns);
            overruns = 0;
            quietUntil = moment.nowNanos() + NOTE_SPACING_NANOS;
        }
        phase = Phase.IDLE;
        if (overrunReadAt <= moment.nowNanos()) { // else one is awaited already
            overrunReadAt = Math.max(moment.nowNanos(), overrunReadAt + OVERRUN_SPACING_NANOS);
        }
        deadline = overrunReadAt;
        onDeadline();
    }

    /**
     * Looks again in a moment: the kernel tells about a link-local address of its own making only when detection of
     * duplicates is over, and until then an operator wants to know what is being waited for.
     */
    void lookSoon() {
        deadline = Math.min(deadline, moment.nowNanos() + LOOK_NANOS);
    }

    int generation() {
        return generation;
    }

    boolean isReply(int messageSequence) {
        return phase != Phase.IDLE && messageSequence == sequence;
    }

    long firstRequest() {
        return firstRequest;
    }

    /** NLM_F_DUMP_INTR: something changed while the kernel wrote; what was read may lack what has been there always. */
    void interrupted() {
        interrupted = true;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /**
     * True when the reading is to begin again, which it will. Where interfaces never come to rest it is taken as it is
     * in the end: what changed meanwhile has been told besides.
     */
    boolean isWorthless() {
        if (!interrupted || interruptions >= MOST_INTERRUPTIONS) {
            return false;
        }
        interruptions++;
        failed();
        return true;
    }

    boolean isReadingLinks() {
        return phase == Phase.LINKS;
    }

    /** All links have been told: the addresses come next. */
    void linksDone() {
        phase = Phase.ADDRESSES;
        sequence = (int) outbox.dumpAddresses();
        deadline = moment.nowNanos() + SILENCE_NANOS;
    }

    void addressesDone() {
        phase = Phase.IDLE;
        interruptions = 0;
        deadline = moment.nowNanos() + (interrupted ? RETRY_NANOS : PERIOD_NANOS);
        if (again) {
            begin();
        }
    }

    /** The kernel refused to dump. */
    void failed() {
        phase = Phase.IDLE;
        deadline = moment.nowNanos() + RETRY_NANOS;
    }

    void onDeadline() {
        if (moment.nowNanos() >= deadline) {
            begin();
        }
    }

    long deadline() {
        return deadline;
    }

    void save(SnapshotWriter out) {
        out.putInt(phase.ordinal()).putInt(generation).putInt(sequence).putBoolean(again).putBoolean(interrupted)
                .putInt(interruptions).putLong(firstRequest).putLong(deadline)
                .putLong(overrunReadAt).putLong(overruns).putLong(quietUntil);
    }

    void load(SnapshotReader in) {
        phase = Phase.values()[in.getInt()];
        generation = in.getInt();
        sequence = in.getInt();
        again = in.getBoolean();
        interrupted = in.getBoolean();
        interruptions = in.getInt();
        firstRequest = in.getLong();
        deadline = in.getLong();
        overrunReadAt = in.getLong();
        overruns = in.getLong();
        quietUntil = in.getLong();
    }
}
