package org.vrrpd.proto.core;

import org.vrrpd.proto.config.ScriptConfiguration;

/**
 * What the runs of a script so far add up to: a number from 0 to rise + fall - 1, and well from {@code rise} on. Before
 * the first run one success suffices and one failure counts at once, unless init_fail wants {@code rise} successes.
 */
final class ScriptResult {

    private int rise;
    private int fall;
    private int number;
    private boolean known;

    ScriptResult(ScriptConfiguration configuration) {
        rise = configuration.rise();
        fall = configuration.fall();
        number = configuration.startsFailed() ? 0 : rise - 1;
        known = configuration.startsFailed();
    }

    TrackerCondition condition() {
        return known ? TrackerCondition.of(number >= rise) : TrackerCondition.PENDING;
    }

    int number() {
        return number;
    }

    void succeeded() {
        known = true;
        number = number < rise - 1 ? number + 1 : rise + fall - 1;
    }

    void failed() {
        known = true;
        number = number > rise ? number - 1 : 0;
    }

    /** Other numbers of runs are asked for; what the script is now it stays until the next run. */
    void adopt(int newRise, int newFall) {
        boolean well = number >= rise;
        rise = newRise;
        fall = newFall;
        number = well ? rise + fall - 1 : known ? 0 : rise - 1;
    }

    /** Another command is run from now on: it stays what it is until the first run, which counts at once. */
    void beginAnew() {
        number = number >= rise ? rise : rise - 1;
    }

    void save(SnapshotWriter out) {
        out.putInt(number).putBoolean(known);
    }

    void load(SnapshotReader in) {
        number = in.getInt();
        known = in.getBoolean();
    }
}
