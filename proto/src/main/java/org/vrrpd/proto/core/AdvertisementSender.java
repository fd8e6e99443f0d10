package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.TransportConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.inet.EthernetHeader;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.AdvertisementContent;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;

/** Builds a router's advertisements from its current state (RFC 9568 section 7.2) and knows whether they get out. */
final class AdvertisementSender {

    private static final int TIME_TO_LIVE = 255;

    private final VirtualRouter router;
    private final CoreContext context;
    private IpAddress[] advertised;
    private AdvertisementContent content;
    private int ipId;
    /** The effects of the last advertisement: one, or one a peer. Their numbers are consecutive. */
    private long firstEffect;
    private long lastEffect;
    private long failedEffect = -1;
    /** Which of them failed first; of unicast that says which peer it was. */
    private int failedPeer;
    private int failure;

    AdvertisementSender(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.context = context;
        refresh();
    }

    /** After a change of configuration. */
    void refresh() {
        InstanceConfiguration configuration = router.configuration;
        router.peers.configure(configuration);
        router.authenticator.configure(configuration);
        advertised = configuration.virtualAddresses().stream().map(each -> each.address()).toArray(IpAddress[]::new);
        content = new AdvertisementContent(
                configuration.version(), configuration.vrid(), configuration.advertisementIntervalNanos(), advertised,
                router.authenticator.authentication());
    }

    IpAddress[] advertised() {
        return advertised;
    }

    /** The errno of the last advertisement, when the kernel refused it; else 0. */
    int failure() {
        return failure;
    }

    /** What the kernel said, and of unicast to whom it would not send. */
    String failureText() {
        boolean named = router.configuration.transport().isUnicast() && failedPeer < router.peers.count();
        return named ? Errno.text(failure) + " for " + router.peers.address(failedPeer) : Errno.text(failure);
    }

    /**
     * Section 7.3: advertisements carry the virtual MAC, unless the operator wants the interface's own. To peers they
     * leave as the kernel routes them, from the interface.
     */
    boolean usesVirtualMac() {
        InstanceConfiguration configuration = router.configuration;
        return router.vmac != null && !configuration.vmac().transmitOnBase()
                && !configuration.transport().isUnicast();
    }

    /**
     * Priority 0: the router leaves. Nothing is sent while there is no interface or no source. Allocates nothing, but
     * for the signature of AH.
     */
    void send(int priority) {
        ObservedLink base = router.base();
        IpAddress source = router.source();
        boolean unicast = router.configuration.transport().isUnicast();
        if (source == null) {
            router.sources.missed();
        }
        if (base == null || source == null || unicast && router.peers.count() == 0) {
            return;
        }
        if (failure != 0 && failedEffect < firstEffect) {
            failure = 0; // the one before this went out
            context.moment().because(Cause.EFFECT_SUCCEEDED, "sending", "");
            context.routers().doubt(router);
        }
        long sequence = content.authentication().hasHeader() ? router.authenticator.nextSequence() : 0;
        if (unicast) {
            sendToPeers(base, source, priority, sequence);
        } else {
            sendToGroup(base, source, priority, sequence);
        }
        router.counters.add(CounterKind.ADVERTISEMENTS_SENT);
    }

    private void sendToGroup(ObservedLink base, IpAddress source, int priority, long sequence) {
        TransportConfiguration transport = router.configuration.transport();
        IpAddress group = transport.multicastGroup();
        boolean ipv4 = router.configuration.family() == Family.IPV4;
        Outbox outbox = context.outbox();
        int frame = outbox.beginFrame(EffectKind.SEND_ADVERTISEMENT, router.id, base.index);
        int at = EthernetHeader.write(
                outbox.buffer(), frame, EthernetHeader.ofGroup(group),
                usesVirtualMac() ? router.vmac.mac() : base.mac,
                ipv4 ? EthernetHeader.TYPE_IPV4 : EthernetHeader.TYPE_IPV6);
        int length = ipv4
                ? AdvertisementEncoder.packetIpv4(
                        outbox.buffer(), at, content, priority, source, group, TIME_TO_LIVE, nextIpId(), sequence,
                        transport.checksumWithoutPseudoHeader() ? null : group)
                : AdvertisementEncoder.packetIpv6(
                        outbox.buffer(), at, content, priority, source, group, TIME_TO_LIVE);
        firstEffect = outbox.endFrame(EthernetHeader.LENGTH + length);
        lastEffect = firstEffect;
    }

    /** One advertisement in as many copies as there are peers, in the order of the configuration. */
    private void sendToPeers(ObservedLink base, IpAddress source, int priority, long sequence) {
        int timeToLive = router.configuration.transport().unicast().timeToLive();
        boolean ipv4 = router.configuration.family() == Family.IPV4;
        int id = ipv4 ? nextIpId() : 0;
        Outbox outbox = context.outbox();
        for (int i = 0; i < router.peers.count(); i++) {
            IpAddress peer = router.peers.address(i);
            int at = outbox.beginFrame(EffectKind.SEND_UNICAST_ADVERTISEMENT, router.id, base.index);
            int length = ipv4
                    ? AdvertisementEncoder.packetIpv4(
                            outbox.buffer(), at, content, priority, source, peer, timeToLive, id, sequence,
                            router.peers.pseudoDestination(i))
                    : AdvertisementEncoder.packetIpv6(
                            outbox.buffer(), at, content, priority, source, peer, timeToLive);
            lastEffect = outbox.endFrame(length);
            firstEffect = i == 0 ? lastEffect : firstEffect;
        }
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

    /** True when it was of our last advertisement. The first peer that fails stands for all, the same each time. */
    boolean onFailed(long effectId, int errno) {
        if (effectId < firstEffect || effectId > lastEffect) {
            return false;
        }
        router.counters.add(CounterKind.SEND_FAILURES);
        boolean first = failedEffect < firstEffect;
        if (first) {
            failedEffect = effectId;
            int peer = (int) (effectId - firstEffect);
            if (failure != errno || failedPeer != peer) {
                failure = errno;
                failedPeer = peer;
                context.routers().doubt(router);
            }
        }
        return true;
    }

    void save(SnapshotWriter out) {
        out.putInt(ipId).putLong(firstEffect).putLong(lastEffect).putLong(failedEffect).putInt(failedPeer)
                .putInt(failure);
        router.authenticator.save(out);
        router.peers.save(out);
    }

    void load(SnapshotReader in) {
        ipId = in.getInt();
        firstEffect = in.getLong();
        lastEffect = in.getLong();
        failedEffect = in.getLong();
        failedPeer = in.getInt();
        failure = in.getInt();
        router.authenticator.load(in);
        router.peers.load(in);
    }
}
