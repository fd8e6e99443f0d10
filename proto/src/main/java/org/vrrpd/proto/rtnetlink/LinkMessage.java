package org.vrrpd.proto.rtnetlink;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.MacAddress;

/**
 * An RTM_NEWLINK or RTM_DELLINK, read in place: wrap it again for the next one. Attributes that are missing or
 * malformed have the values that the methods name.
 */
public final class LinkMessage {

    private static final int HEADER = 16;
    private static final String MACVLAN = "macvlan";

    private final Attributes attributes = new Attributes();
    private final Attributes nested = new Attributes();
    private ByteBuffer buffer;
    private int header;
    private long mac;
    private int linkIndex;
    private int operationalState;
    private int mtu;
    private int macvlanMode;
    private boolean carrier;
    private boolean linkElsewhere;
    private int nameOffset;
    private int nameLength;
    private int kindOffset;
    private int kindLength;
    private int aliasOffset;
    private int aliasLength;

    /**
     * False unless the message describes a link: if it is too short, and for the two partial descriptions that come to
     * the same multicast group. Those are of another family (a bridge says so that a port left it, as an RTM_DELLINK
     * of a link that goes on to exist) and events of wireless drivers.
     */
    public boolean wrap(NetlinkCursor c) {
        if (c.payloadLength() < HEADER) {
            return false;
        }
        buffer = c.buffer();
        header = c.payloadOffset();
        mac = -1;
        linkIndex = 0;
        operationalState = NetlinkConstants.OPER_UNKNOWN;
        mtu = 0;
        macvlanMode = 0;
        carrier = true;
        linkElsewhere = false;
        nameLength = 0;
        kindLength = 0;
        aliasLength = 0;
        boolean describesLink = buffer.get(header) == NetlinkConstants.AF_UNSPEC;
        attributes.wrap(buffer, header + HEADER, c.payloadLength() - HEADER);
        while (attributes.next()) {
            describesLink &= attributes.type() != NetlinkConstants.IFLA_WIRELESS;
            take();
        }
        return describesLink;
    }

    private void take() {
        switch (attributes.type()) {
            case NetlinkConstants.IFLA_ADDRESS ->
                    mac = attributes.length() == 6 ? MacAddress.read(buffer, attributes.offset()) : -1;
            case NetlinkConstants.IFLA_IFNAME -> {
                nameOffset = attributes.offset();
                nameLength = Attributes.textLength(buffer, nameOffset, attributes.length());
            }
            case NetlinkConstants.IFLA_MTU -> mtu = attributes.integer(0);
            case NetlinkConstants.IFLA_LINK -> linkIndex = attributes.integer(0);
            case NetlinkConstants.IFLA_LINK_NETNSID -> linkElsewhere = true;
            case NetlinkConstants.IFLA_OPERSTATE ->
                    operationalState = attributes.unsignedByte(NetlinkConstants.OPER_UNKNOWN);
            case NetlinkConstants.IFLA_CARRIER -> carrier = attributes.unsignedByte(1) != 0;
            case NetlinkConstants.IFLA_IFALIAS -> {
                aliasOffset = attributes.offset();
                aliasLength = Attributes.textLength(buffer, aliasOffset, attributes.length());
            }
            case NetlinkConstants.IFLA_LINKINFO -> takeLinkInfo();
            default -> { }
        }
    }

    private void takeLinkInfo() {
        int dataOffset = 0;
        int dataLength = 0;
        nested.wrap(buffer, attributes.offset(), attributes.length());
        while (nested.next()) {
            if (nested.type() == NetlinkConstants.IFLA_INFO_KIND) {
                kindOffset = nested.offset();
                kindLength = Attributes.textLength(buffer, kindOffset, nested.length());
            } else if (nested.type() == NetlinkConstants.IFLA_INFO_DATA) {
                dataOffset = nested.offset();
                dataLength = nested.length();
            }
        }
        if (!textEquals(kindOffset, kindLength, MACVLAN)) {
            return; // the same numbers mean other things in the data of other kinds
        }
        nested.wrap(buffer, dataOffset, dataLength);
        while (nested.next()) {
            if (nested.type() == NetlinkConstants.IFLA_MACVLAN_MODE) {
                macvlanMode = nested.integer(0);
            }
        }
    }

    public int index() {
        return NativeOrder.getInt(buffer, header + 4);
    }

    /** IFF_*. */
    public int flags() {
        return NativeOrder.getInt(buffer, header + 8);
    }

    /** ARPHRD_*. */
    public int hardwareType() {
        return NativeOrder.getShort(buffer, header + 2);
    }

    /** The link that this one is on top of; 0: none, or in another network namespace, where indexes mean others. */
    public int linkIndex() {
        return linkElsewhere ? 0 : linkIndex;
    }

    /** OPER_*; unknown when not told. */
    public int operationalState() {
        return operationalState;
    }

    public int mtu() {
        return mtu;
    }

    /** 0 when it is no macvlan. */
    public int macvlanMode() {
        return macvlanMode;
    }

    /** True when not told. */
    public boolean hasCarrier() {
        return carrier;
    }

    /** -1 unless it has six bytes. */
    public long mac() {
        return mac;
    }

    /** Allocates. */
    public String name() {
        return Attributes.text(buffer, nameOffset, nameLength);
    }

    public boolean nameEquals(String s) {
        return textEquals(nameOffset, nameLength, s);
    }

    /** Such as "macvlan"; empty when not told. Allocates. */
    public String kind() {
        return Attributes.text(buffer, kindOffset, kindLength);
    }

    /** Empty if there is none. Allocates. */
    public String alias() {
        return Attributes.text(buffer, aliasOffset, aliasLength);
    }

    private boolean textEquals(int offset, int length, String s) {
        boolean ascii = true;
        boolean equal = length == s.length();
        for (int i = 0; i < length; i++) {
            byte b = buffer.get(offset + i);
            ascii &= b >= 0;
            equal &= i < s.length() && s.charAt(i) == b;
        }
        return ascii ? equal : Attributes.text(buffer, offset, length).equals(s);
    }
}
