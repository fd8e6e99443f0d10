package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vrrpd.daemon.output.Log;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.journal.FileStart;
import org.vrrpd.proto.journal.JournalDirectory;
import org.vrrpd.proto.journal.JournalOptions;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.JournalState;
import org.vrrpd.proto.journal.RecordHandler;
import org.vrrpd.proto.journal.SequenceReservation;
import org.vrrpd.proto.replay.JournalPipeline;

/**
 * Drains the ring into the journal's files. Nothing that fails here ends the thread or reaches VRRP: a journal that
 * cannot be opened is tried again, and meanwhile the protocol thread works without one.
 */
public final class JournalThread implements AutoCloseable, JournalPipeline.Listener {

    /** After this long the ring is looked at again: the protocol thread makes no system call to tell of a record. */
    private static final long POLL_NANOS = 10_000_000L;
    /** The same while nothing comes. Whoever asks wakes the thread; only followers of events wait this long. */
    private static final long IDLE_POLL_NANOS = 40_000_000L;
    private static final long OPEN_RETRY_NANOS = 2_000_000_000L;
    private static final int WORK_BEFORE_ANSWER = 20;
    private static final long CLOSE_MILLIS = 3000;

    private final Path path;
    private final List<Path> leftovers;
    private final JournalRing ring;
    private final FileStart run;
    private final Log log;
    private final List<RecordHandler> subscribers = new CopyOnWriteArrayList<>();
    private final Queue<Consumer<JournalPipeline>> questions = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "journal");
    private JournalDirectory directory;
    private SequenceReservation sequences;
    private volatile boolean closing;
    private String lastFailure = "";

    /**
     * Where the journal lies.
     *
     * @param leftovers rings of killed runs
     * @param directory locked already, or null when that failed for a reason that can pass
     * @param sequences null with the directory
     */
    public record Files(
            Path path, List<Path> leftovers, JournalDirectory directory, SequenceReservation sequences) {}

    public JournalThread(Files files, JournalRing ring, FileStart run, Log log) {
        this.path = files.path();
        this.leftovers = files.leftovers();
        this.directory = files.directory();
        this.sequences = files.sequences();
        this.ring = ring;
        this.run = run;
        this.log = log;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Any thread: every record after this call. The handler copies and returns. */
    public void subscribe(RecordHandler subscriber) {
        subscribers.add(subscriber);
    }

    public void unsubscribe(RecordHandler subscriber) {
        subscribers.remove(subscriber);
    }

    /** Any thread: asks the pipeline when it has handled what is in the ring now. Fails while no journal is open. */
    public <T> CompletableFuture<T> ask(Function<JournalPipeline, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        questions.add(pipeline -> {
            try {
                if (pipeline == null) {
                    throw new IllegalStateException("the journal is not open: " + lastFailure);
                }
                answer.complete(question.apply(pipeline));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        LockSupport.unpark(thread);
        return answer;
    }

    private void run() {
        while (!closing) {
            try (JournalPipeline pipeline = open()) {
                pipeline.subscribe(this::dispatch);
                work(pipeline);
                // on 17 a SIGBUS of the journal's mapping arrives late, as an InternalError, anywhere in this thread
            } catch (Throwable e) {
                String failure = e.toString();
                if (!failure.equals(lastFailure)) {
                    log.warning("no journal in " + path + ": " + failure + Failures.place(e));
                }
                lastFailure = failure;
                answer(null);
                LockSupport.parkNanos(OPEN_RETRY_NANOS);
            }
        }
    }

    private JournalPipeline open() throws IOException {
        if (directory == null) {
            directory = JournalDirectory.lock(path);
        }
        if (sequences == null) {
            sequences = SequenceReservation.open(path);
        }
        return JournalPipeline.open(
                directory, ring, leftovers, sequences, run, JournalOptions.defaults(), this);
    }

    private void work(JournalPipeline pipeline) {
        long pause = POLL_NANOS;
        while (!closing) {
            int handled = pipeline.work();
            answer(pipeline);
            if (handled > 0) {
                pause = POLL_NANOS;
            } else if (questions.isEmpty()) {
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, IDLE_POLL_NANOS);
            }
        }
    }

    private void answer(JournalPipeline pipeline) {
        for (Consumer<JournalPipeline> next = questions.poll(); next != null; next = questions.poll()) {
            // so that the answer contains whatever was applied before the question
            for (int i = 0; pipeline != null && ring.size() > 0 && i < WORK_BEFORE_ANSWER; i++) {
                pipeline.work();
            }
            next.accept(pipeline);
        }
    }

    private void dispatch(ByteBuffer buffer, int offset, int length) {
        for (RecordHandler subscriber : subscribers) {
            subscriber.onRecord(buffer, offset, length);
        }
    }

    @Override
    public void onShadowDiffers(long sequence, long liveDigest, long shadowDigest) {
        log.error("BUG: before record " + sequence + " the digest was " + Long.toHexString(liveDigest)
                + ", but applying the journal again gives " + Long.toHexString(shadowDigest)
                + "; please keep the journal in " + path);
    }

    @Override
    public void onStateChanged(JournalState state) {
        String since = Instant.ofEpochMilli(state.sinceWallNanos() / 1_000_000L).toString();
        log.log(state.writing() ? LogLevel.INFO : LogLevel.WARNING, state.writing()
                ? "journaling in " + path + (state.lost() == 0 ? "" : "; " + state.lost() + " records were lost")
                : "journaling is suspended since " + since + ": " + state.reason());
    }

    @Override
    public void onDamage(String text) {
        log.warning("journal: " + text);
    }

    /** Writes what is in the ring, and ends the file; but waits no longer than some seconds for a disk. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
            if (directory != null && !thread.isAlive()) {
                directory.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warning("releasing " + path + ": " + e);
        }
    }
}
