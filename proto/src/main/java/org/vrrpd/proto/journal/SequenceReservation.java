package org.vrrpd.proto.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * Where a run's sequence numbers begin, known in a millisecond, long before the journal itself can be opened: the file
 * {@code next-sequence} names a number that no record has reached. It is moved ahead in blocks, so that after a
 * {@code kill -9} or a power failure the numbers go on with a gap, but never twice. Only under the directory's lock.
 */
public final class SequenceReservation {

    static final String FILE = "next-sequence";
    private static final long BLOCK = 1_000_000;
    private static final long MARGIN = BLOCK / 2;
    private static final long RETRY = 1000;

    private final Path file;
    private final long first;
    private long reserved;
    private long retryAt;

    private SequenceReservation(Path file, long first) {
        this.file = file;
        this.first = first;
    }

    /** Reads the number and reserves the first block; throws when the directory cannot be read. */
    public static SequenceReservation open(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        long first = read(file);
        SequenceReservation reservation = new SequenceReservation(file, first);
        try {
            reservation.reserve(first + BLOCK);
            return reservation;
        } catch (IOException full) {
            // what is not reserved could be given again: begin far above, and reserve when there is room
            return new SequenceReservation(file, aboveAll());
        }
    }

    private static long read(Path file) throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
            long next = Long.parseLong(text);
            if (next > 0) {
                return next;
            }
        } catch (NoSuchFileException e) {
            if (isEmpty(file.getParent())) {
                return 1;
            }
        } catch (NumberFormatException e) {
            // torn by a power failure
        }
        return aboveAll();
    }

    private static long aboveAll() {
        return System.currentTimeMillis() * 1000;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.noneMatch(entry -> entry.getFileName().toString().contains(".cq4"));
        }
    }

    /** The first sequence number of this run. */
    public long first() {
        return first;
    }

    /** The journal thread says now and then how far it has come; the next block is reserved in time. */
    public void reached(long sequence) {
        if (sequence + MARGIN > reserved && sequence >= retryAt) {
            try {
                reserve(sequence + BLOCK);
            } catch (IOException full) {
                retryAt = sequence + RETRY; // the journal itself says that the disk is full
            }
        }
    }

    /** A clean end: the next run continues without a gap. */
    public void end(long lastSequence) throws IOException {
        reserve(lastSequence + 1);
    }

    private void reserve(long next) throws IOException {
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.writeString(fresh, next + "\n", StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        reserved = next;
    }
}
