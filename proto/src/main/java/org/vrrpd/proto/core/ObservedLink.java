package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/** A link as the kernel last described it, with its addresses in the order in which they were added. */
final class ObservedLink {

    final int index;
    String name = "";
    int flags;
    int hardwareType;
    /** -1 when it has none of six octets. */
    long mac = -1;
    /** The link below (of a macvlan or VLAN); 0: none. */
    int parentIndex;
    String kind = "";
    String alias = "";
    int macvlanMode;
    int generation;
    /** We asked the kernel to delete it: nobody may count on it any more. A later dump that shows it knows better. */
    boolean leaving;
    /** We asked the kernel to delete it, also when that was refused, and have no use for it since. */
    boolean unwanted;
    final List<ObservedAddress> addresses = new ArrayList<>();

    ObservedLink(int index) {
        this.index = index;
    }

    boolean isUp() {
        return (flags & NetlinkConstants.IFF_UP) != 0;
    }

    boolean isRunning() {
        return (flags & NetlinkConstants.IFF_RUNNING) != 0;
    }

    boolean isUpAndRunning() {
        return isUp() && isRunning();
    }

    boolean isEthernet() {
        return hardwareType == NetlinkConstants.ARPHRD_ETHER && mac >= 0;
    }

    boolean answersArp() {
        return (flags & NetlinkConstants.IFF_NOARP) == 0;
    }

    /** Null when the link has no such address. */
    ObservedAddress find(IpAddress address, int prefixLength) {
        for (ObservedAddress candidate : addresses) {
            if (candidate.prefixLength == prefixLength && candidate.address.equals(address)) {
                return candidate;
            }
        }
        return null;
    }

    void askedToDelete() {
        leaving = true;
        unwanted = true;
    }

    boolean holds(IpAddress address) {
        for (ObservedAddress candidate : addresses) {
            if (candidate.address.equals(address)) {
                return true;
            }
        }
        return false;
    }

    void save(SnapshotWriter out) {
        out.putInt(index).putText(name).putInt(flags).putInt(hardwareType).putLong(mac).putInt(parentIndex)
                .putText(kind).putText(alias).putInt(macvlanMode).putInt(generation).putBoolean(leaving)
                .putBoolean(unwanted).putInt(addresses.size());
        addresses.forEach(address -> address.save(out));
    }

    static ObservedLink load(SnapshotReader in) {
        ObservedLink link = new ObservedLink(in.getInt());
        link.name = in.getText();
        link.flags = in.getInt();
        link.hardwareType = in.getInt();
        link.mac = in.getLong();
        link.parentIndex = in.getInt();
        link.kind = in.getText();
        link.alias = in.getText();
        link.macvlanMode = in.getInt();
        link.generation = in.getInt();
        link.leaving = in.getBoolean();
        link.unwanted = in.getBoolean();
        for (int i = in.getInt(); i > 0; i--) {
            link.addresses.add(ObservedAddress.load(in));
        }
        return link;
    }
}
