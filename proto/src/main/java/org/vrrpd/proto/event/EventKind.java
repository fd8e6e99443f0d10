package org.vrrpd.proto.event;

/**
 * Every kind of journal record. The set is closed and versioned: a number's meaning never changes; a new meaning gets
 * a new number (see docs/JOURNAL.md).
 */
public enum EventKind {
    /** The daemon began: build id, boot id, process id. Always the first event of a run. */
    STARTED(1, Role.INPUT),
    /** One part of the canonical text of a configuration; the part that completes it puts it into force. */
    CONFIGURATION_LOADED(2, Role.INPUT),
    /** A configuration was not put into force; the text says why. */
    CONFIGURATION_REFUSED(3, Role.INPUT),
    /** One datagram of the rtnetlink socket, as it arrived: notifications, dump replies and acknowledgements. */
    NETLINK_RECEIVED(4, Role.INPUT),
    /** The kernel dropped rtnetlink messages (ENOBUFS): what was observed so far may be wrong. */
    NETLINK_OVERRUN(5, Role.INPUT),
    /** One packet of IP protocol 112, as it arrived; nothing in it has been checked. */
    ADVERTISEMENT_RECEIVED(6, Role.INPUT),
    /** The earliest deadline of the core has passed. */
    DEADLINE_REACHED(7, Role.INPUT),
    /** An effect that answers for itself was done (netlink requests answer through NETLINK_RECEIVED). */
    EFFECT_SUCCEEDED(8, Role.INPUT),
    /** An effect could not be done: its id and the errno. */
    EFFECT_FAILED(9, Role.INPUT),
    /** A client asked for something that changes the daemon. */
    CONTROL_REQUESTED(10, Role.INPUT),
    /** A signal asked the daemon to end. */
    STOP_REQUESTED(11, Role.INPUT),
    /** What became of a run that RUN_SCRIPT began. A run that was timed out is told again when it is gone. */
    SCRIPT_ENDED(12, Role.INPUT),
    /** What a watched file holds: when the watch begins, and after each change. */
    FILE_READ(13, Role.INPUT),
    /** How many of the watched processes run: when the watch begins, and after each change. */
    PROCESSES_COUNTED(14, Role.INPUT),
    /** A client asked for something that it may not have. Not every one: a flood of them is counted, not recorded. */
    CONTROL_REFUSED(15, Role.INPUT),

    /** Derived: an instance changed its state. The payload is the one of the effect REPORT_TRANSITION. */
    TRANSITION(64, Role.DERIVED),
    /** Derived: a fault began or was cleared. The payload is the one of the effect REPORT_FAULT. */
    FAULT(65, Role.DERIVED),
    /** Derived: something worth telling that is neither. The payload is the one of the effect REPORT_NOTE. */
    NOTE(66, Role.DERIVED),

    /** Structure: a file begins: format version, build id, boot id. */
    FILE_STARTED(96, Role.STRUCTURE),
    /** Structure: one part of a snapshot of the core; the part that completes it replaces the core's state. */
    SNAPSHOT_PART(97, Role.STRUCTURE),
    /** Structure: records are missing here; a snapshot follows. The text says why. */
    GAP(98, Role.STRUCTURE);

    /** What replay does with a record of the kind. */
    public enum Role {
        /** Applied to the core. */
        INPUT,
        /** Follows from the input before it; written so that listing faults needs no replay. */
        DERIVED,
        /** About the journal itself. */
        STRUCTURE
    }

    private static final EventKind[] BY_NUMBER = new EventKind[128];

    static {
        for (EventKind kind : values()) {
            BY_NUMBER[kind.number] = kind;
        }
    }

    private final int number;
    private final Role role;

    EventKind(int number, Role role) {
        this.number = number;
        this.role = role;
    }

    public int number() {
        return number;
    }

    public Role role() {
        return role;
    }

    /** Null when no kind has the number, which in a journal means corruption or a newer writer. */
    public static EventKind ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
