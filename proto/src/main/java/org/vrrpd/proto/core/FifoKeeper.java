package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.FifoConfiguration;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.NoteKind;

/**
 * Has the named pipes of the configuration opened and writes each line to all of them. One that cannot be opened is
 * tried again by whoever opens it, and answers again then. A line that a pipe loses is told.
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
            if (!isWanted(pipe.wish.path())) {
                outbox.closeFifo(pipe.wish.path());
            }
        }
        for (NotifyPipe pipe : pipes) {
            if (pipe.openEffect == 0) {
                pipe.openEffect = outbox.openFifo(pipe.opening());
            }
        }
    }

    /** A pipe with another owner or reader is the same pipe: opening it again is enough. */
    private boolean isWanted(String path) {
        for (NotifyPipe pipe : pipes) {
            if (pipe.wish.path().equals(path)) {
                return true;
            }
        }
        return false;
    }

    private static NotifyPipe find(List<NotifyPipe> pipes, FifoConfiguration wish, boolean secure) {
        for (NotifyPipe pipe : pipes) {
            if (pipe.isAs(wish, secure)) {
                return pipe;
            }
        }
        return null;
    }

    /** Also to one that is not open yet: opening was asked for before, and is done before. */
    void write(String line) {
        for (NotifyPipe pipe : pipes) {
            pipe.wrote(outbox.writeFifo(pipe.wish.path(), line));
        }
    }

    void onSucceeded(long effectId) {
        NotifyPipe pipe = opened(effectId);
        if (pipe != null && pipe.failing) {
            pipe.failing = false;
            outbox.note(NoteKind.FIFO_OPEN, pipe.wish.path(), "");
        }
    }

    /** True when it was an opening, or a line, of these. */
    boolean onFailed(long effectId, int errno, String call) {
        NotifyPipe pipe = opened(effectId);
        if (pipe != null) {
            pipe.failing = true;
            outbox.note(NoteKind.FIFO_FAILED, pipe.wish.path(), call + ": " + Errno.text(errno));
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
    private NotifyPipe opened(long effectId) {
        for (NotifyPipe pipe : pipes) {
            if (pipe.openEffect == effectId) {
                return pipe;
            }
        }
        return null;
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
