package org.vrrpd.rulebreakers.daemon.control;

import org.vrrpd.daemon.linux.Clocks;

/** Breaks the rule that the control socket's server knows no other part of the daemon. */
final class ReachesIntoLinux {

    private ReachesIntoLinux() {}

    static long now() {
        return new Clocks().monotonicNanos();
    }
}
