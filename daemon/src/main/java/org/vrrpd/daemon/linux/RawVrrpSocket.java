package org.vrrpd.daemon.linux;

import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

import java.nio.ByteBuffer;

/** Hears IP protocol 112 of one family, sent to one multicast group, on one interface. */
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
     * @param nowNanos its queue is empty at that time
     */
    public RawVrrpSocket(int id, Family family, int interfaceIndex, IpAddress group, long nowNanos)
            throws NativeCallException {
        this.id = id;
        this.family = family;
        this.interfaceIndex = interfaceIndex;
        this.emptyNanos = nowNanos;
        fd = Linux.socket(family.linuxNumber(), Constants.SOCK_RAW, Constants.IPPROTO_VRRP);
        try {
            Linux.setOption(fd, Constants.SOL_SOCKET, SO_BINDTOIFINDEX, interfaceIndex, "SO_BINDTOIFINDEX");
            Linux.setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
            Linux.setOption(fd, Constants.SOL_SOCKET, Constants.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
            if (family == Family.IPV4) {
                joinIpv4(group);
            } else {
                joinIpv6(group);
            }
        } catch (NativeCallException e) {
            Linux.C.close(fd);
            throw e;
        }
    }

    private void joinIpv4(IpAddress group) throws NativeCallException {
        Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
        Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_PKTINFO, 1, "IP_PKTINFO");
        NativeMemory membership = NativeMemory.allocate(12);
        writeAddress(group, membership, 0);
        membership.bytes().putInt(8, interfaceIndex);
        Linux.setOption(fd, Constants.IPPROTO_IP, Constants.IP_ADD_MEMBERSHIP, membership, "IP_ADD_MEMBERSHIP");
        NativeMemory address = NativeMemory.allocate(IPV4_ADDRESS_BYTES);
        address.bytes().putShort(0, (short) Constants.AF_INET);
        writeAddress(group, address, 4);
        Linux.check(Linux.C.bind(fd, address.address(), IPV4_ADDRESS_BYTES), "bind");
    }

    private void joinIpv6(IpAddress group) throws NativeCallException {
        Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_MULTICAST_ALL, 0, "IPV6_MULTICAST_ALL");
        Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
        Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
        NativeMemory membership = NativeMemory.allocate(20);
        writeAddress(group, membership, 0);
        membership.bytes().putInt(16, interfaceIndex);
        Linux.setOption(fd, Constants.IPPROTO_IPV6, Constants.IPV6_ADD_MEMBERSHIP, membership, "IPV6_ADD_MEMBERSHIP");
        NativeMemory address = NativeMemory.allocate(IPV6_ADDRESS_BYTES);
        address.bytes().putShort(0, (short) Constants.AF_INET6);
        writeAddress(group, address, 8);
        address.bytes().putInt(24, interfaceIndex);
        Linux.check(Linux.C.bind(fd, address.address(), IPV6_ADDRESS_BYTES), "bind");
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
