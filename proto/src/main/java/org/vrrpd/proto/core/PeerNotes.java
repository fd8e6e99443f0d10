package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;

/**
 * Tells what is remarkable about the advertisements that are processed (RFC 9568 section 7.1): once for each master,
 * and each kind of note at most once in its spacing, so that masters that alternate fill no disk.
 */
final class PeerNotes {

    private static final long SPACING_NANOS = 60_000_000_000L;
    private static final long MASTER_SPACING_NANOS = 10_000_000_000L;
    private static final int CHECKSUM = 0;
    private static final int INTERVAL = 1;
    private static final int ADDRESSES = 2;
    private static final int MASTER = 3;
    private static final int SLOTS = 4;

    private final VirtualRouter router;
    private final long[] quietUntil = new long[SLOTS];

    PeerNotes(VirtualRouter router) {
        this.router = router;
    }

    private boolean mayTell(int slot, long spacing) {
        long now = router.moment().nowNanos();
        if (now < quietUntil[slot]) {
            return false;
        }
        quietUntil[slot] = now + spacing;
        return true;
    }

    /** A different interval or address list is told and processed, never dropped. Allocates nothing unless it tells. */
    void onValid(Advertisement advertisement) {
        Peer peer = router.peer;
        if (router.configuration.family() == Family.IPV4 && router.configuration.version() == 3) {
            ChecksumForm form = router.peers.checksum(advertisement);
            router.peers.heard(advertisement, form);
            if (peer.computesChecksum(form) && mayTell(CHECKSUM, SPACING_NANOS)) {
                tell(NoteKind.PEER_CHECKSUM, advertisement, form.text());
            }
        }
        if (advertisement.intervalNanos() != router.configuration.advertisementIntervalNanos()) {
            router.counters.add(CounterKind.INTERVAL_DIFFERS);
            if (peer.tellInterval() && mayTell(INTERVAL, SPACING_NANOS)) {
                tell(NoteKind.INTERVAL_DIFFERS, advertisement, advertisement.intervalNanos() / 1_000_000 + " ms");
            }
        }
        boolean looked = router.configuration.transport().skipAddressListCheck() && peer.isSenderOf(advertisement);
        if (!looked && !advertisement.addressesEqual(router.sender.advertised())) {
            router.counters.add(CounterKind.ADDRESS_LIST_DIFFERS);
            if (peer.tellAddresses() && mayTell(ADDRESSES, SPACING_NANOS)) {
                tell(NoteKind.ADDRESSES_DIFFER, advertisement, advertisement.addressCount() + " of them");
            }
        }
    }

    /** The sender is the master that is followed. */
    void onMaster(Advertisement advertisement) {
        router.peer.heard(advertisement);
        if (!router.peer.isMasterTold() && mayTell(MASTER, MASTER_SPACING_NANOS)) {
            router.peer.masterTold();
            tell(NoteKind.FOREIGN_MASTER, advertisement, Integer.toString(advertisement.priority()));
        }
    }

    private void tell(NoteKind kind, Advertisement advertisement, String detail) {
        router.note(kind, advertisement.source().toString(), detail, 1);
    }

    void save(SnapshotWriter out) {
        for (long until : quietUntil) {
            out.putLong(until);
        }
    }

    void load(SnapshotReader in) {
        for (int i = 0; i < SLOTS; i++) {
            quietUntil[i] = in.getLong();
        }
    }
}
