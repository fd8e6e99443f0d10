package org.vrrpd.rulebreakers.daemon.output;

import org.vrrpd.daemon.worker.Workers;

/** Breaks the rule that only the main classes know the workers: effects are handed over, not executed on the spot. */
final class RunsAScript {

    private RunsAScript() {}

    static Class<?> workers() {
        return Workers.class;
    }
}
