package org.vrrpd.daemon.linux;

import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

import java.nio.ByteBuffer;

/**
 * Hears one IP protocol of one family on one interface, sent to one multicast group, or to one address that the
 * interface has or had: what is sent elsewhere is left alone.
 */
public final class RawVrrpSocket implements AutoCloseable {

    private static final int SO_BINDTOIFINDEX = 62;
    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;
    private static final int IPV4_ADDRESS_BYTES = 16;
    private static final int IPV6_ADDRESS_BYTES = 28;

    private final int id;
    private final int fd;
    private final Family family;
    private final int interfaceIndex;
    private long emptyNanos;

    /**
     * @param id the core's name for it
     * @param protocol 112, or 51 for messages that are signed
     * @param address a multicast group, which is joined, or an address of the interface
     * @param nowNanos its queue is empty at that time
     */
    public RawVrrpSocket(
            int id, Family family, int protocol, int interfaceIndex, IpAddress address, long nowNanos)
            throws NativeCallException {
        this.id = id;
        this.family = family;
        this.interfaceIndex = interfaceIndex;
        this.emptyNanos = nowNanos;
        fd = Linux.socket(family.linuxNumber(), Constants.SOCK_RAW, protocol);
        try {
            Linux.setOption(fd, Constants.SOL_SOCKET, SO_BINDTOIFINDEX, interfaceIndex, "SO_BINDTOIFINDEX");
            Linux.setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
            Linux.setOption(fd, Constants.SOL_SOCKET, Constants.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
            askForDetails();
            if (address.isMulticast()) {
                join(address);
            } else {
                allowAbsent();
            }
            bind(address);
        } catch (NativeCallException e) {
            Linux.C.close(fd);
            throw e;
        }
    }

    /** The interface of each packet, and what an IPv6 socket does not show of the header. */
    private void askForDetails() throws NativeCallException {
        if (family == Family.IPV4) {
            Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_PKTINFO, 1, "IP_PKTINFO");
        } else {
            Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
            Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
        }
    }

    private void join(IpAddress group) throws NativeCallException {
        NativeMemory membership = NativeMemory.allocate(family.addressBytes() + (family == Family.IPV4 ? 8 : 4));
        writeAddress(group, membership, 0);
        membership.bytes().putInt(membership.bytes().capacity() - 4, interfaceIndex);
        if (family == Family.IPV4) {
            Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
            Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_ADD_MEMBERSHIP, membership, "IP_ADD_MEMBERSHIP");
        } else {
            Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_MULTICAST_ALL, 0, "IPV6_MULTICAST_ALL");
            Linux.setOption(
                    fd, Constants.IPPROTO_IPV6, Constants.IPV6_ADD_MEMBERSHIP, membership, "IPV6_ADD_MEMBERSHIP");
        }
    }

    /** The core opens it when it has seen the address; should it go away meanwhile, the core learns that, too. */
    private void allowAbsent() throws NativeCallException {
        if (family == Family.IPV4) {
            Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_FREEBIND, 1, "IP_FREEBIND");
        } else {
            Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_FREEBIND, 1, "IPV6_FREEBIND");
        }
    }

    private void bind(IpAddress address) throws NativeCallException {
        boolean ipv4 = family == Family.IPV4;
        NativeMemory name = NativeMemory.allocate(ipv4 ? IPV4_ADDRESS_BYTES : IPV6_ADDRESS_BYTES);
        name.bytes().putShort(0, (short) family.linuxNumber());
        writeAddress(address, name, ipv4 ? 4 : 8);
        if (!ipv4) {
            name.bytes().putInt(24, interfaceIndex);
        }
        Linux.check(Linux.C.bind(fd, name.address(), name.bytes().capacity()), "bind");
    }

    private static void writeAddress(IpAddress address, NativeMemory into, int offset) {
        ByteBuffer bigEndian = into.bytes().duplicate(); // a duplicate is big-endian
        address.write(bigEndian, offset);
    }

    public int id() {
        return id;
    }

    public int fd() {
        return fd;
    }

    public Family family() {
        return family;
    }

    /** A packet that arrived elsewhere came in before the socket was bound, and is none of ours. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** When its queue was last seen empty: what is in it has arrived later. */
    public long emptyNanos() {
        return emptyNanos;
    }

    public void seenEmpty(long nanos) {
        emptyNanos = nanos;
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
