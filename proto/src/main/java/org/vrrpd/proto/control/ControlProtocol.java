package org.vrrpd.proto.control;

/** The names and limits of the control socket. See docs/CONTROL.md. */
public final class ControlProtocol {

    public static final String DEFAULT_SOCKET = "/run/vrrpd/control.sock";
    public static final String DEFAULT_JOURNAL = "/var/lib/vrrpd/journal";

    public static final String STATUS = "status";
    public static final String RELOAD = "reload";
    public static final String CHECK = "check";
    public static final String EVENTS = "events";
    public static final String FAULTS = "faults";
    /** Not a method: {@code reload} with {@code dryRun}. */
    public static final String PLAN = "plan";
    public static final String DUMP = "dump";
    public static final String CLEAR_STATISTICS = "clear-statistics";
    public static final String LOG_LEVEL = "log-level";
    public static final String VERSION = "version";

    /** Notifications that follow the answer to {@code events}: one record each, and how many were lost. */
    public static final String EVENT = "event";
    public static final String LOST = "lost";

    /**
     * A longer request is refused and the connection closed. Requests are short, and all connections together must fit
     * into the few megabytes that the daemon has locked.
     */
    public static final int MAX_REQUEST_BYTES = 64 * 1024;
    /** The most lines that one answer holds. */
    public static final int MAX_LINES = 1000;
    public static final int DEFAULT_LINES = 20;
    public static final int MAX_CONNECTIONS = 64;
    /** The connection is closed after this many messages that are not JSON-RPC. */
    public static final int MAX_ERRORS = 3;

    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;
    /** The daemon understood and will not: the message says why. */
    public static final int REFUSED = -32000;
    public static final int NOT_PERMITTED = -32001;
    public static final int TOO_MANY_CONNECTIONS = -32002;
    public static final int MESSAGE_TOO_LONG = -32003;

    private ControlProtocol() {}
}
