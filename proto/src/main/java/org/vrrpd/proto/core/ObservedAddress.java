package org.vrrpd.proto.core;

import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/** An address as the kernel last described it. */
final class ObservedAddress {

    final IpAddress address;
    final int prefixLength;
    int flags;
    int scope;
    /** IFA_PROTO: who added it, 0 when the kernel does not say. */
    int protocol;
    /** The other end, of an address that has one; null: none. */
    IpAddress peer;
    /** We asked the kernel to remove it. A later dump that shows it knows better. */
    boolean leaving;
    /** We asked the kernel to remove it, also when that was refused. */
    boolean unwanted;
    /** The dump in which it was last seen. */
    int generation;

    ObservedAddress(IpAddress address, int prefixLength) {
        this.address = address;
        this.prefixLength = prefixLength;
    }

    /** RFC 4862 section 5.4: until detection has completed the address must not be used. */
    boolean isTentative() {
        return (flags & NetlinkConstants.IFA_F_TENTATIVE) != 0 && !isDuplicate();
    }

    boolean isDuplicate() {
        return (flags & NetlinkConstants.IFA_F_DADFAILED) != 0;
    }

    boolean isUsable() {
        return (flags & (NetlinkConstants.IFA_F_TENTATIVE | NetlinkConstants.IFA_F_DADFAILED)) == 0;
    }

    /** Its lifetime does not end. */
    boolean isPermanent() {
        return (flags & NetlinkConstants.IFA_F_PERMANENT) != 0;
    }

    boolean isSecondary() {
        return (flags & NetlinkConstants.IFA_F_SECONDARY) != 0;
    }

    /** True when a vrrpd, this one or an earlier one, added it. */
    boolean isOurs() {
        return protocol == NetlinkConstants.OUR_ADDRESS_PROTOCOL;
    }

    void save(SnapshotWriter out) {
        out.putAddress(address).putInt(prefixLength).putInt(flags).putInt(scope).putInt(protocol)
                .putAddress(peer).putBoolean(leaving).putBoolean(unwanted).putInt(generation);
    }

    static ObservedAddress load(SnapshotReader in) {
        ObservedAddress address = new ObservedAddress(in.getAddress(), in.getInt());
        address.flags = in.getInt();
        address.scope = in.getInt();
        address.protocol = in.getInt();
        address.peer = in.getAddress();
        address.leaving = in.getBoolean();
        address.unwanted = in.getBoolean();
        address.generation = in.getInt();
        return address;
    }
}
