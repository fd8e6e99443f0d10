package org.vrrpd.proto.simulation;

import java.util.ArrayDeque;
import java.util.function.BiConsumer;

/** What may come late, and then in the order in which it would have come. */
final class LateQueue {

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    /** Arranges something after so many nanoseconds. */
    BiConsumer<Long, Runnable> later = (nanos, happening) -> happening.run();
    /** How late it comes; 0: at once, when nothing waits before it. */
    long nanos;

    void pass(Runnable happening) {
        if (nanos == 0 && waiting.isEmpty()) {
            happening.run();
        } else {
            waiting.add(happening);
            later.accept(nanos, this::next);
        }
    }

    private void next() {
        Runnable happening = waiting.poll();
        if (happening != null) {
            happening.run();
        }
    }

    /** Nothing that waits comes any more. */
    void clear() {
        waiting.clear();
    }

    boolean isLate() {
        return nanos != 0 || !waiting.isEmpty();
    }
}
