package org.vrrpd.system;

/**
 * Something that a daemon did, in words that do not depend on the run: what one daemon says and another does not is a
 * difference.
 *
 * @param time wall-clock nanoseconds
 * @param router the virtual router it belongs to; what two of them do is not in an order
 * @param slack what its time may differ by, beside what the case allows: a periodic thing has no exact end
 */
record Happening(long time, Lane lane, String router, String text, long slack) {

    /** Within a lane the order counts; between lanes there is none, since their clocks are read by different people. */
    enum Lane { WIRE, LOG, NOTIFY, ADDRESSES, ROUTES }

    static Happening of(long time, Lane lane, String router, String text) {
        return new Happening(time, lane, router, text, 0);
    }

    /** Of a lane whose happenings are a list and have no time. */
    static Happening untimed(Lane lane, String text) {
        return new Happening(0, lane, "", text, Long.MAX_VALUE);
    }

    boolean timed() {
        return slack != Long.MAX_VALUE;
    }
}
