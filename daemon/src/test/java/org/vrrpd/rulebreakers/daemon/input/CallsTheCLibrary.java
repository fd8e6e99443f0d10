package org.vrrpd.rulebreakers.daemon.input;

import jnr.ffi.Runtime;

/** Breaks the rule that only daemon.linux makes native calls. */
final class CallsTheCLibrary {

    private CallsTheCLibrary() {}

    static int errno() {
        return Runtime.getSystemRuntime().getLastError();
    }
}
