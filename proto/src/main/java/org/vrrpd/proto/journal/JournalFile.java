package org.vrrpd.proto.journal;

import java.nio.file.Path;

/**
 * One file of a journal, by its first record.
 *
 * @param start null when the file does not begin as one of ours does
 * @param sequence of the last record before the file's own first
 * @param bytes apparent size
 */
public record JournalFile(Path path, FileStart start, long sequence, long wallNanos, long bytes) {}
