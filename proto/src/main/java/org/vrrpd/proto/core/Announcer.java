package org.vrrpd.proto.core;

import org.vrrpd.proto.arp.GratuitousArp;
import org.vrrpd.proto.config.GarpConfiguration;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.ndp.UnsolicitedNeighborAdvertisement;

/**
 * Tells the link where a MASTER's addresses are: gratuitous ARP and unsolicited neighbour advertisements (RFC 9568
 * section 6.4.2), only for addresses the kernel holds, in rounds over all of them, never while one is still being
 * added. A configured spacing is kept by sending the rest at later deadlines.
 */
final class Announcer {

    private final VirtualRouter router;
    private final CoreContext context;
    private long secondSetAt = Moment.NEVER;
    private int secondSetRounds;
    private long refreshAt = Moment.NEVER;
    private long nextGarpAt;
    private long nextNaAt;
    /** Where the current round goes on. */
    private int cursor;

    Announcer(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.context = context;
    }

    private GarpConfiguration settings() {
        return router.configuration.garp();
    }

    /** The first set is due as each address is acknowledged; this arms the later ones. */
    void onBecameMaster() {
        long now = context.moment().nowNanos();
        armSecondSet(settings().masterDelayNanos(), settings().masterRepeat());
        armRefresh(now + settings().masterDelayNanos());
        announceAll(settings().masterRepeat());
    }

    private void armSecondSet(long delay, int rounds) {
        secondSetAt = delay == 0 ? Moment.NEVER : context.moment().nowNanos() + delay;
        secondSetRounds = rounds;
    }

    private void armRefresh(long base) {
        refreshAt = settings().refreshNanos() == 0 ? Moment.NEVER : base + settings().refreshNanos();
    }

    /** Another router thinks that it is the better one, or did for a while: whoever believed it must learn again. */
    void onLowerPriorityHeard() {
        if (settings().lowerPriorityRepeat() > 0) {
            announceAll(settings().lowerPriorityRepeat());
            if (settings().lowerPriorityDelayNanos() > 0) {
                armSecondSet(settings().lowerPriorityDelayNanos(), settings().lowerPriorityRepeat());
            }
        }
    }

    /** Makes rounds over everything installed due; {@link #send} sends them. */
    void announceAll(int rounds) {
        for (ManagedAddress address : router.addresses.all()) {
            address.roundsDue = Math.max(address.roundsDue, address.isInstalled() ? rounds : 0);
        }
    }

    void onLeftMaster() {
        secondSetAt = Moment.NEVER;
        refreshAt = Moment.NEVER;
        for (ManagedAddress address : router.addresses.all()) {
            address.roundsDue = 0;
        }
    }

    void onDeadline() {
        long now = context.moment().nowNanos();
        if (now >= secondSetAt) {
            secondSetAt = Moment.NEVER;
            announceAll(secondSetRounds);
        }
        if (now >= refreshAt) {
            armRefresh(now);
            announceAll(settings().refreshRepeat());
        }
        send();
    }

    /** Sends what is due and may be sent now. */
    void send() {
        if (!router.isMaster() || router.addresses.isAdding()) {
            return;
        }
        ManagedAddress[] all = router.addresses.all();
        int idle = 0;
        while (idle < all.length) {
            cursor = cursor >= all.length ? 0 : cursor;
            ManagedAddress address = all[cursor++];
            if (address.roundsDue > 0 && address.isInstalled() && mayAnnounce(address)) {
                announce(address);
                address.roundsDue--;
                idle = 0;
            } else {
                idle++;
            }
        }
    }

    private boolean mayAnnounce(ManagedAddress address) {
        long now = context.moment().nowNanos();
        return now >= (isIpv4(address) ? nextGarpAt : nextNaAt);
    }

    private static boolean isIpv4(ManagedAddress address) {
        return address.wish.address().family() == Family.IPV4;
    }

    private void announce(ManagedAddress address) {
        ObservedLink link = context.kernel().byIndex(address.installedOn);
        if (link == null || !link.isEthernet() || !link.answersArp()) {
            return;
        }
        IpAddress announced = address.wish.address();
        Outbox outbox = context.outbox();
        long now = context.moment().nowNanos();
        if (isIpv4(address)) {
            int at = outbox.beginFrame(EffectKind.SEND_GRATUITOUS_ARP, router.id, link.index);
            outbox.endFrame(GratuitousArp.encode(outbox.buffer(), at, link.mac, announced));
            nextGarpAt = now + settings().garpIntervalNanos();
            router.counters.add(CounterKind.GRATUITOUS_ARPS_SENT);
        } else {
            int at = outbox.beginFrame(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT, router.id, link.index);
            outbox.endFrame(UnsolicitedNeighborAdvertisement.encode(outbox.buffer(), at, link.mac, announced, true));
            nextNaAt = now + settings().naIntervalNanos();
            router.counters.add(CounterKind.NEIGHBOR_ADVERTISEMENTS_SENT);
        }
    }

    long deadline() {
        long deadline = Math.min(secondSetAt, refreshAt);
        if (router.isMaster() && !router.addresses.isAdding()) {
            for (ManagedAddress address : router.addresses.all()) {
                if (address.roundsDue > 0 && address.isInstalled()) {
                    deadline = Math.min(deadline, isIpv4(address) ? nextGarpAt : nextNaAt);
                }
            }
        }
        return deadline;
    }

    void save(SnapshotWriter out) {
        out.putLong(secondSetAt).putInt(secondSetRounds).putLong(refreshAt)
                .putLong(nextGarpAt).putLong(nextNaAt).putInt(cursor);
    }

    void load(SnapshotReader in) {
        secondSetAt = in.getLong();
        secondSetRounds = in.getInt();
        refreshAt = in.getLong();
        nextGarpAt = in.getLong();
        nextNaAt = in.getLong();
        cursor = in.getInt();
    }
}
