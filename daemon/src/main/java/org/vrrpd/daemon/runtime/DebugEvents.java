package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.vrrpd.daemon.output.LogWriter;
import org.vrrpd.proto.control.EventTeller;
import org.vrrpd.proto.control.History;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.RecordHandler;
import org.vrrpd.proto.narrate.LogEntry;
import org.vrrpd.proto.narrate.LogLines;
import org.vrrpd.proto.narrate.Narrator;

/**
 * While the log shows what helps to debug: every event that reached the core, as {@code vrrpctl events --all} tells it.
 * They come from the journal's thread and become text on the log's; the protocol thread knows nothing of it.
 */
public final class DebugEvents {

    private final Path directory;
    private final JournalThread journal;
    private final LogWriter log;
    private final Executor worker;
    private RecordHandler subscribed;

    public DebugEvents(Path directory, JournalThread journal, LogWriter log, Executor worker) {
        this.directory = directory;
        this.journal = journal;
        this.log = log;
        this.worker = worker;
    }

    /** Before the journal's thread starts: the narrator hears of every link and needs no history. */
    public synchronized void begin(LogLevel level) {
        if (level == LogLevel.DEBUG) {
            subscribe(new Narrator());
        }
    }

    /** Returns at once. */
    public void set(LogLevel level) {
        worker.execute(() -> change(level));
    }

    private synchronized void change(LogLevel level) {
        if (level == LogLevel.DEBUG && subscribed == null) {
            subscribe(informedNarrator());
        } else if (level != LogLevel.DEBUG && subscribed != null) {
            journal.unsubscribe(subscribed);
            subscribed = null;
        }
    }

    /** One that knows the names of links and instances, as far as the journal does. */
    private Narrator informedNarrator() {
        try {
            return History.lastEvents(directory, 1, true, line -> true).narrator();
        } catch (IOException | RuntimeException e) {
            return new Narrator();
        }
    }

    private void subscribe(Narrator narrator) {
        List<LogEntry> told = new ArrayList<>();
        EventTeller teller = new EventTeller(narrator, true,
                line -> told.add(LogLines.ofEvent(line.sequence(), line.instance(), line.text())));
        subscribed = (buffer, offset, length) -> {
            byte[] copy = new byte[length];
            buffer.get(offset, copy);
            log.event(() -> tell(teller, copy, told));
        };
        journal.subscribe(subscribed);
    }

    /** On the log's thread. Reports are in the log already. */
    private static List<LogEntry> tell(EventTeller teller, byte[] bytes, List<LogEntry> told) {
        Event event = new Event().wrap(ByteBuffer.wrap(bytes), 0);
        if (event.kind() != null && event.kind().role() == EventKind.Role.INPUT) {
            teller.accept(event);
        }
        List<LogEntry> entries = List.copyOf(told);
        told.clear();
        return entries;
    }
}
