package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets received with one call, and what the kernel told about each. A packet lies in {@link #buffer} behind a
 * margin, in which the caller builds its record's head.
 */
public final class PacketBatch {

    public static final int NOT_TOLD = -1;
    private static final int PACKETS = 16;
    /** The longest advertisement has 4,148 bytes; what is longer is cut, which its length field then contradicts. */
    private static final int PACKET_BYTES = 7 * 1024;

    private static final int NAME_BYTES = 32;
    private static final int NAME_IPV6 = 8;
    private static final int CONTROL_BYTES = 160;
    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DATA = 16;
    private static final long SECOND = 1_000_000_000L;

    private final int margin;
    private final int slotBytes;
    private final ByteBuffer buffer;
    private final NativeMemory names = NativeMemory.allocate(PACKETS * NAME_BYTES);
    private final NativeMemory controls = NativeMemory.allocate(PACKETS * CONTROL_BYTES);
    private final ByteBuffer bigEndianNames = names.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer bigEndianControls = controls.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private final MessageHeader messages = new MessageHeader(PACKETS);
    private final int[] interfaces = new int[PACKETS];
    private final int[] hopLimits = new int[PACKETS];
    private final int[] destinations = new int[PACKETS];
    private final long[] stamps = new long[PACKETS];

    public PacketBatch(int margin) {
        this.margin = margin;
        this.slotBytes = margin + PACKET_BYTES + 7 & ~7;
        buffer = ByteBuffer.allocateDirect(PACKETS * slotBytes).order(ByteOrder.BIG_ENDIAN);
        long address = NativeMemory.addressOf(buffer);
        for (int i = 0; i < PACKETS; i++) {
            messages.data(i, address + i * slotBytes + margin, PACKET_BYTES);
        }
    }

    /** True when {@code count} packets were all that one call can fetch, so that more may wait. */
    public static boolean isFull(int count) {
        return count == PACKETS;
    }

    /** How many packets came; 0 when none waits. An error that the socket had pending is thrown, and then is gone. */
    public int receive(RawVrrpSocket socket) throws NativeCallException {
        for (int i = 0; i < PACKETS; i++) {
            messages.name(i, names.address() + i * NAME_BYTES, NAME_BYTES);
            messages.control(i, controls.address() + i * CONTROL_BYTES, CONTROL_BYTES);
        }
        int count = Linux.C.recvmmsg(socket.fd(), messages.address(0), PACKETS, Constants.MSG_DONTWAIT, 0);
        if (count < 0) {
            int errno = Linux.errno();
            if (Errno.EAGAIN.is(errno) || Errno.EINTR.is(errno)) {
                return 0;
            }
            throw new NativeCallException("recvmmsg", errno);
        }
        for (int i = 0; i < count; i++) {
            readControl(i);
        }
        return count;
    }

    private void readControl(int packet) {
        interfaces[packet] = NOT_TOLD;
        hopLimits[packet] = NOT_TOLD;
        destinations[packet] = NOT_TOLD;
        stamps[packet] = NOT_TOLD;
        int end = packet * CONTROL_BYTES + messages.controlLength(packet);
        int at = packet * CONTROL_BYTES;
        while (at + CONTROL_DATA <= end) {
            int length = (int) controls.bytes().getLong(at);
            if (length < CONTROL_DATA) {
                return;
            }
            readControlMessage(packet, controls.bytes().getInt(at + CONTROL_LEVEL),
                    controls.bytes().getInt(at + CONTROL_TYPE), at + CONTROL_DATA);
            at += length + 7 & ~7;
        }
    }

    private void readControlMessage(int packet, int level, int type, int data) {
        ByteBuffer bytes = controls.bytes();
        if (level == Constants.SOL_SOCKET && type == Constants.SO_TIMESTAMPNS) {
            stamps[packet] = bytes.getLong(data) * SECOND + bytes.getLong(data + 8);
        } else if (level == Constants.IPPROTO_IP && type == Constants.IP_PKTINFO) {
            interfaces[packet] = bytes.getInt(data);
        } else if (level == Constants.IPPROTO_IPV6 && type == Constants.IPV6_PKTINFO) {
            destinations[packet] = data;
            interfaces[packet] = bytes.getInt(data + 16);
        } else if (level == Constants.IPPROTO_IPV6 && type == Constants.IPV6_HOPLIMIT) {
            hopLimits[packet] = bytes.getInt(data) & 255;
        }
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Where the margin before packet {@code index} begins. */
    public int slotOffset(int index) {
        return index * slotBytes;
    }

    public int packetOffset(int index) {
        return index * slotBytes + margin;
    }

    public int packetLength(int index) {
        return messages.received(index);
    }

    /** The interface it arrived on, or {@link #NOT_TOLD}. */
    public int interfaceIndex(int index) {
        return interfaces[index];
    }

    /** Of IPv6, or {@link #NOT_TOLD}. */
    public int hopLimit(int index) {
        return hopLimits[index];
    }

    /** The wall clock when the kernel received it, or {@link #NOT_TOLD}. */
    public long stampNanos(int index) {
        return stamps[index];
    }

    /** Copies the 16 bytes of the IPv6 source. */
    public void copySource(int index, ByteBuffer out, int offset) {
        int at = index * NAME_BYTES + NAME_IPV6;
        out.putLong(offset, bigEndianNames.getLong(at));
        out.putLong(offset + 8, bigEndianNames.getLong(at + 8));
    }

    /** Copies the 16 bytes of the IPv6 destination; zeros when the kernel did not tell it. */
    public void copyDestination(int index, ByteBuffer out, int offset) {
        int at = destinations[index];
        out.putLong(offset, at == NOT_TOLD ? 0 : bigEndianControls.getLong(at));
        out.putLong(offset + 8, at == NOT_TOLD ? 0 : bigEndianControls.getLong(at + 8));
    }
}
