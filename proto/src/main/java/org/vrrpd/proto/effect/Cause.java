package org.vrrpd.proto.effect;

/** What in an event made a transition or a fault: the words behind "because". {0} is the subject, {1} the detail. */
public enum Cause {
    NONE(0, "no cause known"),
    STARTED(1, "the daemon started"),
    CONFIGURATION_LOADED(2, "a configuration was loaded"),
    STOP_REQUESTED(3, "the daemon was asked to stop"),
    LINK_APPEARED(4, "link {0} appeared"),
    LINK_VANISHED(5, "link {0} was removed"),
    LINK_RENAMED(6, "link {1} was renamed to {0}"),
    LINK_SET_UP(7, "link {0} was set up"),
    LINK_SET_DOWN(8, "link {0} was set down"),
    CARRIER_FOUND(9, "link {0} running"),
    CARRIER_LOST(10, "link {0} lost carrier"),
    ADDRESS_ADDED(11, "address {1} was added to {0}"),
    ADDRESS_REMOVED(12, "address {1} was removed from {0}"),
    ADDRESS_USABLE(13, "address {1} on {0} no longer tentative"),
    ADDRESS_TENTATIVE(14, "address {1} on {0} became tentative"),
    ADDRESS_DUPLICATE(15, "address {1} on {0} failed duplicate address detection"),
    KERNEL_OBSERVED(16, "the kernel's links and addresses were read"),
    MASTER_DOWN(17, "no advertisement for a Master_Down_Interval"),
    PRIORITY_ZERO(18, "{0} gave up mastership (priority 0)"),
    HIGHER_PRIORITY(19, "{0} has a higher priority ({1})"),
    HIGHER_ADDRESS(20, "{0} has the same priority ({1}) and a higher address"),
    OWNER_STARTED(21, "the router owns the addresses (priority 255)"),
    GROUP_SYNCED(22, "sync group {0} follows {1}"),
    EFFECT_FAILED(23, "{0} failed: {1}"),
    EFFECT_SUCCEEDED(24, "{0} succeeded"),
    INSTANCE_REMOVED(25, "the instance is not in the new configuration"),
    FAULTS_CLEARED(26, "nothing is missing any more"),

    OWN_LATENESS(160, "its own advertisements stopped for {0} (timer_expired_backup)"),
    SCRIPT_ENDED(100, "vrrp_script {0} {1}"),
    FILE_READ(101, "track_file {0} is {1}"),
    PROCESSES_COUNTED(102, "vrrp_track_process {0}: {1} run"),
    PROCESSES_SETTLED(103, "vrrp_track_process {0} has had its number for long enough"),
    LINK_SETTLED(104, "link {0} has been {1}");

    private final int number;
    private final String pattern;

    Cause(int number, String pattern) {
        this.number = number;
        this.pattern = pattern;
    }

    public int number() {
        return number;
    }

    public String text(String subject, String detail) {
        return pattern.replace("{0}", subject).replace("{1}", detail);
    }

    public static Cause ofNumber(int number) {
        for (Cause cause : values()) {
            if (cause.number == number) {
                return cause;
            }
        }
        throw new IllegalArgumentException("Expected the number of a cause, but found " + number);
    }
}
