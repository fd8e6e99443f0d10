package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;

/**
 * Packets that leave with one call. Add some, {@link #flush}, and ask for the errno of each; the buffer that holds them
 * must not change between.
 */
public interface OutgoingBatch {

    /** Packets in one call. */
    int BATCH = 64;

    boolean isFull();

    /** Takes a packet for the next flush. Too short a one is refused by the kernel there. */
    void add(int interfaceIndex, ByteBuffer direct, int offset, int length);

    /** Sends what was added, in that order; one that fails does not stop those behind it. Returns how many it was. */
    int flush();

    /** 0, or why the packet that was added as number {@code index} could not be sent by the last flush. */
    int errno(int index);
}
