package org.vrrpd.proto.rtnetlink;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.*;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.inet.MacAddress;

/**
 * Each method writes one whole request at {@code offset} and returns its length. All but the dumps ask for an
 * acknowledgement, so that the outcome of every request is known.
 */
public final class RtnetlinkRequests {

    private static final int LINK_HEADER = 16;
    private static final int ADDRESS_HEADER = 8;
    private static final int CHANGE = NLM_F_REQUEST | NLM_F_ACK;

    private RtnetlinkRequests() {}

    public static int dumpLinks(ByteBuffer out, int offset, int sequence) {
        int at = beginLink(out, offset, RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, sequence, 0);
        return finish(out, offset, at);
    }

    /** Of both families. */
    public static int dumpAddresses(ByteBuffer out, int offset, int sequence) {
        int at = beginHeader(out, offset, RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, sequence);
        out.putLong(at, 0);
        return finish(out, offset, at + ADDRESS_HEADER);
    }

    /**
     * An address that is there already is left as it is, and the answer is EEXIST: whose it is and what it is like, the
     * caller has been told by the kernel. To replace it would make an operator's own address pass for one of ours.
     */
    public static int addAddress(
            ByteBuffer out, int offset, int sequence, int interfaceIndex, VirtualAddress address) {
        IpAddress local = address.address();
        boolean ipv6 = local.family() == Family.IPV6;
        int at = beginAddress(out, offset, RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, sequence,
                interfaceIndex, local.family(), address.prefixLength(), ipv6 ? 0 : address.scope());
        at = putAddress(out, at, IFA_LOCAL, local);
        at = putAddress(out, at, IFA_ADDRESS, address.peer() == null ? local : address.peer());
        at = address.broadcast() == null ? at : putAddress(out, at, IFA_BROADCAST, address.broadcast());
        at = address.label() == null ? at : putText(out, at, IFA_LABEL, address.label());
        at = putInt(out, at, IFA_FLAGS, flags(address));
        at = putByte(out, at, IFA_PROTO, OUR_ADDRESS_PROTOCOL);
        at = ipv6 ? putLifetimes(out, at, address.preferredLifetimeSeconds()) : at;
        return finish(out, offset, at);
    }

    private static int flags(VirtualAddress address) {
        boolean ipv6 = address.address().family() == Family.IPV6;
        return (ipv6 && !address.duplicateAddressDetection() ? IFA_F_NODAD : 0)
                | (address.home() ? IFA_F_HOMEADDRESS : 0)
                | (address.manageTemporary() ? IFA_F_MANAGETEMPADDR : 0)
                | (address.noPrefixRoute() ? IFA_F_NOPREFIXROUTE : 0)
                | (address.autoJoin() ? IFA_F_MCAUTOJOIN : 0);
    }

    /** As an operator would add it, not as ours; an IPv6 address goes through duplicate address detection. */
    public static int addPlainAddress(
            ByteBuffer out, int offset, int sequence, int interfaceIndex, IpAddress address, int prefixLength,
            int scope) {
        int at = beginAddress(out, offset, RTM_NEWADDR, CHANGE | NLM_F_CREATE | NLM_F_EXCL, sequence,
                interfaceIndex, address.family(), prefixLength, scope);
        at = putAddress(out, at, IFA_LOCAL, address);
        at = putAddress(out, at, IFA_ADDRESS, address);
        return finish(out, offset, at);
    }

    /** Of an address without peer. */
    public static int removeAddress(
            ByteBuffer out, int offset, int sequence, int interfaceIndex, IpAddress address, int prefixLength) {
        return removeAddress(out, offset, sequence, interfaceIndex, address, prefixLength, null);
    }

    /**
     * The kernel does not find an IPv4 address unless all three are told as they are.
     *
     * @param peer null: none
     */
    public static int removeAddress(
            ByteBuffer out, int offset, int sequence, int interfaceIndex, IpAddress local, int prefixLength,
            IpAddress peer) {
        int at = beginAddress(
                out, offset, RTM_DELADDR, CHANGE, sequence, interfaceIndex, local.family(), prefixLength, 0);
        at = putAddress(out, at, IFA_LOCAL, local);
        // Left out, the prefix length would not be looked at, and another entry of the same address might go.
        at = putAddress(out, at, IFA_ADDRESS, peer == null ? local : peer);
        return finish(out, offset, at);
    }

    /**
     * In private mode, administratively down. The index and the flags are in the RTM_NEWLINK that comes before the
     * acknowledgement. Linux (6.18) takes the alias only in a {@link #setAlias} of its own and ignores it here, and it
     * refuses IFLA_AF_SPEC here: {@link #setAddressGenerationNone} has to follow before the link is set up.
     */
    public static int createMacvlan(
            ByteBuffer out, int offset, int sequence, int parentIndex, String name, long mac, String alias) {
        int at = beginLink(out, offset, RTM_NEWLINK, CHANGE | NLM_F_CREATE | NLM_F_EXCL, sequence, 0);
        at = putInt(out, at, IFLA_LINK, parentIndex);
        at = putText(out, at, IFLA_IFNAME, name);
        at = putText(out, at, IFLA_IFALIAS, alias);
        MacAddress.write(mac, out, at + Attributes.HEADER);
        at = putAttribute(out, at, IFLA_ADDRESS, 6);
        int linkInfo = at;
        at = putText(out, at + Attributes.HEADER, IFLA_INFO_KIND, "macvlan");
        int data = at;
        at = putInt(out, at + Attributes.HEADER, IFLA_MACVLAN_MODE, MACVLAN_MODE_PRIVATE);
        putNest(out, data, IFLA_INFO_DATA, at);
        putNest(out, linkInfo, IFLA_LINKINFO, at);
        return finish(out, offset, at);
    }

    public static int deleteLink(ByteBuffer out, int offset, int sequence, int interfaceIndex) {
        return finish(out, offset, beginLink(out, offset, RTM_DELLINK, CHANGE, sequence, interfaceIndex));
    }

    public static int setLinkUp(ByteBuffer out, int offset, int sequence, int interfaceIndex, boolean up) {
        int at = beginLink(out, offset, RTM_SETLINK, CHANGE, sequence, interfaceIndex);
        NativeOrder.putInt(out, at - 8, up ? IFF_UP : 0);
        NativeOrder.putInt(out, at - 4, IFF_UP); // which of the flags are meant
        return finish(out, offset, at);
    }

    /**
     * RFC 9568 section 7.4: no interface identifier may come from the virtual MAC, so the kernel must not make a
     * link-local address of its own.
     */
    public static int setAddressGenerationNone(ByteBuffer out, int offset, int sequence, int interfaceIndex) {
        int specification = beginLink(out, offset, RTM_SETLINK, CHANGE, sequence, interfaceIndex);
        int inet6 = specification + Attributes.HEADER;
        int at = putByte(out, inet6 + Attributes.HEADER, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
        putNest(out, inet6, AF_INET6, at);
        putNest(out, specification, IFLA_AF_SPEC, at);
        return finish(out, offset, at);
    }

    public static int setAlias(ByteBuffer out, int offset, int sequence, int interfaceIndex, String alias) {
        int at = beginLink(out, offset, RTM_SETLINK, CHANGE, sequence, interfaceIndex);
        return finish(out, offset, putText(out, at, IFLA_IFALIAS, alias));
    }

    private static int beginHeader(ByteBuffer out, int offset, int type, int flags, int sequence) {
        NativeOrder.putShort(out, offset + 4, type);
        NativeOrder.putShort(out, offset + 6, flags);
        NativeOrder.putInt(out, offset + 8, sequence);
        NativeOrder.putInt(out, offset + 12, 0);
        return offset + NetlinkCursor.HEADER;
    }

    private static int beginLink(ByteBuffer out, int offset, int type, int flags, int sequence, int index) {
        int at = beginHeader(out, offset, type, flags, sequence);
        out.putLong(at, 0);
        NativeOrder.putInt(out, at + 4, index);
        out.putLong(at + 8, 0);
        return at + LINK_HEADER;
    }

    private static int beginAddress(
            ByteBuffer out, int offset, int type, int flags, int sequence, int index, Family family,
            int prefixLength, int scope) {
        int at = beginHeader(out, offset, type, flags, sequence);
        out.put(at, (byte) family.linuxNumber());
        out.put(at + 1, (byte) prefixLength);
        out.put(at + 2, (byte) 0);
        out.put(at + 3, (byte) scope);
        NativeOrder.putInt(out, at + 4, index);
        return at + ADDRESS_HEADER;
    }

    private static int finish(ByteBuffer out, int offset, int end) {
        NativeOrder.putInt(out, offset, end - offset);
        return end - offset;
    }

    private static int putAddress(ByteBuffer out, int at, int type, IpAddress address) {
        address.write(out, at + Attributes.HEADER);
        return putAttribute(out, at, type, address.family().addressBytes());
    }

    private static int putInt(ByteBuffer out, int at, int type, int value) {
        NativeOrder.putInt(out, at + Attributes.HEADER, value);
        return putAttribute(out, at, type, 4);
    }

    private static int putByte(ByteBuffer out, int at, int type, int value) {
        out.put(at + Attributes.HEADER, (byte) value);
        return putAttribute(out, at, type, 1);
    }

    /** With the zero behind it that the kernel wants. */
    private static int putText(ByteBuffer out, int at, int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put(at + Attributes.HEADER, bytes);
        out.put(at + Attributes.HEADER + bytes.length, (byte) 0);
        return putAttribute(out, at, type, bytes.length + 1);
    }

    /** Preferred as given, valid for ever, and the two times of creation that only the kernel tells. */
    private static int putLifetimes(ByteBuffer out, int at, long preferredSeconds) {
        NativeOrder.putInt(out, at + Attributes.HEADER, (int) preferredSeconds);
        NativeOrder.putInt(out, at + Attributes.HEADER + 4, -1);
        out.putLong(at + Attributes.HEADER + 8, 0);
        return putAttribute(out, at, IFA_CACHEINFO, 16);
    }

    /** Writes the header before a payload that is there already, pads behind it, and returns the offset behind that. */
    private static int putAttribute(ByteBuffer out, int at, int type, int payloadLength) {
        NativeOrder.putShort(out, at, Attributes.HEADER + payloadLength);
        NativeOrder.putShort(out, at + 2, type);
        int end = at + Attributes.HEADER + payloadLength;
        int aligned = at + Attributes.HEADER + NativeOrder.align(payloadLength);
        for (; end < aligned; end++) {
            out.put(end, (byte) 0);
        }
        return aligned;
    }

    private static void putNest(ByteBuffer out, int at, int type, int end) {
        NativeOrder.putShort(out, at, end - at);
        NativeOrder.putShort(out, at + 2, type);
    }
}
