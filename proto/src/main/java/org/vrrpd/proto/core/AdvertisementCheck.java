package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;

/**
 * RFC 9568 section 7.1 and RFC 3768 section 7.1: what must hold before an advertisement may change anything. A packet
 * that fails is counted; it touches no state, no timer and nothing remembered about the peer, but for the sequence
 * number of AH once it is known to be authentic. The order is keepalived's, so that what is counted is, too.
 */
final class AdvertisementCheck {

    private static final int HOP_LIMIT = 255;

    private AdvertisementCheck() {}

    /**
     * Null when the advertisement is valid for the router, else what to count. Allocates nothing, unless it is to check
     * the signature of AH.
     */
    static CounterKind discard(VirtualRouter router, Advertisement advertisement) {
        InstanceConfiguration configuration = router.configuration;
        boolean unicast = configuration.transport().isUnicast();
        if (!router.authenticator.fitsHeader(advertisement)) {
            return CounterKind.DISCARDED_AUTHENTICATION_MISMATCH;
        }
        if (!unicast && advertisement.timeToLive() != HOP_LIMIT) {
            return CounterKind.DISCARDED_TTL; // section 5.1.1.3, 5.1.2.3: also when the kernel did not tell it
        }
        if (advertisement.version() != configuration.version()) {
            return CounterKind.DISCARDED_VERSION;
        }
        if (!advertisement.isComplete()) {
            return CounterKind.DISCARDED_LENGTH;
        }
        if (configuration.version() == 2) {
            CounterKind discard = discardVersion2(router, advertisement);
            if (discard != null) {
                return discard;
            }
        }
        if (advertisement.type() != Advertisement.TYPE_ADVERTISEMENT) {
            return CounterKind.DISCARDED_TYPE; // section 5.2.2
        }
        if (router.peers.checksum(advertisement) == ChecksumForm.INVALID) {
            return CounterKind.DISCARDED_CHECKSUM; // section 5.2.8; every form of the field is good (see Peer)
        }
        if (advertisement.isMulticast() == unicast) {
            return CounterKind.DISCARDED_DESTINATION;
        }
        return discardContent(router, advertisement);
    }

    private static CounterKind discardVersion2(VirtualRouter router, Advertisement advertisement) {
        CounterKind discard = router.authenticator.discard(advertisement, router.source()); // RFC 3768 section 5.3.6
        if (discard != null) {
            return discard;
        }
        if (advertisement.intervalNanos() != router.configuration.advertisementIntervalNanos()) {
            return CounterKind.DISCARDED_INTERVAL; // RFC 3768 section 7.1: v2 refuses another interval, v3 learns it
        }
        return null;
    }

    private static CounterKind discardContent(VirtualRouter router, Advertisement advertisement) {
        InstanceConfiguration configuration = router.configuration;
        if (advertisement.addressCount() == 0 && !configuration.virtualAddresses().isEmpty()) {
            return CounterKind.DISCARDED_COUNT; // erratum 8299; with no_virtual_ipaddress nobody has any
        }
        if (advertisement.intervalNanos() == 0) {
            return CounterKind.DISCARDED_INTERVAL; // erratum 8301
        }
        if (configuration.election().ownerIgnoresAdvertisements() && configuration.isOwner()) {
            return CounterKind.DISCARDED_OWNER;
        }
        if (configuration.version() == 2 && configuration.isOwner()) {
            return CounterKind.DISCARDED_OWNER; // RFC 3768 section 7.1; RFC 9568's erratum 8298 does not soften v2
        }
        return configuration.transport().isUnicast() ? router.peers.discard(advertisement) : null;
    }
}
