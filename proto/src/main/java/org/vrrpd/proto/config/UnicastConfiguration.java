package org.vrrpd.proto.config;

import java.util.List;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Advertisements go to named peers.
 *
 * @param peers none: unicast_fault_no_peer, a fault until a reload names one
 * @param timeToLive of what is sent, 0 to 255; 255 unless configured (IPv6 too; keepalived leaves it to the kernel: 64)
 * @param checkSource only what a peer sent is accepted
 * @param oldChecksum whether version 3 over IPv4 computes checksums as keepalived before 1.3.7 did
 */
public record UnicastConfiguration(
        List<UnicastPeer> peers, int timeToLive, boolean checkSource, OldChecksum oldChecksum) {

    public static final int DEFAULT_TIME_TO_LIVE = 255;

    /** The pseudo header of the old form has the multicast group for a destination. */
    public enum OldChecksum {
        /** Sent in the form that the peer was last heard with. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * @param minTimeToLive of what is received from it, 0 to 255
     * @param maxTimeToLive of what is received from it, 0 to 255
     */
    public record UnicastPeer(IpAddress address, int minTimeToLive, int maxTimeToLive) {}
}
