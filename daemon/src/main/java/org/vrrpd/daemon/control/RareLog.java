package org.vrrpd.daemon.control;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells of what clients can cause at will: five lines at once, then one a minute, with how many were left out. */
final class RareLog {

    private static final int BURST = 5;

    private final Consumer<String> log;
    private final Pace pace = new Pace(1, Duration.ofMinutes(1), BURST, System.nanoTime());
    private long leftOut;

    RareLog(Consumer<String> log) {
        this.log = log;
    }

    void say(String text) {
        if (!pace.tryTake(System.nanoTime())) {
            leftOut++;
            return;
        }
        log.accept("control: " + text + (leftOut == 0 ? "" : " (" + leftOut + " times more since the last report)"));
        leftOut = 0;
    }
}
