package org.vrrpd.proto.effect;

/**
 * Why an instance cannot work. Each is a predicate over what is observed; {@link #reason} and {@link #clearsWhen} are
 * what an operator reads. In the texts, {0} is the subject (an interface, an address, a group) and {1} the detail.
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
    ACCEPT_NOT_REFUSED(160, false, "no_accept is not enforced: {1}", "nft accepts the rules; it is retried");

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

    public String reason(String subject, String detail) {
        return fill(reasonPattern, subject, detail);
    }

    public String clearsWhen(String subject, String detail) {
        return fill(clearsPattern, subject, detail);
    }

    private static String fill(String pattern, String subject, String detail) {
        return pattern.replace("{0}", subject).replace("{1}", detail);
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
