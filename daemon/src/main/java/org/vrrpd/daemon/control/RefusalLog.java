package org.vrrpd.daemon.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.vrrpd.daemon.control.UnixSockets.Peer;

/**
 * Passes on who was refused what, for the journal and the log, and no faster than either can bear: a client that asks a
 * hundred thousand times must not turn the journal over. What is left out is counted, and told at most a minute later.
 * On the event loop.
 */
final class RefusalLog {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int A_MINUTE_OF_ONE_USER = 1;
    private static final int BURST_OF_ONE_USER = 5;
    private static final int A_MINUTE_OF_ALL = 6;
    private static final int BURST_OF_ALL = 20;
    private static final int MOST_USERS = 64;

    private final Consumer<Refusal> record;
    private final LongSupplier clock;
    private final BiConsumer<Runnable, Duration> timer;
    private final Pace all;
    private final Map<Integer, Pace> users = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Pace> eldest) {
            return size() > MOST_USERS;
        }
    };
    private Refusal leftOut;
    private long unrecorded;
    private boolean timerSet;

    /** @param timer runs a task later, on the event loop */
    RefusalLog(Consumer<Refusal> record, LongSupplier clock, BiConsumer<Runnable, Duration> timer) {
        this.record = record;
        this.clock = clock;
        this.timer = timer;
        this.all = new Pace(A_MINUTE_OF_ALL, MINUTE, BURST_OF_ALL, clock.getAsLong());
    }

    void refused(Peer peer, String verb, String why) {
        long now = clock.getAsLong();
        Pace user = users.computeIfAbsent(peer.uid(),
                uid -> new Pace(A_MINUTE_OF_ONE_USER, MINUTE, BURST_OF_ONE_USER, now));
        if (user.tryTake(now) && all.tryTake(now)) {
            record.accept(new Refusal(peer.uid(), peer.pid(), unrecorded, verb, why));
            unrecorded = 0;
            return;
        }
        unrecorded++;
        leftOut = new Refusal(peer.uid(), peer.pid(), 0, verb, why);
        if (!timerSet) {
            timerSet = true;
            timer.accept(this::tellTheRest, MINUTE);
        }
    }

    private void tellTheRest() {
        timerSet = false;
        if (unrecorded > 0) {
            record.accept(new Refusal(
                    leftOut.uid(), leftOut.pid(), unrecorded - 1, leftOut.verb(), leftOut.why()));
            unrecorded = 0;
        }
    }
}
