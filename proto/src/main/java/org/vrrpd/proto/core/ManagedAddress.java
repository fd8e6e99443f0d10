package org.vrrpd.proto.core;

import org.vrrpd.proto.config.VirtualAddress;

/** One virtual address: what is wished (by the configuration), what is observed, and what was asked of the kernel. */
final class ManagedAddress {

    final VirtualAddress wish;
    final boolean excluded;
    final Backoff backoff = new Backoff();
    /** The link that holds it, as observed; 0: none. */
    int installedOn;
    /** The request under way; 0: none. */
    long pendingRequest;
    boolean adding;
    /** The last request to add it, and the link it was for. */
    long addRequest;
    int requestedOn;
    /** It was told to have gone again before the request to add it was answered. */
    boolean goneAgain;
    /** It was there before us, on an owner's interface: never ours to remove. */
    boolean foreign;
    String failure = "";
    /** How often another program has taken it away lately, and when last. */
    int taken;
    long lastTakenAt;
    /** While contested: not put back before this. */
    long notBefore;
    /** Announcements that are due, in rounds. */
    int roundsDue;

    ManagedAddress(VirtualAddress wish, boolean excluded) {
        this.wish = wish;
        this.excluded = excluded;
    }

    boolean isInstalled() {
        return installedOn != 0;
    }

    void save(SnapshotWriter out) {
        out.putInt(installedOn).putLong(pendingRequest).putBoolean(adding).putLong(addRequest).putInt(requestedOn)
                .putBoolean(goneAgain).putBoolean(foreign).putText(failure)
                .putInt(taken).putLong(lastTakenAt).putLong(notBefore).putInt(roundsDue);
        backoff.save(out);
    }

    void load(SnapshotReader in) {
        installedOn = in.getInt();
        pendingRequest = in.getLong();
        adding = in.getBoolean();
        addRequest = in.getLong();
        requestedOn = in.getInt();
        goneAgain = in.getBoolean();
        foreign = in.getBoolean();
        failure = in.getText();
        taken = in.getInt();
        lastTakenAt = in.getLong();
        notBefore = in.getLong();
        roundsDue = in.getInt();
        backoff.load(in);
    }
}
