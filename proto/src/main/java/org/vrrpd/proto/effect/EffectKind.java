package org.vrrpd.proto.effect;

/**
 * What the core can ask of the world. Closed and versioned like the events. The comments give the payload.
 *
 * <p>Effects are executed in the order in which they were emitted. That order is a contract: on taking over, the
 * advertisement goes first (so that the old master removes its addresses), then the addresses, then, when the kernel
 * has acknowledged them, GARP and NA; on release the reverse.
 */
public enum EffectKind {
    /** u32 interface index, an Ethernet frame. */
    SEND_ADVERTISEMENT(1),
    /** u32 interface index, an Ethernet frame. */
    SEND_GRATUITOUS_ARP(2),
    /** u32 interface index, an Ethernet frame. */
    SEND_NEIGHBOR_ADVERTISEMENT(3),
    /** u32 interface index, an IP packet with its header, which goes to the header's destination. */
    SEND_UNICAST_ADVERTISEMENT(4),
    /** One rtnetlink request; its nlmsg_seq is the low 32 bits of the effect id, and the kernel's answer names it. */
    ADD_ADDRESS(16),
    REMOVE_ADDRESS(17),
    CREATE_VMAC(18),
    DELETE_VMAC(19),
    CONFIGURE_LINK(20),
    DUMP_LINKS(21),
    DUMP_ADDRESSES(22),
    /**
     * u32 socket id, u32 interface index, u8 family number, u8 IP protocol (112; 51 for AH), 2 bytes 0, 16 bytes
     * address: a multicast group, which is joined, or an address of the interface. Answers EFFECT_….
     */
    OPEN_SOCKET(32),
    /** u32 socket id. Closing cannot fail and is not answered. */
    CLOSE_SOCKET(33),
    /** text path (below /proc/sys), text value. Answers EFFECT_SUCCEEDED with the former value, or EFFECT_FAILED. */
    WRITE_SYSCTL(34),
    /** u64 request id, u8 1 for done and 0 for refused, text. */
    REPLY(48),
    /** See {@link Reports}. Also written to the journal as the derived record TRANSITION. */
    REPORT_TRANSITION(49),
    /** See {@link Reports}. Also written to the journal as the derived record FAULT. */
    REPORT_FAULT(50),
    /** See {@link Reports}. Also written to the journal as the derived record NOTE. */
    REPORT_NOTE(51),
    /** Empty: everything is released; the process may end. */
    END(52),
    /** See {@link ScriptRun}. Answers SCRIPT_ENDED. */
    RUN_SCRIPT(56),
    /** u64 id of the effect that began the run: it is ended with all that it started. Not answered for itself. */
    STOP_SCRIPT(57),
    /** See {@link FifoOpening}. Answers EFFECT_…, and again when that changes: it is tried until it is closed. */
    OPEN_FIFO(58),
    /** text path. A pipe that opening it created is removed. Not answered. */
    CLOSE_FIFO(59),
    /** text path, text line. Never waits; answers EFFECT_FAILED when the line is lost, else nothing. */
    WRITE_FIFO(60),
    /** u32 watch id, u8 0 leave the file, 1 create it if missing, 2 overwrite it, i32 number to write, text path. */
    WATCH_FILE(61),
    /** u32 watch id. */
    UNWATCH_FILE(62),
    /** See {@link ProcessWatch}. */
    WATCH_PROCESSES(63),
    /** u32 watch id. */
    UNWATCH_PROCESSES(64),
    /** text: a script for nft -f, which replaces all of our rules at once. Answers EFFECT_…. */
    SET_FIREWALL(65),
    /** u8 number of a {@link LogLevel}. Cannot fail and is not answered. */
    SET_LOG_LEVEL(66);

    private static final EffectKind[] BY_NUMBER = new EffectKind[128];

    static {
        for (EffectKind kind : values()) {
            BY_NUMBER[kind.number] = kind;
        }
    }

    private final int number;

    EffectKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public boolean isFrame() {
        return number <= SEND_NEIGHBOR_ADVERTISEMENT.number;
    }

    public boolean isNetlinkRequest() {
        return number >= ADD_ADDRESS.number && number <= DUMP_ADDRESSES.number;
    }

    public static EffectKind ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
