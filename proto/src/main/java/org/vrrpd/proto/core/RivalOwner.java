package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.vrrp.Advertisement;

/**
 * What an address owner does about another router that claims to own the addresses too (priority 255, lower address).
 * The rival should yield to our answers. If it does not, both would stay MASTER for ever: then we let it win, with 254,
 * until it is gone or somebody else is master.
 */
final class RivalOwner {

    /** Answers that the rival is given to yield to. */
    private static final int OWN_ADVERTISEMENTS = 2;
    /** A rival that was silent for so many of our intervals begins anew. */
    private static final int SILENT_INTERVALS = 10;
    private static final int YIELDED_PRIORITY = 254;

    private final VirtualRouter router;
    private int advertisementsLeft;
    private long rivalIntervalNanos;
    private long judgedAt = Moment.NEVER;
    private long heardAt = Moment.NEVER;
    private boolean yielding;

    RivalOwner(VirtualRouter router) {
        this.router = router;
    }

    /** What the owner's base priority counts as. */
    int priority() {
        return yielding ? YIELDED_PRIORITY : InstanceConfiguration.OWNER_PRIORITY;
    }

    /** As MASTER, an owner's advertisement from a lower address. True when it is to win from now on. */
    boolean persists(Advertisement advertisement) {
        long now = router.moment().nowNanos();
        long interval = router.configuration.advertisementIntervalNanos();
        boolean first = heardAt == Moment.NEVER || now - heardAt > SILENT_INTERVALS * interval;
        heardAt = now;
        rivalIntervalNanos = advertisement.intervalNanos();
        if (first) {
            advertisementsLeft = OWN_ADVERTISEMENTS;
            judgedAt = Moment.NEVER;
            return false;
        }
        if (now < judgedAt) {
            return false;
        }
        yielding = true;
        router.note(NoteKind.RIVAL_OWNER, advertisement.source().toString(), "", 1);
        return true;
    }

    void onAdvertised() {
        if (heardAt != Moment.NEVER && advertisementsLeft > 0 && --advertisementsLeft == 0) {
            long interval = Math.max(router.configuration.advertisementIntervalNanos(), rivalIntervalNanos);
            judgedAt = router.moment().nowNanos() + interval + interval / 5;
        }
    }

    /** As BACKUP, the master that is followed: when it is no owner, ours is worth its 255 again. */
    void onMaster(Advertisement advertisement) {
        if (yielding && advertisement.priority() != InstanceConfiguration.OWNER_PRIORITY) {
            forget();
            router.refreshPriority();
        }
    }

    void forget() {
        yielding = false;
        advertisementsLeft = 0;
        judgedAt = Moment.NEVER;
        heardAt = Moment.NEVER;
    }

    void save(SnapshotWriter out) {
        out.putInt(advertisementsLeft).putLong(rivalIntervalNanos).putLong(judgedAt).putLong(heardAt)
                .putBoolean(yielding);
    }

    void load(SnapshotReader in) {
        advertisementsLeft = in.getInt();
        rivalIntervalNanos = in.getLong();
        judgedAt = in.getLong();
        heardAt = in.getLong();
        yielding = in.getBoolean();
    }
}
