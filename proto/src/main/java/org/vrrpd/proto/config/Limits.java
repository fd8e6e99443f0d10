package org.vrrpd.proto.config;

/**
 * How much there may be of a configuration. It must not end a daemon whose heap is too small for it: such a
 * configuration is refused, and the one in force stays.
 *
 * @param bytes in all files
 * @param words with braces, after definitions and loops
 */
public record Limits(int bytes, int words) {

    /** Enough for 100,000 instances. */
    public static final Limits LARGEST = new Limits(64 << 20, 4_000_000);

    /** Generous, since the text is read three times: from the file, by the core and by its shadow. */
    private static final int HEAP_OF_A_BYTE = 16;
    private static final int HEAP_OF_A_WORD = 2048;

    /** What a heap of that many bytes can take. */
    public static Limits ofHeap(long heap) {
        return new Limits(
                (int) Math.min(LARGEST.bytes, heap / HEAP_OF_A_BYTE),
                (int) Math.min(LARGEST.words, heap / HEAP_OF_A_WORD));
    }
}
