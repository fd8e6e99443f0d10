package org.vrrpd.proto.journal;

/**
 * The state with which a file begins.
 *
 * @param sequence of the last record before it
 * @param coreNanos of that record
 * @param snapshot of the core; null when it is not known
 */
public record Checkpoint(long sequence, long coreNanos, long digest, byte[] snapshot) {}
