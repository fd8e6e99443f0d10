package org.vrrpd.proto.simulation;

import java.util.TreeMap;

/**
 * What the sockets of a daemon that stands still can hold. Linux counts the memory that a packet takes, lets the last
 * one exceed the bound, and drops what comes then; a netlink socket that has dropped something takes nothing more
 * until it was read empty, and tells of it first (ENOBUFS).
 */
final class ReceiveBuffers {

    /** What the daemon asks for, twice: the kernel doubles it. */
    private static final int ASKED_BYTES = 2 * 1024 * 1024;
    /** A small packet of a network card, with its book-keeping. */
    private static final int PACKET_BYTES = 768;
    /** A message about a link, which Linux allots before it knows how much there is to say. */
    private static final int NETLINK_BYTES = 2304;

    /** More than this no socket gets, whatever it asks for. */
    int bytes = Integer.MAX_VALUE;
    /** By the socket's id, while nobody reads. */
    private final TreeMap<Integer, Integer> filled = new TreeMap<>();
    private int netlinkFilled;
    private boolean overrun;
    private boolean filling;

    /** Nobody reads from now on. */
    void fill() {
        filling = true;
    }

    /** All is read; true when something that the kernel told was lost. */
    boolean read() {
        boolean lost = overrun;
        filling = false;
        overrun = false;
        netlinkFilled = 0;
        filled.clear();
        return lost;
    }

    /** False: it is dropped, and nobody learns of it. */
    boolean takePacket(int socket) {
        int before = filled.getOrDefault(socket, 0);
        boolean takes = !filling || before < Math.min(bytes, ASKED_BYTES);
        filled.put(socket, takes && filling ? before + PACKET_BYTES : before);
        return takes;
    }

    /** False: it is lost. */
    boolean takeNetlink() {
        overrun |= filling && netlinkFilled >= Math.min(bytes, ASKED_BYTES);
        netlinkFilled += filling && !overrun ? NETLINK_BYTES : 0;
        return !overrun;
    }
}
