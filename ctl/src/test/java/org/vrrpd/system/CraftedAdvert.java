package org.vrrpd.system;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * An advertisement of the {@link Neighbour}, made here and not by the project's codec, so that a mistake of the codec
 * cannot hide itself. The usual one: VRRPv3, VRID 51, every 100 ms, the usual VIP.
 *
 * @param interval in centiseconds (version 2: its whole seconds are sent)
 * @param password of VRRPv2's simple authentication; empty: none
 * @param destination a multicast group, or the one router that hears it
 */
record CraftedAdvert(int version, int vrid, int priority, int interval, List<String> addresses, String source,
        String destination, int ttl, String password) {

    static final String MAC = "02:00:00:00:00:63";
    static final String IPV4 = "10.1.0.99";
    static final String IPV6 = "fe80::99";

    private static final int VRRP = 112;

    static CraftedAdvert ipv4(int priority) {
        return new CraftedAdvert(3, 51, priority, 10, List.of(VirtualRouter.VIP4), IPV4, "224.0.0.18", 255, "");
    }

    static CraftedAdvert ipv6(int priority) {
        return new CraftedAdvert(3, 51, priority, 10, List.of(VirtualRouter.VIP6), IPV6, "ff02::12", 255, "");
    }

    /** Every second, which is the fastest that version 2 can say. */
    static CraftedAdvert version2(int priority) {
        return new CraftedAdvert(2, 51, priority, 100, List.of(VirtualRouter.VIP4), IPV4, "224.0.0.18", 255, "");
    }

    CraftedAdvert vrid(int value) {
        return new CraftedAdvert(version, value, priority, interval, addresses, source, destination, ttl, password);
    }

    CraftedAdvert every(int centiseconds) {
        return new CraftedAdvert(version, vrid, priority, centiseconds, addresses, source, destination, ttl, password);
    }

    CraftedAdvert listing(String... others) {
        return new CraftedAdvert(
                version, vrid, priority, interval, List.of(others), source, destination, ttl, password);
    }

    CraftedAdvert from(String address) {
        return new CraftedAdvert(version, vrid, priority, interval, addresses, address, destination, ttl, password);
    }

    CraftedAdvert to(String address) {
        return new CraftedAdvert(version, vrid, priority, interval, addresses, source, address, ttl, password);
    }

    CraftedAdvert ttl(int value) {
        return new CraftedAdvert(version, vrid, priority, interval, addresses, source, destination, value, password);
    }

    CraftedAdvert password(String text) {
        return new CraftedAdvert(version, vrid, priority, interval, addresses, source, destination, ttl, text);
    }

    /** As a whole frame; one that goes to a single router needs that router's MAC. */
    String hex(String routerMac) {
        byte[] message = message();
        byte[] from = bytes(source);
        byte[] to = bytes(destination);
        ByteBuffer frame = ByteBuffer.allocate(14 + (from.length == 4 ? 20 : 40) + message.length);
        frame.put(mac(multicastMac(to, routerMac))).put(mac(MAC));
        if (from.length == 4) {
            frame.putShort((short) 0x0800).put(ipv4Header(from, to, message.length));
        } else {
            frame.putShort((short) 0x86dd).putInt(0x6c000000).putShort((short) message.length);
            frame.put((byte) VRRP).put((byte) ttl).put(from).put(to);
        }
        return HexFormat.of().formatHex(frame.put(message).array());
    }

    private static String multicastMac(byte[] to, String routerMac) {
        boolean multicast = to.length == 4 ? (to[0] & 0xf0) == 0xe0 : to[0] == (byte) 0xff;
        if (!multicast) {
            return routerMac;
        }
        return to.length == 4 ? String.format("01:00:5e:%02x:%02x:%02x", to[1] & 0x7f, to[2], to[3])
                : String.format("33:33:%02x:%02x:%02x:%02x", to[12], to[13], to[14], to[15]);
    }

    private byte[] ipv4Header(byte[] from, byte[] to, int length) {
        ByteBuffer header = ByteBuffer.allocate(20);
        header.put((byte) 0x45).put((byte) 0xc0).putShort((short) (20 + length)).putInt(0x00010000);
        header.put((byte) ttl).put((byte) VRRP).putShort((short) 0).put(from).put(to);
        return header.putShort(10, checksum(header.array(), 0)).array();
    }

    private byte[] message() {
        byte[] from = bytes(source);
        int trailer = version == 2 ? 8 : 0;
        ByteBuffer message = ByteBuffer.allocate(8 + addresses.size() * from.length + trailer);
        message.put((byte) (version << 4 | 1)).put((byte) vrid).put((byte) priority).put((byte) addresses.size());
        if (version == 2) {
            message.put((byte) (password.isEmpty() ? 0 : 1)).put((byte) (interval / 100));
        } else {
            message.putShort((short) interval);
        }
        message.putShort((short) 0);
        addresses.forEach(address -> message.put(bytes(address)));
        message.put(password.getBytes(StandardCharsets.US_ASCII));
        int pseudo = version == 2 ? 0
                : words(from) + words(bytes(destination)) + VRRP + message.capacity();
        return message.putShort(6, checksum(message.array(), pseudo)).array();
    }

    static short checksum(byte[] data, int start) {
        int sum = start + words(data);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    static int words(byte[] data) {
        int sum = 0;
        for (int i = 0; i < data.length; i++) {
            sum += (data[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Expected an address, but found " + address, e);
        }
    }

    private static byte[] mac(String text) {
        return HexFormat.ofDelimiter(":").parseHex(text);
    }
}
