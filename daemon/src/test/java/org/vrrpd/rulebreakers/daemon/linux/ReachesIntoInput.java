package org.vrrpd.rulebreakers.daemon.linux;

import org.vrrpd.daemon.input.Signals;

/** Breaks the rule that linux knows nothing else of the daemon. */
final class ReachesIntoInput {

    private ReachesIntoInput() {}

    static void ignore() {
        Signals.handle("USR2", signal -> { });
    }
}
