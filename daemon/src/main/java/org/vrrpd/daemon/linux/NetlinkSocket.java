package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one rtnetlink socket: requests, their answers and all notifications about links and addresses, in one order.
 * Every datagram is received into the same buffer, behind a margin that the caller chooses.
 */
public final class NetlinkSocket implements AutoCloseable {

    /** {@link #receive}: nothing waits. */
    public static final int NOTHING = 0;
    /** {@link #receive}: the kernel had to drop messages. */
    public static final int OVERRUN = -1;
    /** The kernel never makes a larger one. */
    private static final int DATAGRAM_BYTES = 64 * 1024;

    private static final int ADDRESS_BYTES = 12;
    private static final int ADDRESS_PORT = 4;

    private final int fd;
    private final ByteBuffer datagram;
    private final NativeMemory sender = NativeMemory.allocate(ADDRESS_BYTES);
    private final MessageHeader header = new MessageHeader(1);

    /** One that hears everything of links and addresses. */
    public NetlinkSocket(int receiveBufferBytes, int margin) throws NativeCallException {
        this(receiveBufferBytes, margin, true);
    }

    /** @param notified false: it hears only the answers to its own requests */
    public NetlinkSocket(int receiveBufferBytes, int margin, boolean notified) throws NativeCallException {
        datagram = ByteBuffer.allocateDirect(margin + DATAGRAM_BYTES).order(ByteOrder.BIG_ENDIAN);
        header.data(0, NativeMemory.addressOf(datagram) + margin, DATAGRAM_BYTES);
        fd = Linux.socket(Constants.AF_NETLINK, Constants.SOCK_RAW, Constants.NETLINK_ROUTE);
        try {
            configure(receiveBufferBytes, notified);
        } catch (NativeCallException e) {
            Linux.C.close(fd);
            throw e;
        }
    }

    private void configure(int receiveBufferBytes, boolean notified) throws NativeCallException {
        Linux.setReceiveBuffer(fd, receiveBufferBytes);
        Linux.tryOption(fd, Constants.SOL_NETLINK, Constants.NETLINK_EXT_ACK, 1);
        Linux.tryOption(fd, Constants.SOL_NETLINK, Constants.NETLINK_GET_STRICT_CHK, 1);
        sender.bytes().putShort(0, (short) Constants.AF_NETLINK);
        Linux.check(Linux.C.bind(fd, sender.address(), ADDRESS_BYTES), "bind");
        if (notified) {
            join(Constants.RTNLGRP_LINK, "RTNLGRP_LINK");
            join(Constants.RTNLGRP_IPV4_IFADDR, "RTNLGRP_IPV4_IFADDR");
            join(Constants.RTNLGRP_IPV6_IFADDR, "RTNLGRP_IPV6_IFADDR");
        }
    }

    private void join(int group, String name) throws NativeCallException {
        Linux.setOption(fd, Constants.SOL_NETLINK, Constants.NETLINK_ADD_MEMBERSHIP, group, name);
    }

    public int fd() {
        return fd;
    }

    /** Where the datagrams go. */
    public ByteBuffer datagram() {
        return datagram;
    }

    /**
     * The length of the next datagram of the kernel, or {@link #NOTHING}, or {@link #OVERRUN}. What other processes
     * send here is dropped: they could fake links.
     */
    public int receive() throws NativeCallException {
        while (true) {
            header.name(0, sender.address(), ADDRESS_BYTES);
            long length = Linux.C.recvmsg(fd, header.address(0), Constants.MSG_DONTWAIT);
            if (length < 0) {
                int errno = Linux.errno();
                if (Errno.EAGAIN.is(errno)) {
                    return NOTHING;
                }
                if (Errno.ENOBUFS.is(errno)) {
                    return OVERRUN;
                }
                if (!Errno.EINTR.is(errno)) {
                    throw new NativeCallException("recvmsg", errno);
                }
            } else if (length > 0 && sender.bytes().getInt(ADDRESS_PORT) == 0) {
                return (header.flags(0) & Constants.MSG_TRUNC) != 0 ? OVERRUN : (int) length;
            }
        }
    }

    /** Sends one request; returns 0 or the errno. The kernel acts on it before this returns. */
    public int send(ByteBuffer direct, int offset, int length) {
        while (true) {
            long sent = Linux.C.send(fd, NativeMemory.addressOf(direct) + offset, length, Constants.MSG_DONTWAIT);
            if (sent >= 0) {
                return 0;
            }
            int errno = Linux.errno();
            if (!Errno.EINTR.is(errno)) {
                return errno;
            }
        }
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
