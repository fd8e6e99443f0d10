package org.vrrpd.proto.rtnetlink;

import java.nio.ByteBuffer;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * An RTM_NEWADDR or RTM_DELADDR, read in place: wrap it again for the next one. Attributes that are missing or
 * malformed have the values that the methods name.
 */
public final class AddressMessage {

    /** The lifetime of an address that does not expire. */
    public static final long FOREVER = -1;
    /** The lifetime when the message does not tell it. */
    public static final long ABSENT = -2;
    private static final int HEADER = 8;

    private final Attributes attributes = new Attributes();
    private ByteBuffer buffer;
    private int header;
    private Family family;
    private int flags;
    private int protocol;
    private int localOffset;
    private int addressOffset;
    private int labelOffset;
    private int labelLength;
    private long preferredSeconds;
    private long validSeconds;

    /** False: too short. */
    public boolean wrap(NetlinkCursor c) {
        if (c.payloadLength() < HEADER) {
            return false;
        }
        buffer = c.buffer();
        header = c.payloadOffset();
        family = switch (buffer.get(header)) {
            case NetlinkConstants.AF_INET -> Family.IPV4;
            case NetlinkConstants.AF_INET6 -> Family.IPV6;
            default -> null;
        };
        flags = buffer.get(header + 2) & 255;
        protocol = 0;
        localOffset = -1;
        addressOffset = -1;
        labelLength = 0;
        preferredSeconds = ABSENT;
        validSeconds = ABSENT;
        attributes.wrap(buffer, header + HEADER, c.payloadLength() - HEADER);
        while (attributes.next()) {
            take();
        }
        return true;
    }

    private void take() {
        switch (attributes.type()) {
            case NetlinkConstants.IFA_ADDRESS -> addressOffset = offsetOfAddress();
            case NetlinkConstants.IFA_LOCAL -> localOffset = offsetOfAddress();
            case NetlinkConstants.IFA_LABEL -> {
                labelOffset = attributes.offset();
                labelLength = Attributes.textLength(buffer, labelOffset, attributes.length());
            }
            case NetlinkConstants.IFA_FLAGS -> flags = attributes.integer(flags);
            case NetlinkConstants.IFA_PROTO -> protocol = attributes.unsignedByte(0);
            case NetlinkConstants.IFA_CACHEINFO -> {
                if (attributes.length() >= 8) {
                    preferredSeconds = lifetime(attributes.offset());
                    validSeconds = lifetime(attributes.offset() + 4);
                }
            }
            default -> { }
        }
    }

    private int offsetOfAddress() {
        return family != null && attributes.length() == family.addressBytes() ? attributes.offset() : -1;
    }

    private long lifetime(int offset) {
        int seconds = NativeOrder.getInt(buffer, offset);
        return seconds == -1 ? FOREVER : seconds & 0xFFFF_FFFFL;
    }

    /** Null if it is neither IPv4 nor IPv6. */
    public Family family() {
        return family;
    }

    public int prefixLength() {
        return buffer.get(header + 1) & 255;
    }

    /** IFA_F_*. */
    public int flags() {
        return flags;
    }

    /** RT_SCOPE_*. */
    public int scope() {
        return buffer.get(header + 3) & 255;
    }

    public int interfaceIndex() {
        return NativeOrder.getInt(buffer, header + 4);
    }

    /** Who added it (IFA_PROTO); 0: not told. */
    public int protocol() {
        return protocol;
    }

    /** False: the message has no address of its family, and none may be asked for. */
    public boolean hasAddress() {
        return localOffset >= 0 || addressOffset >= 0;
    }

    /** The local address, not that of a peer; null if there is none. Allocates. */
    public IpAddress address() {
        return hasAddress() ? IpAddress.read(family, buffer, offset()) : null;
    }

    /** The other end of a point-to-point address; null if there is none. Allocates. */
    public IpAddress peer() {
        if (localOffset < 0 || addressOffset < 0) {
            return null;
        }
        IpAddress other = IpAddress.read(family, buffer, addressOffset);
        return addressEquals(other) ? null : other;
    }

    /** Without allocating. */
    public boolean addressEquals(IpAddress expected) {
        if (!hasAddress() || expected.family() != family) {
            return false;
        }
        return family == Family.IPV4
                ? expected.matches(0, buffer.getInt(offset()) & 0xFFFF_FFFFL)
                : expected.matches(buffer.getLong(offset()), buffer.getLong(offset() + 8));
    }

    private int offset() {
        return localOffset >= 0 ? localOffset : addressOffset;
    }

    /** Empty if there is none. Allocates. */
    public String label() {
        return Attributes.text(buffer, labelOffset, labelLength);
    }

    /** {@link #FOREVER}, {@link #ABSENT} or what is left. */
    public long preferredSeconds() {
        return preferredSeconds;
    }

    /** {@link #FOREVER}, {@link #ABSENT} or what is left. */
    public long validSeconds() {
        return validSeconds;
    }
}
