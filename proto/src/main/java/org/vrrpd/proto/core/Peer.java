package org.vrrpd.proto.core;

import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;

/** The router last heard as master: who, how strong, and its habits. */
final class Peer {

    private boolean known;
    private long addressHigh;
    private long addressLow;
    private int priority;
    private ChecksumForm checksum;
    /** Said once for each master, not for each packet. */
    private boolean toldInterval;
    private boolean toldAddresses;
    private boolean toldMaster;

    /** Remembers the sender. Allocates nothing. */
    void heard(Advertisement advertisement) {
        boolean another = !isSenderOf(advertisement);
        boolean wasKnown = known;
        known = true;
        addressHigh = advertisement.sourceHigh();
        addressLow = advertisement.sourceLow();
        priority = advertisement.priority();
        if (another && wasKnown) {
            toldInterval = false;
            toldAddresses = false;
        }
        toldMaster &= !another;
    }

    boolean isSenderOf(Advertisement advertisement) {
        return known && addressHigh == advertisement.sourceHigh() && addressLow == advertisement.sourceLow();
    }

    boolean isMasterTold() {
        return toldMaster;
    }

    void masterTold() {
        toldMaster = true;
    }

    void forget() {
        known = false;
        priority = 0;
        toldInterval = false;
        toldAddresses = false;
        toldMaster = false;
    }

    /** True when the habit is new. */
    boolean computesChecksum(ChecksumForm form) {
        boolean isNew = checksum != form;
        checksum = form;
        return isNew;
    }

    /** True the first time for this master. */
    boolean tellInterval() {
        boolean first = !toldInterval;
        toldInterval = true;
        return first;
    }

    /** True the first time for this master. */
    boolean tellAddresses() {
        boolean first = !toldAddresses;
        toldAddresses = true;
        return first;
    }

    /** Null when none is known. */
    IpAddress address(Family family) {
        return known ? new IpAddress(family, addressHigh, addressLow) : null;
    }

    int priority() {
        return priority;
    }

    /** Null when none was heard. */
    ChecksumForm checksum() {
        return checksum;
    }

    void save(SnapshotWriter out) {
        out.putBoolean(known).putLong(addressHigh).putLong(addressLow).putInt(priority)
                .putInt(checksum == null ? -1 : checksum.ordinal()).putBoolean(toldInterval).putBoolean(toldAddresses)
                .putBoolean(toldMaster);
    }

    void load(SnapshotReader in) {
        known = in.getBoolean();
        addressHigh = in.getLong();
        addressLow = in.getLong();
        priority = in.getInt();
        int form = in.getInt();
        checksum = form < 0 ? null : ChecksumForm.values()[form];
        toldInterval = in.getBoolean();
        toldAddresses = in.getBoolean();
        toldMaster = in.getBoolean();
    }
}
