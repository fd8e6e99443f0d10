package org.vrrpd.proto.config;

import java.util.List;

/**
 * What holds for the daemon as a whole. What global_defs says for instances is in the instances already.
 *
 * @param startupDelayNanos how long after the start no instance acts; 0: not at all
 * @param delayAfterBootNanos the same, counted from the boot; the later of the two counts
 * @param fifos notify_fifo and vrrp_notify_fifo: each gets every line
 * @param statesToFifosOnReload all states are told to the FIFOs again after a reload
 * @param scriptSecurity a script that others than root could change is not run as root
 * @param startupScript run before anything else; null: none
 * @param shutdownScript run when everything is released; null: none
 * @param jsonVersion 1 or 2: layout of the JSON dump
 * @param stateDumpFile where SIGUSR1 dumps the state; empty: keepalived.data in the directory for temporary files
 * @param statisticsDumpFile where SIGUSR2 dumps the statistics; empty: keepalived.stats
 * @param jsonDumpFile where the JSON signal dumps both; empty: keepalived.json
 * @param logUnknownVrids advertisements for a VRID that no instance has are told
 */
public record GlobalConfiguration(
        long startupDelayNanos,
        long delayAfterBootNanos,
        List<FifoConfiguration> fifos,
        boolean statesToFifosOnReload,
        boolean scriptSecurity,
        ScriptCommand startupScript,
        long startupScriptTimeoutNanos,
        ScriptCommand shutdownScript,
        long shutdownScriptTimeoutNanos,
        int jsonVersion,
        String stateDumpFile,
        String statisticsDumpFile,
        String jsonDumpFile,
        boolean logUnknownVrids) {

    private static final long SCRIPT_TIMEOUT = 10_000_000_000L;

    public static final GlobalConfiguration DEFAULT = new GlobalConfiguration(
            0, 0, List.of(), false, false, null, SCRIPT_TIMEOUT, null, SCRIPT_TIMEOUT, 1, "", "", "", false);
}
