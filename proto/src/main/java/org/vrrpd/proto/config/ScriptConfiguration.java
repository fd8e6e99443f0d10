package org.vrrpd.proto.config;

/**
 * A vrrp_script: a check that is run again and again.
 *
 * @param intervalNanos from start to start, at least 1 ms
 * @param timeoutNanos how long one run may take, at least 1 ms
 * @param rise successes in a row until it counts as well
 * @param fall failures in a row until it does not
 * @param startsFailed init_fail: it counts as failed until it has succeeded {@code rise} times
 */
public record ScriptConfiguration(
        String name,
        ScriptCommand command,
        long intervalNanos,
        long timeoutNanos,
        int rise,
        int fall,
        boolean startsFailed) {}
