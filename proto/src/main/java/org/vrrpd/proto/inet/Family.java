package org.vrrpd.proto.inet;

/** The address family of a virtual router. RFC 9568 section 6.4: VRID n of IPv4 and VRID n of IPv6 are two routers. */
public enum Family {
    IPV4(4, 2, 4, "IPv4"),
    IPV6(6, 10, 16, "IPv6");

    private final int number;
    private final int linuxNumber;
    private final int addressBytes;
    private final String text;

    Family(int number, int linuxNumber, int addressBytes, String text) {
        this.number = number;
        this.linuxNumber = linuxNumber;
        this.addressBytes = addressBytes;
        this.text = text;
    }

    /** 4 or 6. */
    public int number() {
        return number;
    }

    /** AF_INET or AF_INET6, as Linux numbers them. */
    public int linuxNumber() {
        return linuxNumber;
    }

    /** 4 or 16. */
    public int addressBytes() {
        return addressBytes;
    }

    public int addressBits() {
        return addressBytes * 8;
    }

    public String text() {
        return text;
    }

    public static Family ofNumber(int number) {
        return switch (number) {
            case 4 -> IPV4;
            case 6 -> IPV6;
            default -> throw new IllegalArgumentException("Expected family 4 or 6, but found " + number);
        };
    }
}
