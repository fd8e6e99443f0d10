package org.vrrpd.daemon.worker;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lines that wait for a pipe. When there are too many, the oldest go: who reads late learns how it is now. */
final class LineQueue {

    static final int MOST_LINES = 1000;
    static final int MOST_BYTES = 256 * 1024;

    private final Deque<Line> lines = new ArrayDeque<>();
    private int bytes;

    /** @param effectId that asked for it */
    record Line(long effectId, byte[] bytes) {}

    void add(Line line) {
        lines.add(line);
        bytes += line.bytes().length;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Null: there is none. */
    Line peek() {
        return lines.peek();
    }

    Line remove() {
        Line line = lines.remove();
        bytes -= line.bytes().length;
        return line;
    }

    boolean isTooLong() {
        return lines.size() > MOST_LINES || bytes > MOST_BYTES && lines.size() > 1;
    }
}
