package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.FifoConfiguration;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.NoteKind;

/**
 * Keeps the named pipes of the configuration open and writes each line to all of them. What cannot be opened is tried
 * again for ever. A line is written once: a pipe that is full or closed loses it, and that is told.
 */
final class FifoKeeper {

    private final Outbox outbox;
    private final Moment moment;
    private List<NotifyPipe> pipes = new ArrayList<>();

    FifoKeeper(Outbox outbox, Moment moment) {
        this.outbox = outbox;
        this.moment = moment;
    }

    boolean areNone() {
        return pipes.isEmpty();
    }

    /** A pipe whose configuration did not change stays open: its reader misses nothing. */
    void reconcile(List<FifoConfiguration> wishes, boolean secure) {
        List<NotifyPipe> former = pipes;
        pipes = new ArrayList<>();
        for (FifoConfiguration wish : wishes) {
            NotifyPipe kept = find(former, wish, secure);
            pipes.add(kept == null ? new NotifyPipe(wish, secure) : kept);
        }
        for (NotifyPipe pipe : former) {
            if (!pipes.contains(pipe)) {
                outbox.closeFifo(pipe.wish.path());
            }
        }
        retry();
    }

    private static NotifyPipe find(List<NotifyPipe> pipes, FifoConfiguration wish, boolean secure) {
        for (NotifyPipe pipe : pipes) {
            if (pipe.isAs(wish, secure)) {
                return pipe;
            }
        }
        return null;
    }

    private void retry() {
        for (NotifyPipe pipe : pipes) {
            if (!pipe.open && pipe.pendingEffect == 0 && pipe.backoff.isDue(moment.nowNanos())) {
                pipe.pendingEffect = outbox.openFifo(pipe.opening());
            }
        }
    }

    /** Also to one that is not open yet: opening was asked for before, and is done before. */
    void write(String line) {
        for (NotifyPipe pipe : pipes) {
            pipe.wrote(outbox.writeFifo(pipe.wish.path(), line));
        }
    }

    /** True when it was an opening of these. */
    boolean onSucceeded(long effectId) {
        NotifyPipe pipe = opening(effectId);
        if (pipe == null) {
            return false;
        }
        pipe.open = true;
        if (pipe.backoff.isFailing()) {
            outbox.note(NoteKind.FIFO_OPEN, pipe.wish.path(), "");
        }
        pipe.backoff.succeeded();
        return true;
    }

    /** True when it was an opening, or a line, of these. */
    boolean onFailed(long effectId, int errno, String call) {
        NotifyPipe pipe = opening(effectId);
        if (pipe != null) {
            if (!pipe.backoff.isFailing()) {
                outbox.note(NoteKind.FIFO_FAILED, pipe.wish.path(), call + ": " + Errno.text(errno));
            }
            pipe.backoff.failed(moment.nowNanos());
            return true;
        }
        for (NotifyPipe each : pipes) {
            if (each.hasWritten(effectId)) {
                lineLost(each, errno);
                return true;
            }
        }
        return false;
    }

    private void lineLost(NotifyPipe pipe, int errno) {
        long count = pipe.lineLost(moment.nowNanos());
        if (count > 0) {
            outbox.note(NoteKind.FIFO_LINES_LOST, pipe.wish.path(), Errno.text(errno), count);
        }
    }

    /** The pipe whose opening this was; null: none. */
    private NotifyPipe opening(long effectId) {
        for (NotifyPipe pipe : pipes) {
            if (pipe.pendingEffect == effectId && effectId != 0) {
                pipe.pendingEffect = 0;
                return pipe;
            }
        }
        return null;
    }

    void onDeadline() {
        if (deadline() <= moment.nowNanos()) {
            retry();
        }
    }

    /** NEVER while none waits to be tried again. Allocates nothing. */
    long deadline() {
        long deadline = Moment.NEVER;
        for (int i = 0; i < pipes.size(); i++) {
            NotifyPipe pipe = pipes.get(i);
            if (!pipe.open && pipe.pendingEffect == 0) {
                deadline = Math.min(deadline, pipe.backoff.deadline());
            }
        }
        return deadline;
    }

    void closeAll() {
        pipes.forEach(pipe -> outbox.closeFifo(pipe.wish.path()));
        pipes.clear();
    }

    void save(SnapshotWriter out) {
        out.putInt(pipes.size());
        pipes.forEach(pipe -> pipe.save(out));
    }

    /** The pipes are those of the configuration, but for a core that has closed them all. */
    void load(SnapshotReader in, List<FifoConfiguration> wishes, boolean secure) {
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            NotifyPipe pipe = new NotifyPipe(wishes.get(i), secure);
            pipe.load(in);
            pipes.add(pipe);
        }
    }
}
