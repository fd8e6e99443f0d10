package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the files of a journal lie. The one being written is alone in {@code current/}, so that Chronicle never opens,
 * repairs or orders any other; when it is finished it moves up. The names are Chronicle's for a queue that rolls every
 * minute, so its own tools read the directory too: the UTC minute at which the file began, or the next that is free.
 */
final class JournalFiles {

    static final String CURRENT = "current";
    static final String SUFFIX = ".cq4";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm");
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final Comparator<Path> BY_NAME = Comparator.comparing(path -> path.getFileName().toString());

    private JournalFiles() {}

    /** Oldest first, the one being written last. */
    static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        // first current: a file that moves up meanwhile is then seen twice rather than never
        collect(directory.resolve(CURRENT), files);
        List<Path> finished = new ArrayList<>();
        collect(directory, finished);
        for (Path path : finished) {
            files.removeIf(other -> other.getFileName().equals(path.getFileName()));
        }
        files.addAll(finished);
        files.sort(BY_NAME);
        return files;
    }

    private static void collect(Path directory, List<Path> files) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            entries.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            // a copy of some files has no current/, and a journal that was never written to has no directory
        }
    }

    /** Minutes since 1970: the wall clock's, but always behind the newest file's, wherever the clock went. */
    static int nextMinute(Path directory, long wallNanos) throws IOException {
        int minute = (int) Math.max(0, wallNanos / MINUTE_NANOS);
        for (Path path : list(directory)) {
            minute = Math.max(minute, minuteOf(path) + 1);
        }
        return minute;
    }

    private static int minuteOf(Path path) {
        String name = path.getFileName().toString();
        try {
            LocalDateTime time = LocalDateTime.parse(name.substring(0, name.length() - SUFFIX.length()), NAME);
            return (int) (time.toEpochSecond(ZoneOffset.UTC) / 60);
        } catch (DateTimeParseException notOurs) {
            return 0;
        }
    }

    static String name(int minute) {
        return NAME.format(LocalDateTime.ofInstant(Instant.ofEpochSecond(minute * 60L), ZoneOffset.UTC)) + SUFFIX;
    }
}
