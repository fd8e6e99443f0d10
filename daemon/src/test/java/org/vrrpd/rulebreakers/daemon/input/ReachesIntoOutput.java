package org.vrrpd.rulebreakers.daemon.input;

import org.vrrpd.daemon.output.Sysctls;

/** Breaks the rule that input does not know output. */
final class ReachesIntoOutput {

    private ReachesIntoOutput() {}

    static Sysctls sysctls() {
        return new Sysctls();
    }
}
