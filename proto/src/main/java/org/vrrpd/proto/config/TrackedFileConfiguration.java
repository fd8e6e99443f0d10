package org.vrrpd.proto.config;

/** A track_file: a number in a file. When there is none, or it cannot be read as one, the number is 0. */
public record TrackedFileConfiguration(String name, String path, Creation creation, int initialValue) {

    /** What is done with the file when the daemon starts; nothing on a reload. */
    public enum Creation { NONE, IF_MISSING, OVERWRITE }
}
