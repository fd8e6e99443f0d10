package org.vrrpd.ctl.command;

/** Exit statuses. They are an interface: monitoring checks are written against them. */
public final class Exit {

    public static final int OK = 0;
    /** Refused, not found, an error in a configuration, a replay that does not agree. */
    public static final int PROBLEM = 1;
    /** Of {@code status}: a fault holds. Of {@code rehearse}: an address is not served by exactly one in the end. */
    public static final int FAULT = 2;
    /** No daemon answers. */
    public static final int NO_DAEMON = 3;
    /** EX_USAGE of sysexits. */
    public static final int USAGE = 64;

    private Exit() {}
}
