package org.vrrpd.proto.journal;

/**
 * What status tells about the journal.
 *
 * @param writing false: suspended
 * @param reason why it is suspended; empty while writing
 * @param sinceWallNanos when this state began
 * @param records written by this process
 * @param bytes allocated by all files of the directory
 * @param lost records that were not written because the journal was suspended
 */
public record JournalState(
        boolean writing, String reason, long sinceWallNanos, long records, long bytes, long lost) {}
