package org.vrrpd.proto.effect;

/** Things worth telling that are neither a transition nor a fault. {0} is the subject, {1} the detail, {2} a count. */
public enum NoteKind {
    ADDRESS_TAKEN(1, LogLevel.WARNING, "{0} was removed from {1} by another program; putting it back"),
    ADDRESS_RESTORED(2, LogLevel.NOTICE, "{0} is back on {1}"),
    VMAC_TAKEN(3, LogLevel.WARNING, "VMAC {0} was removed or changed by another program; putting it back"),
    STALE_ADDRESS(4, LogLevel.NOTICE, "{0} is on {1} though nothing here is MASTER for it; removing it"),
    STALE_VMAC(5, LogLevel.NOTICE, "VMAC {0} was left by an earlier run; {1}"),
    PACKETS_DISCARDED(6, LogLevel.WARNING, "advertisement from {0} discarded: {1} ({2} since the last report)"),
    PEER_CHECKSUM(7, LogLevel.INFO, "{0} computes checksums {1}"),
    INTERVAL_DIFFERS(8, LogLevel.WARNING, "{0} advertises every {1}, which is not our interval"),
    ADDRESSES_DIFFER(9, LogLevel.WARNING, "{0} advertises other addresses: {1}"),
    TWO_OWNERS(10, LogLevel.WARNING, "{0} also claims to own the addresses (priority 255)"),
    SAME_ADDRESS(11, LogLevel.WARNING, "{0} advertises with our own source address"),
    LOWER_PRIORITY(12, LogLevel.NOTICE, "received advertisement from {0} with lower priority {1}"),
    MAC_CHANGED(13, LogLevel.NOTICE, "the MAC of {0} is now {1}; announcing again"),
    KERNEL_OVERRUN(14, LogLevel.WARNING,
            "the kernel dropped netlink messages ({2} times); reading links and addresses again"),
    STALLED(15, LogLevel.WARNING, "the daemon did not run for {1}"),
    PRIORITY_CHANGED(16, LogLevel.NOTICE, "effective priority from {0} to {1}"),
    SOURCE_CHANGED(17, LogLevel.NOTICE, "source address from {0} to {1}"),
    CONFIGURATION_REFUSED(18, LogLevel.ERROR, "configuration refused: {1}"),
    CONFIGURATION_LOADED(19, LogLevel.NOTICE, "configuration loaded: {1}"),
    DAD_RETRIED(20, LogLevel.INFO, "detecting duplicates of {0} on {1} again"),
    FOREIGN_MASTER(21, LogLevel.INFO, "{0} is master with priority {1}"),
    NOTIFICATION_FAILED(120, LogLevel.WARNING, "{0}: {1}"),
    NOTIFICATION_DROPPED(121, LogLevel.WARNING, "{0} is not run: {1}"),
    NOTIFICATIONS_DROPPED(122, LogLevel.WARNING, "{2} notifications were not run, since too many waited"),
    NOTIFICATION_UNFINISHED(123, LogLevel.WARNING, "{0} still runs: {1}"),
    NOTIFICATION_NOT_RUN(124, LogLevel.WARNING, "{0} is not run: the daemon stops"),
    FIFO_FAILED(125, LogLevel.WARNING, "cannot open pipe {0}: {1}; it is retried"),
    FIFO_OPEN(126, LogLevel.INFO, "pipe {0} is open now"),
    FIFO_LINES_LOST(127, LogLevel.WARNING, "pipe {0} loses lines: {1} ({2} since the last report)"),
    STARTUP_DELAYED(128, LogLevel.NOTICE, "start-up delay: no instance acts for {0} s"),
    STARTUP_DELAY_OVER(129, LogLevel.NOTICE, "the start-up delay is over"),
    SCRIPT_SKIPPED(100, LogLevel.WARNING, "vrrp_script {0} is not run, since its last run has not ended for {1}"
            + " ({2} since the last report)"),
    SCRIPT_ABANDONED(101, LogLevel.WARNING, "vrrp_script {0}: no end of its run for {1}; running it again"),
    TRACKER_FAILED(102, LogLevel.WARNING, "{0} failed: {1}"),
    TRACKER_WELL(103, LogLevel.NOTICE, "{0} is well: {1}"),
    RIVAL_OWNER(160, LogLevel.WARNING,
            "{0} also claims to own the addresses (priority 255) and does not yield; yielding to it"),
    UNKNOWN_VRID(161, LogLevel.NOTICE,
            "advertisement from {0} for {1}, which nobody here is ({2} since the last report)"),
    STATISTICS_CLEARED(180, LogLevel.NOTICE, "statistics cleared"),
    CONTROL_REFUSED(200, LogLevel.WARNING, "{0} refused: {1} ({2} since the last report)"),
    LOG_LEVEL_SET(210, LogLevel.NOTICE, "the log level is {0} now, as {1} asked"),
    SOURCE_GONE(230, LogLevel.WARNING,
            "{0} was removed from {1}; going on as MASTER for {2} ms in case it comes back");

    private final int number;
    private final LogLevel level;
    private final String pattern;

    NoteKind(int number, LogLevel level, String pattern) {
        this.number = number;
        this.level = level;
        this.pattern = pattern;
    }

    public int number() {
        return number;
    }

    /** How much it matters in the log. */
    public LogLevel level() {
        return level;
    }

    public String text(String subject, String detail, long count) {
        return pattern.replace("{0}", subject).replace("{1}", detail).replace("{2}", Long.toString(count));
    }

    public static NoteKind ofNumber(int number) {
        for (NoteKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("Expected the number of a note, but found " + number);
    }
}
