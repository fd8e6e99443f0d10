package org.vrrpd.proto.simulation;

import java.util.PriorityQueue;

/** The virtual clock, and what is to come: in the order of time, and at one time in that of arrangement. */
final class Agenda {

    private record Entry(long at, long number, Runnable happening) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long numbers;
    private long now;

    long now() {
        return now;
    }

    /** At the time, or at once when that has passed. */
    void at(long nanos, Runnable happening) {
        entries.add(new Entry(Math.max(now, nanos), numbers++, happening));
    }

    void in(long nanos, Runnable happening) {
        at(now + nanos, happening);
    }

    /** When something is next to happen; {@code Long.MAX_VALUE}: never. */
    long next() {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().at;
    }

    /** Time never goes back. */
    void advanceTo(long nanos) {
        now = Math.max(now, nanos);
    }

    /** All that is due now, and what that arranges for now. */
    void runDue() {
        while (next() <= now) {
            entries.poll().happening.run();
        }
    }
}
