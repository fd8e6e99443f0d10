package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.vrrpd.proto.event.Event;

/** Reads a journal, live or not, without writing anything. */
public final class JournalReader implements AutoCloseable {

    /** A directory, or one file of it. */
    public static JournalReader open(Path directoryOrFile, Consumer<Damage> onDamage) throws IOException {
        return new JournalReader();
    }

    /** False at the end as it is now; a live journal may have more later. */
    public boolean next(Event out) throws IOException {
        return false;
    }

    /** File and record last read, for messages. */
    public String position() {
        return "";
    }

    /** Oldest first. */
    public List<JournalFile> files() throws IOException {
        return List.of();
    }

    /** Goes on with the first record of this file. */
    public void seek(JournalFile file) throws IOException {}

    @Override
    public void close() throws IOException {}
}
