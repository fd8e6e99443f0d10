package org.vrrpd.ctl.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vrrpd.proto.journal.JournalReader;

/** Opens journals that an operator names, who may have named another thing. */
final class Journals {

    private Journals() {}

    @FunctionalInterface
    interface Reading<T> {
        T read(Path journal) throws IOException;
    }

    static <T> T read(Path journal, Reading<T> reading) throws ProblemException {
        try {
            requireFiles(journal);
            return reading.read(journal);
        } catch (AccessDeniedException e) {
            throw new ProblemException("cannot read " + e.getMessage() + ": permission denied");
        } catch (IOException e) {
            throw new ProblemException("cannot read the journal " + journal + ": " + e.getMessage());
        }
    }

    private static void requireFiles(Path journal) throws IOException, ProblemException {
        if (!Files.exists(journal)) {
            throw new ProblemException("expected a journal directory or one of its files, but there is no " + journal);
        }
        try (JournalReader reader = JournalReader.open(journal, damage -> { })) {
            if (reader.files().isEmpty()) {
                throw new ProblemException("expected the files of a journal in " + journal + ", but found none");
            }
        }
    }
}
