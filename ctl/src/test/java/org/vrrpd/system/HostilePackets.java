package org.vrrpd.system;

import java.util.HexFormat;
import java.util.List;

/** Frames that claim to be advertisements for VRID 51 and are not: one fault each, and none else. */
final class HostilePackets {

    private static final int IP = 14;
    private static final int VRRP = IP + 20;

    private HostilePackets() {}

    static List<String> all() {
        return List.of(badChecksum(), badTtl(), badType(), badVersion(), tooShort());
    }

    /** A correct one of a station of its own, with a priority that wins: proof that the others fail by their fault. */
    static String valid(int priority) {
        return hex(advertisement(priority));
    }

    static String badChecksum() {
        byte[] frame = advertisement(250);
        frame[VRRP + 6] ^= 0x55;
        return hex(frame);
    }

    static String badTtl() {
        byte[] frame = advertisement(250);
        frame[IP + 8] = 64;
        return hex(checksummedHeader(frame));
    }

    static String badType() {
        byte[] frame = advertisement(250);
        frame[VRRP] = 0x32;
        return hex(checksummedMessage(frame));
    }

    static String badVersion() {
        byte[] frame = advertisement(250);
        frame[VRRP] = 0x41;
        return hex(checksummedMessage(frame));
    }

    /** Says that it lists more addresses than there are. */
    static String tooShort() {
        byte[] frame = advertisement(250);
        frame[VRRP + 3] = 9;
        return hex(checksummedMessage(frame));
    }

    private static byte[] advertisement(int priority) {
        byte[] frame = HexFormat.of().parseHex("01005e000012" + Observer.GUN_MAC.replace(":", "") + "0800"
                + "45c0" + "0020" + "0001" + "0000" + "ff70" + "0000" + "0a010063" + "e0000012"
                + "3133" + String.format("%02x", priority) + "01" + "000a" + "0000" + "0a010033");
        return checksummedMessage(checksummedHeader(frame));
    }

    private static byte[] checksummedHeader(byte[] frame) {
        frame[IP + 10] = 0;
        frame[IP + 11] = 0;
        store(frame, IP + 10, sum(frame, IP, 20, 0));
        return frame;
    }

    private static byte[] checksummedMessage(byte[] frame) {
        frame[VRRP + 6] = 0;
        frame[VRRP + 7] = 0;
        int length = frame.length - VRRP;
        int pseudo = sum(frame, IP + 12, 8, 0) + 112 + length;
        store(frame, VRRP + 6, sum(frame, VRRP, length, pseudo));
        return frame;
    }

    private static int sum(byte[] frame, int at, int length, int start) {
        int sum = start;
        for (int i = at; i < at + length; i += 2) {
            sum += (frame[i] & 0xff) << 8 | frame[i + 1] & 0xff;
        }
        return sum;
    }

    private static void store(byte[] frame, int at, int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        folded = ~((folded & 0xffff) + (folded >>> 16));
        frame[at] = (byte) (folded >> 8);
        frame[at + 1] = (byte) folded;
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }
}
