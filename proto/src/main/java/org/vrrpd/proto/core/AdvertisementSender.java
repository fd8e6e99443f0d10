package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;

/** Builds a router's advertisements from its current state (RFC 9568 section 7.2) and knows whether they get out. */
final class AdvertisementSender {

    private final VirtualRouter router;
    private final CoreContext context;
    private IpAddress[] advertised;
    private int ipId;
    private long sentEffect;
    private long failedEffect = -1;
    private int failure;

    AdvertisementSender(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.context = context;
        refresh();
    }

    /** After a change of configuration. */
    void refresh() {
        advertised = router.configuration.virtualAddresses().stream()
                .map(each -> each.address()).toArray(IpAddress[]::new);
    }

    IpAddress[] advertised() {
        return advertised;
    }

    /** The errno of the last advertisement, when the kernel refused it; else 0. */
    int failure() {
        return failure;
    }

    /** Priority 0: the router leaves. Nothing is sent while there is no interface or no source. Allocates nothing. */
    void send(int priority) {
        ObservedLink base = router.base();
        IpAddress source = router.source();
        if (base == null || source == null) {
            return;
        }
        if (failure != 0 && failedEffect != sentEffect) {
            failure = 0; // the one before this went out
            context.moment().because(Cause.EFFECT_SUCCEEDED, "sending", "");
            context.routers().doubt(router);
        }
        InstanceConfiguration configuration = router.configuration;
        // section 7.3: the frame's source is the virtual MAC, unless the operator wants the interface's own
        boolean virtualMac = router.vmac != null && !configuration.vmac().transmitOnBase();
        long mac = virtualMac ? router.vmac.mac() : base.mac;
        Outbox outbox = context.outbox();
        int at = outbox.beginFrame(EffectKind.SEND_ADVERTISEMENT, router.id, base.index);
        int length = configuration.family() == Family.IPV4
                ? AdvertisementEncoder.encodeIpv4(
                        outbox.buffer(), at, mac, source, configuration.transport().multicastGroup(), nextIpId(),
                        configuration.version(), configuration.vrid(), priority,
                        configuration.advertisementIntervalNanos(), advertised,
                        !configuration.transport().checksumWithoutPseudoHeader())
                : AdvertisementEncoder.encodeIpv6(
                        outbox.buffer(), at, mac, source, configuration.transport().multicastGroup(),
                        configuration.vrid(), priority, configuration.advertisementIntervalNanos(), advertised);
        sentEffect = outbox.endFrame(length);
        router.counters.add(CounterKind.ADVERTISEMENTS_SENT);
    }

    /** Nothing more is sent: whether it could be is not known. */
    void stopped() {
        failure = 0;
    }

    /** 0 is left out: it would let the kernel choose. */
    private int nextIpId() {
        ipId = ipId >= 0xFFFF ? 1 : ipId + 1;
        return ipId;
    }

    /** True when the frame was our last advertisement. */
    boolean onFailed(long effectId, int errno) {
        if (effectId != sentEffect) {
            return false;
        }
        router.counters.add(CounterKind.SEND_FAILURES);
        failedEffect = effectId;
        if (failure != errno) {
            failure = errno;
            context.routers().doubt(router);
        }
        return true;
    }

    void save(SnapshotWriter out) {
        out.putInt(ipId).putLong(sentEffect).putLong(failedEffect).putInt(failure);
    }

    void load(SnapshotReader in) {
        ipId = in.getInt();
        sentEffect = in.getLong();
        failedEffect = in.getLong();
        failure = in.getInt();
    }
}
