package org.vrrpd.proto.journal;

import java.nio.file.Path;

/**
 * A place where a journal cannot be read. Reading goes on with the next file.
 *
 * @param record how many records of the file were read before it
 * @param offset in bytes
 * @param found what was found there, in words
 */
public record Damage(Path file, long record, long offset, String found) {

    @Override
    public String toString() {
        return file + ": record " + record + " at byte " + offset + ": " + found;
    }
}
