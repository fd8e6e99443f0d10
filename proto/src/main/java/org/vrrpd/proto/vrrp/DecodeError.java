package org.vrrpd.proto.vrrp;

/** Why bytes are no VRRP message at all; what a well-formed message says is judged elsewhere. */
public enum DecodeError {
    NONE("no error"),
    SHORT_PACKET("shorter than its fixed header"),
    BAD_IP_HEADER("not an IPv4 header"),
    BAD_IP_LENGTH("the IP total length does not fit what arrived"),
    NOT_VRRP("the IP protocol is neither 112 nor 51"),
    BAD_AUTHENTICATION_HEADER("the authentication header is not one of HMAC-MD5-96 before VRRP"),
    FRAGMENT("a fragment"),
    UNKNOWN_VERSION("the VRRP version is neither 2 nor 3"),
    /** Never from wrapping: for who finds {@link Advertisement#isComplete} false, once the router is known. */
    LENGTH_MISMATCH("shorter than its count of addresses says");

    private final String text;

    DecodeError(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
