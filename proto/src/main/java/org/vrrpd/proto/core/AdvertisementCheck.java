package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.vrrp.Advertisement;
import org.vrrpd.proto.vrrp.ChecksumForm;

/**
 * RFC 9568 section 7.1 and RFC 3768 section 7.1: what must hold before an advertisement may change anything. A packet
 * that fails is counted; it touches no state, no timer and nothing remembered about the peer.
 */
final class AdvertisementCheck {

    private static final int HOP_LIMIT = 255;

    private AdvertisementCheck() {}

    /** Null when the advertisement is valid for the router, else what to count. Allocates nothing. */
    static CounterKind discard(VirtualRouter router, Advertisement advertisement) {
        InstanceConfiguration configuration = router.configuration;
        if (advertisement.timeToLive() != HOP_LIMIT) {
            return CounterKind.DISCARDED_TTL; // section 5.1.1.3, 5.1.2.3: also when the kernel did not tell it
        }
        if (advertisement.version() != configuration.version()) {
            return CounterKind.DISCARDED_VERSION;
        }
        if (advertisement.type() != Advertisement.TYPE_ADVERTISEMENT) {
            return CounterKind.DISCARDED_TYPE; // section 5.2.2
        }
        if (!advertisement.isComplete()) {
            return CounterKind.DISCARDED_LENGTH;
        }
        if (advertisement.checksum() == ChecksumForm.INVALID) {
            return CounterKind.DISCARDED_CHECKSUM; // section 5.2.8; both forms of the field are good (see Peer)
        }
        if (advertisement.addressCount() == 0 && !configuration.virtualAddresses().isEmpty()) {
            return CounterKind.DISCARDED_COUNT; // erratum 8299; with no_virtual_ipaddress nobody has any
        }
        if (advertisement.intervalNanos() == 0) {
            return CounterKind.DISCARDED_INTERVAL; // erratum 8301
        }
        if (configuration.election().ownerIgnoresAdvertisements() && configuration.isOwner()) {
            return CounterKind.DISCARDED_OWNER;
        }
        return configuration.version() == 2 ? discardVersion2(configuration, advertisement) : null;
    }

    private static CounterKind discardVersion2(InstanceConfiguration configuration, Advertisement advertisement) {
        if (advertisement.authenticationType() != 0) {
            return CounterKind.DISCARDED_AUTHENTICATION; // RFC 3768 section 5.3.6
        }
        if (configuration.isOwner()) {
            return CounterKind.DISCARDED_OWNER; // RFC 3768 section 7.1; RFC 9568's erratum 8298 does not soften v2
        }
        if (advertisement.intervalNanos() != configuration.advertisementIntervalNanos()) {
            return CounterKind.DISCARDED_INTERVAL; // RFC 3768 section 7.1: v2 refuses another interval, v3 learns it
        }
        return null;
    }
}
