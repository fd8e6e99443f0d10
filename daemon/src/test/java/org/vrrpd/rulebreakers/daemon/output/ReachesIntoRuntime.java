package org.vrrpd.rulebreakers.daemon.output;

import org.vrrpd.daemon.runtime.BuildId;

/** Breaks the rules that output does not know runtime, and that only runtime sees everything. */
final class ReachesIntoRuntime {

    private ReachesIntoRuntime() {}

    static String build() {
        return BuildId.text();
    }
}
