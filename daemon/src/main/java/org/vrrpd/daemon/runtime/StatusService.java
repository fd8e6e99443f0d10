package org.vrrpd.daemon.runtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.vrrpd.daemon.control.StatusSource;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.proto.control.Status;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.journal.JournalState;
import org.vrrpd.proto.narrate.CoreClock;
import org.vrrpd.proto.replay.JournalPipeline;

/** Answers from the journal thread's copy of the core; the protocol thread is asked only while there is no journal. */
public final class StatusService implements StatusSource {

    private record Picture(CoreView view, JournalState journal) {}

    private final JournalThread journal;
    private final ViewRequests protocolThread;
    private final RecordWriter records;
    private final Path directory;
    private final String build;
    private final Executor worker;

    public StatusService(
            JournalThread journal, ViewRequests protocolThread, RecordWriter records, Path directory, String build,
            Executor worker) {
        this.journal = journal;
        this.protocolThread = protocolThread;
        this.records = records;
        this.directory = directory;
        this.build = build;
        this.worker = worker;
    }

    @Override
    public CompletableFuture<Status> status() {
        if (records.suspension() != null) {
            return fromProtocolThread();
        }
        return journal.ask(pipeline -> new Picture(pipeline.view(), pipeline.state()))
                .handleAsync((picture, failure) -> failure == null
                        ? CompletableFuture.completedFuture(status(picture))
                        : fromProtocolThread(), worker)
                .thenCompose(status -> status);
    }

    /** How things stand, without what is about the journal. */
    public CompletableFuture<CoreView> view() {
        if (records.suspension() != null) {
            return protocolThread.ask();
        }
        return journal.ask(JournalPipeline::view)
                .handleAsync((view, failure) -> failure == null
                        ? CompletableFuture.completedFuture(view)
                        : protocolThread.ask(), worker)
                .thenCompose(view -> view);
    }

    private CompletableFuture<Status> fromProtocolThread() {
        return protocolThread.ask().thenApplyAsync(view -> status(new Picture(view, null)), worker);
    }

    private Status status(Picture picture) {
        Clocks clocks = new Clocks();
        long wall = clocks.realtimeNanos();
        CoreClock clock = new CoreClock(wall - clocks.monotonicNanos());
        Instant now = CoreClock.wall(wall);
        return Status.of(picture.view(), clock, now, build, ProcessHandle.current().pid(),
                journal(picture.journal(), now));
    }

    private Status.Journal journal(JournalState state, Instant now) {
        RecordWriter.Suspension suspension = records.suspension();
        long written = state == null ? records.written() : state.records();
        long bytes = state == null ? 0 : state.bytes();
        long lost = records.lost() + (state == null ? 0 : state.lost());
        if (suspension != null) {
            return new Status.Journal(false, CoreClock.wall(suspension.sinceWallNanos()), written, bytes, lost,
                    directory.toString(), suspension.reason());
        }
        if (state == null) { // it was opened, or failed, while we asked
            return new Status.Journal(
                    false, now, written, bytes, lost, directory.toString(), "the journal is not open");
        }
        return new Status.Journal(state.writing(), CoreClock.wall(state.sinceWallNanos()), written, bytes, lost,
                directory.toString(), state.reason());
    }
}
