package org.vrrpd.proto.vrrp;

/**
 * What a right checksum covers. RFC 9568 section 5.2.8 leaves the pseudo-header out over IPv4, while most deployed
 * VRRPv3 routers, following RFC 5798, put it in; both have to be understood.
 */
public enum ChecksumForm {
    INVALID("invalid"),
    MESSAGE_ONLY("message only"),
    PSEUDO_HEADER("with pseudo-header"),
    /** Of unicast; never from reading alone, see {@link Advertisement#isChecksumOverGroup}. */
    GROUP_PSEUDO_HEADER("with the multicast group in the pseudo-header");

    private final String text;

    ChecksumForm(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
