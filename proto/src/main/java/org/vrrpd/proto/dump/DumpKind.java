package org.vrrpd.proto.dump;

import java.util.Locale;

/** What can be dumped. The words are those of {@code vrrpctl dump}, the files those of keepalived. */
public enum DumpKind {
    /** What there is and how it is, for people and for tools that look for a line. */
    DATA("keepalived.data"),
    /** The counters, as indented text. */
    STATS("keepalived.stats"),
    /** Both, for programs. */
    JSON("keepalived.json");

    private final String fileName;

    DumpKind(String fileName) {
        this.fileName = fileName;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Without a directory. */
    public String fileName() {
        return fileName;
    }

    /** Null for a word that is none of them. */
    public static DumpKind ofWord(String word) {
        for (DumpKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
