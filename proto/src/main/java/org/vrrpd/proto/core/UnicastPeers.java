package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.TransportConfiguration;
import org.vrrpd.proto.config.UnicastConfiguration;
import org.vrrpd.proto.config.UnicastConfiguration.OldChecksum;
import org.vrrpd.proto.config.UnicastConfiguration.UnicastPeer;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;

/** To whom a router sends that uses unicast, what it accepts from whom, and how each of them computes checksums. */
final class UnicastPeers {

    private static final int LARGEST_TIME_TO_LIVE = 255;
    private static final IpAddress[] NOBODY = {};

    private TransportConfiguration transport;
    private IpAddress[] addresses = NOBODY;
    /** Who was last heard with the checksum of old keepalived. */
    private boolean[] old = {};
    private boolean checksSource;

    /** What is known about peers that stay is kept. */
    void configure(InstanceConfiguration configuration) {
        transport = configuration.transport();
        UnicastConfiguration unicast = transport.unicast();
        IpAddress[] next = unicast == null
                ? NOBODY : unicast.peers().stream().map(UnicastPeer::address).toArray(IpAddress[]::new);
        boolean[] nextOld = new boolean[next.length];
        for (int i = 0; i < next.length; i++) {
            int former = find(next[i].high(), next[i].low());
            nextOld[i] = former >= 0 && old[former];
        }
        addresses = next;
        old = nextOld;
        checksSource = unicast != null
                && (unicast.checkSource() || unicast.peers().stream().anyMatch(UnicastPeers::isLimited));
    }

    /** Limits are of no use if a packet can get around them by naming another source. */
    private static boolean isLimited(UnicastPeer peer) {
        return peer.minTimeToLive() > 0 || peer.maxTimeToLive() < LARGEST_TIME_TO_LIVE;
    }

    int count() {
        return addresses.length;
    }

    IpAddress address(int peer) {
        return addresses[peer];
    }

    boolean areAllLinkLocal() {
        for (IpAddress address : addresses) {
            if (!address.isLinkLocal()) {
                return false;
            }
        }
        return true;
    }

    private int find(long high, long low) {
        for (int i = 0; i < addresses.length; i++) {
            if (addresses[i].matches(high, low)) {
                return i;
            }
        }
        return -1;
    }

    /** Null when the sender may send that, else what to count. Allocates nothing. */
    CounterKind discard(Advertisement advertisement) {
        int sender = find(advertisement.sourceHigh(), advertisement.sourceLow());
        if (sender < 0) {
            return checksSource ? CounterKind.DISCARDED_SOURCE : null;
        }
        UnicastPeer peer = transport.unicast().peers().get(sender);
        boolean within = !isLimited(peer) || advertisement.timeToLive() >= peer.minTimeToLive()
                && advertisement.timeToLive() <= peer.maxTimeToLive();
        return within ? null : CounterKind.DISCARDED_TTL; // also when the kernel did not tell it
    }

    /** That of an advertisement, in whichever form. Allocates nothing. */
    ChecksumForm checksum(Advertisement advertisement) {
        ChecksumForm form = advertisement.checksum();
        boolean mayBeOld = form == ChecksumForm.INVALID && transport.isUnicast()
                && transport.unicast().oldChecksum() != OldChecksum.NEVER;
        return mayBeOld && advertisement.isChecksumOverGroup(transport.multicastGroup())
                ? ChecksumForm.GROUP_PSEUDO_HEADER : form;
    }

    void heard(Advertisement advertisement, ChecksumForm form) {
        int sender = find(advertisement.sourceHigh(), advertisement.sourceLow());
        if (sender >= 0) {
            old[sender] = form == ChecksumForm.GROUP_PSEUDO_HEADER;
        }
    }

    /** What a peer expects in the pseudo-header of a checksum of version 3 over IPv4; null: no pseudo-header. */
    IpAddress pseudoDestination(int peer) {
        if (transport.checksumWithoutPseudoHeader()) {
            return null;
        }
        boolean useOld = switch (transport.unicast().oldChecksum()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> old[peer];
        };
        return useOld ? transport.multicastGroup() : addresses[peer];
    }

    void save(SnapshotWriter out) {
        for (boolean each : old) {
            out.putBoolean(each);
        }
    }

    /** Configure first. */
    void load(SnapshotReader in) {
        for (int i = 0; i < old.length; i++) {
            old[i] = in.getBoolean();
        }
    }
}
