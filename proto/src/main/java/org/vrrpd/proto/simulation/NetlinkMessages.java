package org.vrrpd.proto.simulation;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** Writes what the kernel says on an rtnetlink socket, byte for byte as Linux lays it out. */
final class NetlinkMessages {

    private final ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private int start;

    /** All messages since the last call, as one datagram. */
    byte[] take() {
        byte[] datagram = Arrays.copyOf(out.array(), out.position());
        out.clear();
        return datagram;
    }

    private NetlinkMessages begin(int type, int flags, int sequence) {
        start = out.position();
        out.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence).putInt(4711);
        return this;
    }

    private NetlinkMessages end() {
        out.putInt(start, out.position() - start);
        align();
        return this;
    }

    private void align() {
        while ((out.position() & 3) != 0) {
            out.put((byte) 0);
        }
    }

    private void attribute(int type, byte[] payload) {
        out.putShort((short) (4 + payload.length)).putShort((short) type).put(payload);
        align();
    }

    private void text(int type, String text) {
        attribute(type, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private void number(int type, int number) {
        attribute(type, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    }

    NetlinkMessages link(int type, int flags, int sequence, ModelKernel.Link link) {
        begin(type, flags, sequence);
        out.put((byte) 0).put((byte) 0).putShort((short) link.hardwareType).putInt(link.index)
                .putInt(link.flags()).putInt(0);
        text(IFLA_IFNAME, link.name);
        byte[] mac = new byte[6];
        ByteBuffer.wrap(mac).putShort((short) (link.mac >> 32)).putInt((int) link.mac);
        attribute(IFLA_ADDRESS, mac);
        if (!link.alias.isEmpty()) {
            text(IFLA_IFALIAS, link.alias);
        }
        if (link.parent != 0) {
            number(IFLA_LINK, link.parent);
            int info = out.position();
            out.putInt(0);
            text(IFLA_INFO_KIND, "macvlan");
            int data = out.position();
            out.putInt(0);
            number(IFLA_MACVLAN_MODE, MACVLAN_MODE_PRIVATE);
            nest(data, IFLA_INFO_DATA);
            nest(info, IFLA_LINKINFO);
        }
        return end();
    }

    private void nest(int at, int type) {
        out.putShort(at, (short) (out.position() - at)).putShort(at + 2, (short) type);
    }

    NetlinkMessages address(int type, int flags, int sequence, int index, ModelKernel.Address address) {
        begin(type, flags, sequence);
        boolean ipv6 = address.address.family() == Family.IPV6;
        out.put((byte) address.address.family().linuxNumber()).put((byte) address.prefix)
                .put((byte) address.flags).put((byte) address.scope).putInt(index);
        attribute(IFA_ADDRESS, bytes(address.peer == null ? address.address : address.peer));
        if (!ipv6 || address.peer != null) {
            attribute(IFA_LOCAL, bytes(address.address));
        }
        if (address.protocol != 0) {
            attribute(IFA_PROTO, new byte[] {(byte) address.protocol});
        }
        number(IFA_FLAGS, address.flags);
        return end();
    }

    private static byte[] bytes(IpAddress address) {
        byte[] bytes = new byte[address.family().addressBytes()];
        address.write(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    /** errno 0: the acknowledgement. */
    NetlinkMessages answer(int sequence, int errno, int requestType) {
        begin(NLMSG_ERROR, 0, sequence);
        out.putInt(-errno).putInt(16).putShort((short) requestType).putShort((short) 5).putInt(sequence).putInt(0);
        return end();
    }

    NetlinkMessages done(int sequence, int flags) {
        begin(NLMSG_DONE, NLM_F_MULTI | flags, sequence);
        out.putInt(0);
        return end();
    }
}
