package org.vrrpd.daemon.runtime;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.inet.IpAddress;

/** What a kernel with one interface answers, for warming up: every request succeeds. Writes one datagram at a time. */
final class PretendedKernel {

    /** No real one has this index. */
    static final int INTERFACE = Integer.MAX_VALUE;
    private static final int MESSAGE_HEADER = 16;
    private static final int LINK_HEADER = 16;
    private static final int ETHERNET = 1;
    private static final int RUNNING = IFF_UP | IFF_RUNNING | IFF_MULTICAST | IFF_LOWER_UP | 2;
    private static final byte[] MAC = {2, 0, 0, 0, 0, 1};

    private final String interfaceName;
    private final IpAddress ipv4;
    private final IpAddress ipv6;
    private final ByteBuffer out;
    private int end;

    /** @param bigEndian where the datagrams go, behind a record's header */
    PretendedKernel(String interfaceName, IpAddress ipv4, IpAddress ipv6, ByteBuffer bigEndian) {
        this.interfaceName = interfaceName;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.out = bigEndian.duplicate().order(ByteOrder.nativeOrder());
    }

    /** Returns the length of the datagram that answers the request. */
    int answer(EffectKind kind, long effectId, byte[] request) {
        end = Event.HEADER_BYTES;
        int sequence = (int) effectId;
        switch (kind) {
            case DUMP_LINKS -> {
                link(sequence);
                done(sequence);
            }
            case DUMP_ADDRESSES -> {
                address(sequence, ipv4, AF_INET, 24, RT_SCOPE_UNIVERSE);
                address(sequence, ipv6, AF_INET6, 64, RT_SCOPE_LINK);
                done(sequence);
            }
            default -> {
                if (kind == EffectKind.ADD_ADDRESS || kind == EffectKind.REMOVE_ADDRESS) {
                    notifyOf(request); // a request about an address has the form of the notification
                }
                acknowledge(sequence);
            }
        }
        return end - Event.HEADER_BYTES;
    }

    private void link(int sequence) {
        int start = begin(RTM_NEWLINK, NLM_F_MULTI, sequence);
        out.putShort(end, (short) AF_UNSPEC);
        out.putShort(end + 2, (short) ETHERNET);
        out.putInt(end + 4, INTERFACE);
        out.putInt(end + 8, RUNNING);
        out.putInt(end + 12, 0);
        end += LINK_HEADER;
        attribute(IFLA_IFNAME, (interfaceName + "\0").getBytes(StandardCharsets.US_ASCII));
        attribute(IFLA_ADDRESS, MAC);
        attribute(IFLA_MTU, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1500).array());
        attribute(IFLA_OPERSTATE, new byte[] {OPER_UP});
        attribute(IFLA_CARRIER, new byte[] {1});
        finish(start);
    }

    private void address(int sequence, IpAddress address, int family, int prefixLength, int scope) {
        int start = begin(RTM_NEWADDR, NLM_F_MULTI, sequence);
        out.put(end, (byte) family);
        out.put(end + 1, (byte) prefixLength);
        out.put(end + 2, (byte) IFA_F_PERMANENT);
        out.put(end + 3, (byte) scope);
        out.putInt(end + 4, INTERFACE);
        end += 8;
        byte[] bytes = new byte[address.family().addressBytes()];
        address.write(ByteBuffer.wrap(bytes), 0);
        attribute(IFA_ADDRESS, bytes);
        if (family == AF_INET) {
            attribute(IFA_LOCAL, bytes);
        }
        finish(start);
    }

    private void done(int sequence) {
        int start = begin(NLMSG_DONE, NLM_F_MULTI, sequence);
        out.putInt(end, 0);
        end += 4;
        finish(start);
    }

    private void acknowledge(int sequence) {
        int start = begin(NLMSG_ERROR, NLM_F_CAPPED, sequence);
        out.putInt(end, 0);
        for (int i = 4; i < 4 + MESSAGE_HEADER; i += 4) {
            out.putInt(end + i, 0);
        }
        out.putInt(end + 4 + 8, sequence); // of the request, whose header is repeated
        end += 4 + MESSAGE_HEADER;
        finish(start);
    }

    private void notifyOf(byte[] request) {
        out.put(end, request);
        out.putShort(end + 6, (short) 0);
        out.putInt(end + 8, 0);
        end += request.length + 3 & ~3;
    }

    private int begin(int type, int flags, int sequence) {
        int start = end;
        out.putShort(start + 4, (short) type);
        out.putShort(start + 6, (short) flags);
        out.putInt(start + 8, sequence);
        out.putInt(start + 12, 0);
        end += MESSAGE_HEADER;
        return start;
    }

    private void attribute(int type, byte[] value) {
        out.putShort(end, (short) (4 + value.length));
        out.putShort(end + 2, (short) type);
        out.putInt(end + 4 + value.length, 0); // the padding
        out.put(end + 4, value);
        end += 4 + value.length + 3 & ~3;
    }

    private void finish(int start) {
        out.putInt(start, end - start);
    }
}
