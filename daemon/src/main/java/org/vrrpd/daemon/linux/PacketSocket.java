package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;

/**
 * Sends whole Ethernet frames on any interface, many with one call. It receives nothing (protocol 0), and what it sends
 * is not looped back to this host's receive sockets.
 *
 * <p>Add frames, {@link #flush}, and ask for the errno of each; the buffer that holds the frames must not change
 * between.
 */
public final class PacketSocket implements OutgoingBatch, AutoCloseable {

    private static final int ANY_PROTOCOL = 0;
    /** Network control, which the usual queueing disciplines send first. */
    private static final int PRIORITY = 7;
    private static final int ADDRESS_BYTES = 20;
    private static final int PROTOCOL = 2;
    private static final int INTERFACE = 4;
    private static final int HARDWARE_LENGTH = 11;
    private static final int HARDWARE_ADDRESS = 12;
    private static final int MAC_BYTES = 6;
    private static final int ETHER_TYPE = 12;
    private static final int ETHERNET_HEADER_BYTES = 14;

    private final int fd;
    private final NativeMemory addresses = NativeMemory.allocate(BATCH * ADDRESS_BYTES);
    private final MessageHeader messages = new MessageHeader(BATCH);
    private final int[] errors = new int[BATCH];
    private int count;

    public PacketSocket() throws NativeCallException {
        fd = Linux.socket(Constants.AF_PACKET, Constants.SOCK_RAW, ANY_PROTOCOL);
        Linux.tryOption(fd, Constants.SOL_SOCKET, Constants.SO_PRIORITY, PRIORITY);
        for (int i = 0; i < BATCH; i++) {
            addresses.bytes().putShort(i * ADDRESS_BYTES, (short) Constants.AF_PACKET);
            addresses.bytes().put(i * ADDRESS_BYTES + HARDWARE_LENGTH, (byte) MAC_BYTES);
        }
    }

    @Override
    public boolean isFull() {
        return count == BATCH;
    }

    @Override
    public void add(int interfaceIndex, ByteBuffer direct, int offset, int length) {
        int at = count * ADDRESS_BYTES;
        addresses.bytes().putInt(at + INTERFACE, interfaceIndex);
        if (length >= ETHERNET_HEADER_BYTES) {
            for (int i = 0; i < MAC_BYTES; i++) {
                addresses.bytes().put(at + HARDWARE_ADDRESS + i, direct.get(offset + i));
            }
            addresses.bytes().put(at + PROTOCOL, direct.get(offset + ETHER_TYPE));
            addresses.bytes().put(at + PROTOCOL + 1, direct.get(offset + ETHER_TYPE + 1));
        }
        messages.name(count, addresses.address() + at, ADDRESS_BYTES);
        messages.data(count, NativeMemory.addressOf(direct) + offset, length);
        count++;
    }

    @Override
    public int flush() {
        int flushed = count;
        Linux.sendEach(fd, messages, flushed, errors);
        count = 0;
        return flushed;
    }

    @Override
    public int errno(int index) {
        return errors[index];
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
