package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * A router's source address as it is observed, and the grace of a MASTER that has lost it. Some network managers take
 * every address of an interface away and put it back some milliseconds later. The peers wait several intervals for an
 * advertisement, so for less than one the MASTER stays MASTER in silence. Nothing is sent without a source.
 */
final class SourceKeeper {

    private static final long LONGEST_GRACE_NANOS = 300_000_000L;

    private final VirtualRouter router;
    /** Null: there is none. */
    private IpAddress source;
    /** Of a MASTER that awaits its return; null: nothing is awaited. */
    private IpAddress lost;
    private long lostAt;
    private boolean told;
    /** An advertisement was to be sent meanwhile. */
    private boolean owed;

    SourceKeeper(VirtualRouter router) {
        this.router = router;
    }

    /** Null: there is none, and nothing may be sent. */
    IpAddress source() {
        return source;
    }

    /** What the router goes by: its source, also while its return is awaited; null: none. */
    IpAddress identity() {
        return source != null ? source : lost;
    }

    void refresh() {
        ObservedLink base = router.base();
        IpAddress next = base == null || !base.isEthernet() ? null : SourceAddress.choose(router, base);
        IpAddress former = identity();
        if (next != null && former != null && !former.equals(next)) {
            router.note(NoteKind.SOURCE_CHANGED, former.toString(), next.toString(), 1);
        }
        if (next != null) {
            lost = null;
        } else if (source != null && mayAwait(base)) {
            lost = source;
            lostAt = router.moment().nowNanos();
            told = false;
        }
        source = next;
    }

    /** An owner's own address must not be put back as a virtual one; the owner is MASTER again at once anyway. */
    private boolean mayAwait(ObservedLink base) {
        return router.isMaster() && base != null && base.isUpAndRunning() && !base.holds(source)
                && !router.addresses.isConfigured(source) && graceNanos() > 0;
    }

    /** So short that peers, whose last advertisement may be an interval old, hear the next one in time. */
    private long graceNanos() {
        InstanceConfiguration configuration = router.configuration;
        return configuration.election().downTimerAdverts() < 2 ? 0
                : Math.min(configuration.advertisementIntervalNanos(), LONGEST_GRACE_NANOS);
    }

    /** True while a MASTER without a source has no fault because of it. */
    boolean isAwaited() {
        ObservedLink base = router.base();
        return lost != null && base != null && base.isUpAndRunning() && router.moment().nowNanos() < endNanos();
    }

    private long endNanos() {
        return lost == null ? Moment.NEVER : lostAt + graceNanos();
    }

    /**
     * Put back first, it would become the primary address of the subnet and the source its secondary, which the kernel
     * removes along with it when we leave.
     */
    boolean mustPrecede(VirtualAddress address, ObservedLink target) {
        return lost != null && lost.family() == Family.IPV4 && address.address().family() == Family.IPV4
                && target == router.base() && isSameSubnet(address, lost);
    }

    private static boolean isSameSubnet(VirtualAddress address, IpAddress other) {
        int hostBits = Family.IPV4.addressBits() - address.prefixLength();
        return address.address().low() >>> hostBits == other.low() >>> hostBits;
    }

    /** An advertisement could not be sent. */
    void missed() {
        owed = lost != null;
    }

    /** No fault keeps the router from going on. */
    void goesOn() {
        if (lost != null && !told) {
            told = true;
            router.note(NoteKind.SOURCE_GONE, lost.toString(), router.base().name, graceNanos() / 1_000_000);
        }
        if (source != null && owed) {
            owed = false;
            router.sender.send(router.effectivePriority());
        }
    }

    /** Only a MASTER awaits it: for others its absence is a fault at once, with a cause that was told before. */
    void onLeftMaster() {
        if (router.moment().cause() == Cause.NONE) {
            becauseLost();
        }
        lost = null;
        owed = false;
    }

    void onDeadline() {
        if (router.moment().nowNanos() >= endNanos()) {
            becauseLost();
        }
    }

    private void becauseLost() {
        if (lost != null && router.base() != null) {
            router.moment().because(Cause.ADDRESS_REMOVED, router.base().name, lost.toString());
        }
    }

    long deadlineAfter(long considered) {
        return Moment.earlier(Moment.NEVER, endNanos(), considered);
    }

    void save(SnapshotWriter out) {
        out.putAddress(source).putAddress(lost).putLong(lostAt).putBoolean(told).putBoolean(owed);
    }

    void load(SnapshotReader in) {
        source = in.getAddress();
        lost = in.getAddress();
        lostAt = in.getLong();
        told = in.getBoolean();
        owed = in.getBoolean();
    }
}
