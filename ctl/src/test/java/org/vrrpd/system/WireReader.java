package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a router put on the wire, field by field and in words: what is as it should be (TTL 255, no fragments, a right
 * checksum, the router's own MAC, …) goes without saying, what is not is said.
 */
final class WireReader {

    /**
     * One frame of the router.
     *
     * @param subject of announcements the address, of advertisements what makes one stream of them
     * @param router the virtual router, by family and VRID
     * @param interval between advertisements, in nanoseconds; 0: not one of a stream
     */
    record Sent(long time, boolean announcement, String subject, String router, String text, long interval) {}

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int VRRP = 112;

    private final String ownMac;
    private final Map<String, String> owners = new LinkedHashMap<>();

    WireReader(String ownMac) {
        this.ownMac = ownMac;
    }

    /** Everything in the capture that the neighbour did not say. */
    List<Sent> read(Path capture) {
        ByteBuffer file;
        try {
            file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Sent> sent = new ArrayList<>();
        for (int at = FILE_HEADER; at + RECORD_HEADER <= file.limit();) {
            long time = Integer.toUnsignedLong(file.getInt(at)) * 1_000_000_000L + file.getInt(at + 4);
            int length = file.getInt(at + 8);
            if (at + RECORD_HEADER + length > file.limit()) {
                break;
            }
            frame(time, file.slice(at + RECORD_HEADER, length).order(ByteOrder.BIG_ENDIAN), sent);
            at += RECORD_HEADER + length;
        }
        return sent.stream().map(frame -> !frame.announcement() ? frame
                : new Sent(frame.time(), true, frame.subject(), owner(frame.subject()), frame.text(), 0)).toList();
    }

    /** The virtual router that lists the address; else the first there is, or the usual one if none is heard. */
    String owner(String address) {
        return owners.getOrDefault(Frame.canonical(address), owners.values().stream().findFirst().orElse("51"));
    }

    private void frame(long time, ByteBuffer frame, List<Sent> into) {
        int type = frame.getShort(12) & 0xffff;
        if (mac(frame, 6).equals(CraftedAdvert.MAC)) {
            return;
        }
        if (type == 0x0806 && Arrays.equals(bytes(frame, 28, 4), bytes(frame, 38, 4))) {
            into.add(new Sent(time, true, address(frame, 28, 4), "", garp(frame), 0));
        } else if (type == 0x0800 && (frame.get(23) & 0xff) == VRRP) {
            into.add(advertisement(time, frame, 4, 14 + (frame.get(14) & 0xf) * 4));
        } else if (type == 0x86dd && (frame.get(20) & 0xff) == VRRP) {
            into.add(advertisement(time, frame, 16, 54));
        } else if (type == 0x86dd && (frame.get(20) & 0xff) == 58 && (frame.get(54) & 0xff) == 136
                && (frame.get(58) & 0x40) == 0) {
            into.add(new Sent(time, true, address(frame, 62, 16), "", neighbourAdvertisement(frame), 0));
        }
    }

    private Sent advertisement(long time, ByteBuffer frame, int size, int at) {
        int version = (frame.get(at) & 0xff) >> 4;
        int priority = frame.get(at + 2) & 0xff;
        int count = frame.get(at + 3) & 0xff;
        int millis = version == 3 ? (frame.getShort(at + 4) & 0xfff) * 10 : (frame.get(at + 5) & 0xff) * 1000;
        List<String> listed = IntStream.range(0, count).map(i -> at + 8 + i * size)
                .filter(i -> i + size <= frame.limit()).mapToObj(i -> address(frame, i, size)).toList();
        String source = address(frame, size == 4 ? 26 : 22, size);
        String destination = address(frame, size == 4 ? 30 : 38, size);
        String vrid = (size == 4 ? "" : "IPv6 ") + (frame.get(at + 1) & 0xff);
        listed.forEach(address -> owners.putIfAbsent(address, vrid));
        StringBuilder text = new StringBuilder("advert ").append(vrid).append(" priority ").append(priority);
        text.append(" v").append(version).append(" every ").append(millis).append(" ms [");
        text.append(String.join(" ", listed)).append(']');
        text.append(" from ").append(source);
        boolean multicast = destination.equals("224.0.0.18") || destination.equals(Frame.canonical("ff02::12"));
        text.append(multicast ? "" : " to " + destination);
        oddities(text, frame, size, at, version);
        long interval = priority == 0 ? 0 : millis * 1_000_000L;
        return new Sent(time, false, vrid + ' ' + destination, vrid, text.toString(), interval);
    }

    private void oddities(StringBuilder text, ByteBuffer frame, int size, int at, int version) {
        int ttl = frame.get(size == 4 ? 22 : 21) & 0xff;
        text.append(ttl == 255 ? "" : " ttl " + ttl);
        int service = size == 4 ? frame.get(15) & 0xff : (frame.getShort(14) & 0x0ff0) >> 4;
        text.append(service == 0xc0 ? "" : " service " + Integer.toHexString(service));
        int length = size == 4 ? 14 + (frame.getShort(16) & 0xffff) - at : frame.getShort(18) & 0xffff;
        text.append(at + length == frame.limit() ? "" : " followed by " + (frame.limit() - at - length) + " bytes");
        if (size == 4) {
            text.append(frame.getShort(20) == 0 ? "" : " fragment " + Integer.toHexString(frame.getShort(20)));
            text.append(CraftedAdvert.checksum(bytes(frame, 14, at - 14), 0) == 0 ? "" : " BAD IP CHECKSUM");
        }
        byte[] message = bytes(frame, at, length);
        int pseudo = CraftedAdvert.words(bytes(frame, size == 4 ? 26 : 22, size * 2)) + VRRP + length;
        boolean plain = CraftedAdvert.checksum(message, 0) == 0;
        boolean covered = CraftedAdvert.checksum(message, pseudo) == 0;
        text.append(version == 2 && plain || version == 3 && covered ? ""
                : plain ? " checksum without pseudo-header" : covered ? " checksum with it" : " BAD CHECKSUM");
        if (version == 2) {
            byte[] secret = Arrays.copyOfRange(message, message.length - 8, message.length);
            text.append(message[4] == 0 ? "" : " auth " + message[4]);
            text.append(Arrays.equals(secret, new byte[8]) ? "" : " data " + HexFormat.of().formatHex(secret));
        }
        text.append(station(mac(frame, 6)));
    }

    private String station(String mac) {
        return mac.equals(ownMac) ? "" : " by " + mac;
    }

    private String garp(ByteBuffer frame) {
        int operation = frame.getShort(20);
        String target = mac(frame, 32);
        String sender = mac(frame, 22);
        return "GARP" + (operation == 1 ? "" : " operation " + operation)
                + (mac(frame, 0).equals("ff:ff:ff:ff:ff:ff") ? "" : " to " + mac(frame, 0))
                + (target.equals("ff:ff:ff:ff:ff:ff") ? "" : " target " + target)
                + station(mac(frame, 6)) + (sender.equals(mac(frame, 6)) ? "" : " of " + sender);
    }

    private String neighbourAdvertisement(ByteBuffer frame) {
        int flags = frame.get(58) & 0xff;
        String source = address(frame, 22, 16);
        String target = address(frame, 62, 16);
        return "NA" + ((flags & 0x80) == 0 ? "" : " router") + ((flags & 0x20) == 0 ? "" : " override")
                + (mac(frame, 0).equals("33:33:00:00:00:01") ? "" : " to " + mac(frame, 0))
                + (source.equals(target) ? "" : " from " + source) + ((frame.get(21) & 0xff) == 255 ? "" : " hops")
                + station(mac(frame, 6));
    }

    private static byte[] bytes(ByteBuffer frame, int at, int length) {
        byte[] copy = new byte[length];
        frame.get(at, copy);
        return copy;
    }

    private static String mac(ByteBuffer frame, int at) {
        return HexFormat.ofDelimiter(":").formatHex(bytes(frame, at, 6));
    }

    private static String address(ByteBuffer frame, int at, int size) {
        String text = HexFormat.of().formatHex(bytes(frame, at, size));
        if (size == 4) {
            return (frame.get(at) & 0xff) + "." + (frame.get(at + 1) & 0xff) + "." + (frame.get(at + 2) & 0xff) + "."
                    + (frame.get(at + 3) & 0xff);
        }
        return Frame.canonical(text.replaceAll("(....)(?!$)", "$1:"));
    }
}
