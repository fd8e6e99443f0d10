package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.vrrp.Advertisement;

/**
 * Whether the owner of a router's addresses advertises from one of them, as one that has no other must (RFC 9568
 * section 5.1.1.1). Whoever stands in for it has the address too, and Linux discards IPv4 packets that come from an
 * address of its own, "martians": it would not hear the owner come back, and both would be MASTER for ever. The
 * interface's accept_local lets them in. It is asked for only where such an owner was heard, since it lets in what
 * others send from our addresses, too.
 */
final class MartianOwner {

    private final VirtualRouter router;
    private boolean heard;

    MartianOwner(VirtualRouter router) {
        this.router = router;
    }

    /** Allocates nothing, but for the first advertisements of an owner. True when it is news. */
    boolean onValid(Advertisement advertisement) {
        if (heard || advertisement.priority() != InstanceConfiguration.OWNER_PRIORITY
                || router.configuration.family() != Family.IPV4
                || !router.addresses.isConfigured(advertisement.source())) {
            return false;
        }
        heard = true;
        return true;
    }

    boolean mustBeLetIn() {
        return heard && !router.configuration.isOwner();
    }

    void save(SnapshotWriter out) {
        out.putBoolean(heard);
    }

    void load(SnapshotReader in) {
        heard = in.getBoolean();
    }
}
