package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/**
 * Reads a journal from its oldest file to its newest, or from any file on. It writes nothing and needs no lock, so it
 * works beside the daemon, on a copy, on one file, on a read-only disk and as any user who may read. It verifies the
 * checksum of each record; where a file is damaged it says so and goes on with the next file.
 */
public final class JournalReader implements AutoCloseable {

    private final Path root;
    private final Consumer<Damage> onDamage;
    private FileWalker walker;
    private String lastName = "";
    private boolean fileDone;
    private long checkedForData = -1;

    private JournalReader(Path root, Consumer<Damage> onDamage) {
        this.root = root;
        this.onDamage = onDamage;
    }

    /** A directory, or one file of it. */
    public static JournalReader open(Path directoryOrFile, Consumer<Damage> onDamage) throws IOException {
        if (!Files.exists(directoryOrFile)) {
            throw new NoSuchFileException(
                    directoryOrFile.toString(), null, "Expected a journal directory or file, but found nothing");
        }
        return new JournalReader(directoryOrFile, onDamage);
    }

    /** False at the end as it is now; a live journal may have more later. The record is valid until the next call. */
    public boolean next(Event out) throws IOException {
        while (true) {
            if (walker == null || fileDone) {
                if (!openNextFile()) {
                    return false;
                }
            }
            FileWalker.Step step = walker.next(out);
            switch (step) {
                case RECORD:
                    return true;
                case FINISHED:
                    fileDone = true;
                    break;
                case DAMAGED:
                    onDamage.accept(walker.damage());
                    fileDone = true;
                    break;
                default:
                    if (!endsHere(out)) {
                        break;
                    }
                    return false;
            }
        }
    }

    /** No complete record follows. That is the end only as long as there is no later file. */
    private boolean endsHere(Event out) throws IOException {
        boolean laterFile = nextPath() != null;
        long at = walker.position();
        FileWalker.Step again = laterFile ? walker.next(out) : FileWalker.Step.END;
        if (again == FileWalker.Step.RECORD) {
            // it was written between our look at the file and our look at the directory
            walker.unread(at);
            return false;
        }
        if (again != FileWalker.Step.INCOMPLETE && checkedForData != at) {
            checkedForData = at;
            if (walker.dataFollows() && walker.next(out) == FileWalker.Step.END) {
                onDamage.accept(walker.damage());
                fileDone = true;
                return !laterFile;
            }
            walker.seek(at);
        }
        if (laterFile) {
            fileDone = true;
        }
        return !laterFile;
    }

    private boolean openNextFile() throws IOException {
        Path path = nextPath();
        if (path == null) {
            return false;
        }
        FileWalker opened;
        try {
            opened = new FileWalker(path);
        } catch (NoSuchFileException movedOrPruned) {
            return Files.exists(root) && openNextFile();
        }
        use(opened);
        return true;
    }

    private void use(FileWalker opened) throws IOException {
        close();
        walker = opened;
        lastName = opened.path().getFileName().toString();
        fileDone = false;
        checkedForData = -1;
    }

    private Path nextPath() throws IOException {
        for (Path path : paths()) {
            if (path.getFileName().toString().compareTo(lastName) > 0) {
                return path;
            }
        }
        return null;
    }

    private List<Path> paths() throws IOException {
        return Files.isRegularFile(root) ? List.of(root) : JournalFiles.list(root);
    }

    /** File and record last read, for messages. */
    public String position() {
        return walker == null ? root + ": nothing read yet" : walker.path() + ": record " + walker.records();
    }

    /** Oldest first. */
    public List<JournalFile> files() throws IOException {
        List<JournalFile> files = new ArrayList<>();
        for (Path path : paths()) {
            try (FileWalker first = new FileWalker(path)) {
                Event event = new Event();
                boolean started = first.next(event) == FileWalker.Step.RECORD && event.kind() == EventKind.FILE_STARTED;
                files.add(new JournalFile(path, started ? FileStart.read(event) : null,
                        started ? event.sequence() : -1, started ? event.wallNanos() : 0, Files.size(path)));
            } catch (NoSuchFileException movedOrPruned) {
                // the next listing has it in its new place, or it is gone
            }
        }
        return files;
    }

    /** Goes on with the first record of this file. */
    public void seek(JournalFile file) throws IOException {
        FileWalker opened;
        try {
            opened = new FileWalker(file.path());
        } catch (NoSuchFileException finishedMeanwhile) {
            opened = new FileWalker(root.resolve(file.path().getFileName()));
        }
        use(opened);
    }

    /** Goes on with the newest file whose records all are at or before the sequence, or with the oldest there is. */
    public void seekToSequence(long sequence) throws IOException {
        JournalFile best = null;
        for (JournalFile file : files()) {
            if (best == null || file.start() != null && file.sequence() < sequence) {
                best = file;
            }
        }
        if (best != null) {
            seek(best);
        }
    }

    @Override
    public void close() throws IOException {
        if (walker != null) {
            walker.close();
            walker = null;
        }
    }
}
