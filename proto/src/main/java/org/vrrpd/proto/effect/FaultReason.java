package org.vrrpd.proto.effect;

/**
 * Why an instance cannot work. Each is a predicate over what is observed; {@link #reason} and {@link #clearsWhen} are
 * what an operator reads. In the texts, {0} is the subject (an interface, an address, a group) and {1} the detail; of a
 * detail of two lines, {1} is the first and {2} the second.
 */
public enum FaultReason {
    INTERFACE_ABSENT(1, true, "interface {0} does not exist", "an interface named {0} appears"),
    INTERFACE_DOWN(2, true, "interface {0} is administratively down", "{0} is set up"),
    NO_CARRIER(3, true, "no carrier on {0}", "{0} has carrier"),
    NO_SOURCE_ADDRESS(4, true, "no {1} source on {0}", "{0} gets a usable {1} address"),
    SOURCE_TENTATIVE(5, true, "no IPv6 source on {0}: {1} is tentative",
            "duplicate address detection of {1} completes"),
    SOURCE_DUPLICATE(6, true, "no IPv6 source on {0}: {1} failed duplicate address detection",
            "no other node on the link has {1}; detection is retried"),
    CONFIGURED_SOURCE_ABSENT(7, true, "the configured source {1} is not on {0}", "{1} is on {0}"),
    NOT_ETHERNET(8, true, "interface {0} is not Ethernet ({1})", "an Ethernet interface is named {0}"),
    TRACKED_ABSENT(9, true, "tracked interface {0} does not exist", "an interface named {0} appears"),
    TRACKED_DOWN(10, true, "tracked interface {0} is down", "{0} is up and running"),
    TRACKED_UP(11, true, "tracked interface {0} is up (reverse)", "{0} goes down"),
    ADDRESS_INTERFACE_DOWN(12, true, "interface {0} of a virtual address is down or absent", "{0} is up and running"),
    SOCKET_FAILED(13, true, "cannot receive on {0}: {1}", "the socket can be opened; it is retried"),
    VMAC_FAILED(14, true, "cannot make VMAC {0}: {1}", "the kernel accepts it; it is retried"),
    SYNC_GROUP(15, true, "sync group {0}: {1} is in FAULT", "{1} leaves FAULT"),
    /** Not a reason for FAULT: the instance is MASTER without this address. */
    ADDRESS_FAILED(16, false, "cannot install {0}: {1}", "the kernel accepts it; it is retried"),
    /** Not a reason for FAULT: somebody removes this address again and again. */
    ADDRESS_CONTESTED(17, false, "{0} was removed {1} times by another program", "it stays in place"),
    /** Not a reason for FAULT: advertisements are refused by the kernel. */
    SEND_FAILED(18, false, "cannot send on {0}: {1}", "a send succeeds; every advertisement tries"),
    /** Not a reason for FAULT: a sysctl that VRRP wants has another value. */
    SYSCTL_FAILED(19, false, "cannot set {0}: {1}", "it can be set; it is retried"),
    /** Not a reason for FAULT, which would lead to the next attempt as MASTER: the VMAC of a MASTER stays down. */
    VMAC_DOWN(20, false, "cannot set VMAC {0} up or down: {1}", "the kernel accepts it; it is retried"),
    /** Not a reason for FAULT, which would close the socket: a MASTER may not hear another with the same VMAC. */
    VMAC_DEAF(21, false, "cannot receive on VMAC {0}: {1}", "the socket can be opened; it is retried"),
    UNICAST_PEERS_MISSING(140, true, "{0} uses unicast, but has no unicast_peer",
            "a configuration that names one is loaded"),
    /** Not a reason for FAULT: the addresses answer though no_accept says that they must not. */
    ACCEPT_NOT_REFUSED(160, false, "no_accept is not enforced: {1}", "nft accepts the rules; it is retried"),
    SCRIPT_FAILED(100, true, "vrrp_script {0} failed: {1}", "{2}"),
    SCRIPT_PENDING(101, true, "vrrp_script {0} has no result yet", "its first run ends"),
    SCRIPT_SUCCEEDED(102, true, "vrrp_script {0} succeeds (reverse)", "{1}"),
    FILE_NOT_ZERO(103, true, "track_file {0} is {1}", "it is 0"),
    FILE_ZERO(104, true, "track_file {0} is {1} (reverse)", "it is another number than 0"),
    FILE_TOO_LOW(105, true, "track_file {0} is {1}, which is worth -254 or less with weight {2}",
            "it is worth more than -254"),
    FILE_PENDING(106, true, "track_file {0} has not been read yet", "it is read"),
    PROCESSES_MISSING(107, true, "vrrp_track_process {0}: {1}", "{2} run for long enough"),
    PROCESSES_PRESENT(108, true, "vrrp_track_process {0} has its quorum (reverse): {1}", "it has not"),
    PROCESSES_PENDING(109, true, "vrrp_track_process {0} has not been counted yet", "it is counted"),
    LINK_SETTLING(110, true, "interface {0} is up, but not for {1} yet (interface_up_down_delays)",
            "{0} stays up for {1}");

    private final int number;
    private final boolean blocking;
    private final String reasonPattern;
    private final String clearsPattern;

    FaultReason(int number, boolean blocking, String reasonPattern, String clearsPattern) {
        this.number = number;
        this.blocking = blocking;
        this.reasonPattern = reasonPattern;
        this.clearsPattern = clearsPattern;
    }

    public int number() {
        return number;
    }

    /** True when the instance is in FAULT while this holds. */
    public boolean blocking() {
        return blocking;
    }

    /** Nothing failed: what is tracked has only not been looked at for the first time. */
    public boolean isPending() {
        return this == SCRIPT_PENDING || this == FILE_PENDING || this == PROCESSES_PENDING;
    }

    public String reason(String subject, String detail) {
        return fill(reasonPattern, subject, detail);
    }

    public String clearsWhen(String subject, String detail) {
        return fill(clearsPattern, subject, detail);
    }

    private static String fill(String pattern, String subject, String detail) {
        int end = detail.indexOf('\n');
        String first = end < 0 ? detail : detail.substring(0, end);
        return pattern.replace("{0}", subject).replace("{1}", first).replace("{2}", detail.substring(end + 1));
    }

    public static FaultReason ofNumber(int number) {
        for (FaultReason reason : values()) {
            if (reason.number == number) {
                return reason;
            }
        }
        throw new IllegalArgumentException("Expected the number of a fault reason, but found " + number);
    }
}
