package org.vrrpd.system;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One captured frame, as far as VRRP is concerned. Decoded here and not by the codecs of the project, so that a
 * mistake of theirs cannot hide itself.
 *
 * @param time of the kernel's receipt, wall-clock nanoseconds
 * @param subject of GARPs and NAs: the address announced
 * @param interval in milliseconds
 */
public record Frame(long time, Kind kind, String mac, String source, String destination, String subject, int version,
        int vrid, int priority, int interval, List<String> addresses) {

    enum Kind { ADVERTISEMENT, GRATUITOUS_ARP, NEIGHBOUR_ADVERTISEMENT, OTHER }

    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86dd;
    private static final int VRRP = 112;
    private static final int AH = 51;
    private static final int AH_BYTES = 24;
    private static final int ICMPV6 = 58;
    private static final int ICMPV6_NA = 136;
    private static final int ETHERNET = 14;

    static Frame parse(long time, ByteBuffer bytes) {
        String mac = mac(bytes, 6);
        int type = bytes.getShort(12) & 0xffff;
        if (type == IPV4 && (bytes.get(23) & 0xff) == VRRP) {
            int start = ETHERNET + (bytes.get(14) & 0xf) * 4;
            return advertisement(time, mac, bytes, start, 26, 4);
        }
        if (type == IPV4 && (bytes.get(23) & 0xff) == AH && (bytes.get(ETHERNET + 20) & 0xff) == VRRP) {
            return advertisement(time, mac, bytes, ETHERNET + 20 + AH_BYTES, 26, 4);
        }
        if (type == IPV6 && (bytes.get(20) & 0xff) == VRRP) {
            return advertisement(time, mac, bytes, 54, 22, 16);
        }
        if (type == IPV6 && (bytes.get(20) & 0xff) == ICMPV6 && (bytes.get(54) & 0xff) == ICMPV6_NA) {
            return announcement(time, Kind.NEIGHBOUR_ADVERTISEMENT, mac, address(bytes, 62, 16));
        }
        if (type == ARP && address(bytes, 28, 4).equals(address(bytes, 38, 4))) {
            return announcement(time, Kind.GRATUITOUS_ARP, mac, address(bytes, 28, 4));
        }
        return announcement(time, Kind.OTHER, mac, "");
    }

    private static Frame advertisement(long time, String mac, ByteBuffer bytes, int at, int source, int size) {
        int version = (bytes.get(at) & 0xff) >> 4;
        int count = bytes.get(at + 3) & 0xff;
        int interval = version == 3 ? (bytes.getShort(at + 4) & 0xfff) * 10 : (bytes.get(at + 5) & 0xff) * 1000;
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count && at + 8 + (i + 1) * size <= bytes.limit(); i++) {
            addresses.add(address(bytes, at + 8 + i * size, size));
        }
        return new Frame(time, Kind.ADVERTISEMENT, mac, address(bytes, source, size),
                address(bytes, source + size, size), "", version, bytes.get(at + 1) & 0xff, bytes.get(at + 2) & 0xff,
                interval, List.copyOf(addresses));
    }

    private static Frame announcement(long time, Kind kind, String mac, String subject) {
        return new Frame(time, kind, mac, "", "", subject, 0, 0, 0, 0, List.of());
    }

    private static String mac(ByteBuffer bytes, int at) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append(i == 0 ? "" : ":").append(String.format("%02x", bytes.get(at + i) & 0xff));
        }
        return text.toString();
    }

    private static String address(ByteBuffer bytes, int at, int size) {
        byte[] raw = new byte[size];
        bytes.get(at, raw);
        try {
            return canonical(InetAddress.getByAddress(raw));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Expected 4 or 16 bytes, but found " + size, e);
        }
    }

    /** How the captured addresses are written, whichever way the text writes its zeros. */
    static String canonical(String text) {
        try {
            return canonical(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Expected an address, but found " + text, e);
        }
    }

    private static String canonical(InetAddress address) {
        return address.getHostAddress();
    }

    public boolean advertises() {
        return kind == Kind.ADVERTISEMENT;
    }

    public boolean announces(String address) {
        return subject.equals(canonical(address));
    }

    public static Predicate<Frame> advertFrom(String address) {
        String source = canonical(address);
        return frame -> frame.advertises() && frame.source().equals(source);
    }

    static Predicate<Frame> advertTo(String address) {
        String destination = canonical(address);
        return frame -> frame.advertises() && frame.destination().equals(destination);
    }

    /** A GARP or an unsolicited NA for the address. */
    static Predicate<Frame> announcementOf(String address) {
        String subject = canonical(address);
        return frame -> frame.subject().equals(subject);
    }

    @Override
    public String toString() {
        return Times.clock(time) + ' ' + kind + ' ' + mac + (advertises()
                ? ' ' + source + " v" + version + " vrid " + vrid + " priority " + priority + ' ' + addresses
                : ' ' + subject);
    }
}
