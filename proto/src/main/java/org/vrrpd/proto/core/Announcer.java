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
 * added.
 */
final class Announcer {

    private final VirtualRouter router;
    private final CoreContext context;
    private long secondSetAt = Moment.NEVER;
    private int secondSetRounds;
    private long refreshAt = Moment.NEVER;
    private long extraAt = Moment.NEVER;
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
        armExtra(now + settings().masterDelayNanos());
        announceAll(settings().masterRepeat());
    }

    private void armSecondSet(long delay, int rounds) {
        secondSetAt = delay == 0 ? Moment.NEVER : context.moment().nowNanos() + delay;
        secondSetRounds = rounds;
    }

    private void armRefresh(long base) {
        refreshAt = settings().refreshNanos() == 0 ? Moment.NEVER : base + settings().refreshNanos();
    }

    private void armExtra(long base) {
        extraAt = settings().extraNanos() == 0 ? Moment.NEVER : base + settings().extraNanos();
    }

    /**
     * Leaving FAULT: peers that send to our own address may still have the MAC that it had before, and every
     * advertisement would be lost until they ask again.
     */
    void announceSource() {
        ObservedLink base = router.base();
        if (!router.configuration.transport().isUnicast() || router.source() == null || !base.answersArp()) {
            return;
        }
        announce(router.source(), base);
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
        extraAt = Moment.NEVER;
        for (ManagedAddress address : router.addresses.all()) {
            address.roundsDue = 0;
        }
    }

    /** While MASTER: periods that have changed begin now. */
    void reconfigure(GarpConfiguration former) {
        if (settings().refreshNanos() != former.refreshNanos()) {
            armRefresh(context.moment().nowNanos());
        }
        if (settings().extraNanos() != former.extraNanos()) {
            armExtra(context.moment().nowNanos());
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
        if (now >= extraAt) {
            armExtra(now);
            announceExtra();
        }
        send();
    }

    /** One address an interface is enough: it is switches that must not forget the MAC of one that is silent. */
    private void announceExtra() {
        ManagedAddress[] all = router.addresses.all();
        for (int i = 0; i < all.length; i++) {
            ObservedLink link = context.kernel().byIndex(all[i].installedOn);
            if (link != null && isExtra(link) && isFirstOn(link, all, i)) {
                all[i].roundsDue = Math.max(all[i].roundsDue, 1);
            }
        }
    }

    /** Advertisements carry the MAC of the VMAC, though they leave on the interface, unless it is to be its own. */
    private boolean isExtra(ObservedLink link) {
        boolean advertisesOnVmac = router.sender.usesVirtualMac();
        if (isVmac(link)) {
            return !advertisesOnVmac;
        }
        return settings().extraEverywhere() && (advertisesOnVmac || link != router.base());
    }

    private static boolean isFirstOn(ObservedLink link, ManagedAddress[] all, int at) {
        for (int i = 0; i < at; i++) {
            if (all[i].installedOn == link.index) {
                return false;
            }
        }
        return true;
    }

    /** Sends what is due and may leave now; for the rest {@link AnnouncementSpacing} calls when its turn comes. */
    void send() {
        ManagedAddress[] all = router.addresses.all();
        int idle = maySend() ? 0 : all.length;
        while (idle < all.length) {
            ManagedAddress address = nextInTurn(all);
            ObservedLink link = dueOn(address);
            if (link != null && mayLeave(link, address.wish.address().family())) {
                announce(address, link);
                idle = 0;
            } else {
                idle++;
            }
        }
    }

    /** Sends the next that is due of those that leave on the interface; false when none is. */
    boolean sendOne(int interfaceIndex, Family family) {
        ManagedAddress[] all = router.addresses.all();
        for (int i = maySend() ? 0 : all.length; i < all.length; i++) {
            ManagedAddress address = nextInTurn(all);
            ObservedLink link = dueOn(address);
            if (link != null && address.wish.address().family() == family && leavesOn(link) == interfaceIndex) {
                announce(address, link);
                return true;
            }
        }
        return false;
    }

    private boolean maySend() {
        return router.isMaster() && !router.addresses.isAdding();
    }

    private ManagedAddress nextInTurn(ManagedAddress[] all) {
        cursor = cursor >= all.length ? 0 : cursor;
        return all[cursor++];
    }

    /** The link on which the address is to be announced; null: nothing is due, or nobody there asks with ARP. */
    private ObservedLink dueOn(ManagedAddress address) {
        ObservedLink link = address.roundsDue == 0 ? null : context.kernel().byIndex(address.installedOn);
        return link != null && link.isEthernet() && link.answersArp() ? link : null;
    }

    private boolean mayLeave(ObservedLink link, Family family) {
        return spacing(family) == 0 || context.spacing().mayPass(leavesOn(link), family);
    }

    private long spacing(Family family) {
        return family == Family.IPV4 ? settings().garpIntervalNanos() : settings().naIntervalNanos();
    }

    /** Frames of a VMAC leave on the interface below it. */
    private int leavesOn(ObservedLink link) {
        return isVmac(link) ? link.parentIndex : link.index;
    }

    private boolean isVmac(ObservedLink link) {
        return router.vmac != null && router.vmac.link() == link;
    }

    private void announce(ManagedAddress address, ObservedLink link) {
        IpAddress announced = address.wish.address();
        announce(announced, link);
        address.roundsDue--;
        if (spacing(announced.family()) > 0) {
            context.spacing().passed(router, leavesOn(link), announced.family(), spacing(announced.family()));
        }
    }

    private void announce(IpAddress announced, ObservedLink link) {
        Outbox outbox = context.outbox();
        if (announced.family() == Family.IPV4) {
            int at = outbox.beginFrame(EffectKind.SEND_GRATUITOUS_ARP, router.id, link.index);
            outbox.endFrame(GratuitousArp.encode(outbox.buffer(), at, link.mac, announced));
            router.counters.add(CounterKind.GRATUITOUS_ARPS_SENT);
        } else {
            int at = outbox.beginFrame(EffectKind.SEND_NEIGHBOR_ADVERTISEMENT, router.id, link.index);
            outbox.endFrame(UnsolicitedNeighborAdvertisement.encode(outbox.buffer(), at, link.mac, announced, true));
            router.counters.add(CounterKind.NEIGHBOR_ADVERTISEMENTS_SENT);
        }
    }

    long deadline() {
        return Math.min(secondSetAt, Math.min(refreshAt, extraAt));
    }

    void save(SnapshotWriter out) {
        out.putLong(secondSetAt).putInt(secondSetRounds).putLong(refreshAt).putLong(extraAt)
                .putInt(cursor);
    }

    void load(SnapshotReader in) {
        secondSetAt = in.getLong();
        secondSetRounds = in.getInt();
        refreshAt = in.getLong();
        extraAt = in.getLong();
        cursor = in.getInt();
    }
}
