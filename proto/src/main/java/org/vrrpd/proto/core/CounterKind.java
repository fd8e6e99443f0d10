package org.vrrpd.proto.core;

/** What a router counts. The names are those of the status; the order is the one of snapshots. */
enum CounterKind {
    ADVERTISEMENTS_RECEIVED("advertisementsReceived"),
    ADVERTISEMENTS_SENT("advertisementsSent"),
    PRIORITY_ZERO_RECEIVED("priorityZeroReceived"),
    PRIORITY_ZERO_SENT("priorityZeroSent"),
    BECAME_MASTER("becameMaster"),
    RELEASED_MASTER("releasedMaster"),
    GRATUITOUS_ARPS_SENT("gratuitousArpsSent"),
    NEIGHBOR_ADVERTISEMENTS_SENT("neighborAdvertisementsSent"),
    SEND_FAILURES("sendFailures"),
    DISCARDED_TTL("discardedTtl"),
    DISCARDED_VERSION("discardedVersion"),
    DISCARDED_TYPE("discardedType"),
    DISCARDED_LENGTH("discardedLength"),
    DISCARDED_CHECKSUM("discardedChecksum"),
    /** The password or the signature is wrong, or the sequence number was used already. */
    DISCARDED_AUTHENTICATION("discardedAuthentication"),
    DISCARDED_INTERVAL("discardedInterval"),
    DISCARDED_COUNT("discardedCount"),
    DISCARDED_OWNER("discardedOwner"),
    IGNORED_IN_FAULT("ignoredInFault"),
    ADDRESS_LIST_DIFFERS("addressListDiffers"),
    INTERVAL_DIFFERS("intervalDiffers"),
    /** The type of authentication is none that exists. */
    DISCARDED_AUTHENTICATION_TYPE("discardedAuthenticationType"),
    /** It is another one than ours, or AH where we have none, or none where we have AH. */
    DISCARDED_AUTHENTICATION_MISMATCH("discardedAuthenticationMismatch"),
    /** Multicast to a router that uses unicast, or the reverse. */
    DISCARDED_DESTINATION("discardedDestination"),
    /** Not from a peer. */
    DISCARDED_SOURCE("discardedSource"),
    IGNORED_IN_STARTUP_DELAY("ignoredInStartupDelay");

    private final String text;

    CounterKind(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
