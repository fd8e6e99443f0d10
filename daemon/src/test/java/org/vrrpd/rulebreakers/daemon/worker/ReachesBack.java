package org.vrrpd.rulebreakers.daemon.worker;

import org.vrrpd.daemon.input.CommandQueue;

/** Breaks the rule that workers know only linux: where their events go is not their business. */
final class ReachesBack {

    private ReachesBack() {}

    static Class<?> queue() {
        return CommandQueue.class;
    }
}
