package org.vrrpd.daemon.runtime;

import java.nio.file.Path;
import org.vrrpd.daemon.control.EventSource;

/** The journal, for clients that read or follow it. */
public final class JournalEvents implements EventSource {

    private final Path directory;
    private final JournalThread journal;

    public JournalEvents(Path directory, JournalThread journal) {
        this.directory = directory;
        this.journal = journal;
    }

    @Override
    public Path journalDirectory() {
        return directory;
    }

    @Override
    public Subscription subscribe(RecordHandler handler) {
        org.vrrpd.proto.journal.RecordHandler subscriber = handler::onRecord;
        journal.subscribe(subscriber);
        return () -> journal.unsubscribe(subscriber);
    }
}
