package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Keeps a router's virtual addresses in place while it is MASTER, and away while it is not. One that another program
 * removes is put back at once, without an election; one that is removed again and again waits longer each time.
 */
final class AddressKeeper {

    private static final int FREE_RESTORES = 3;
    private static final long CALM_NANOS = 60_000_000_000L;
    private static final long FIRST_WAIT_NANOS = 1_000_000_000L;
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

    private final VirtualRouter router;
    private final Kernel kernel;
    private final Outbox outbox;
    private final Moment moment;
    private ManagedAddress[] addresses;

    AddressKeeper(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.kernel = context.kernel();
        this.outbox = context.outbox();
        this.moment = context.moment();
        this.addresses = of(router.configuration);
    }

    private static ManagedAddress[] of(InstanceConfiguration configuration) {
        List<ManagedAddress> all = new ArrayList<>();
        configuration.virtualAddresses().forEach(address -> all.add(new ManagedAddress(address, false)));
        configuration.excludedAddresses().forEach(address -> all.add(new ManagedAddress(address, true)));
        return all.toArray(new ManagedAddress[0]);
    }

    ManagedAddress[] all() {
        return addresses;
    }

    /** The link an address belongs on; null: it does not exist (or, a VMAC, is not ready). */
    ObservedLink target(VirtualAddress address) {
        if (address.device() != null && !address.device().equals(router.configuration.interfaceName())) {
            return kernel.byName(address.device());
        }
        boolean ofFamily = address.address().family() == router.configuration.family();
        if (router.vmac == null || !ofFamily && !address.useVmac()) {
            return router.base();
        }
        return router.vmac.isReady() ? router.vmac.link() : null;
    }

    /** Adds what is missing and removes what must not be there. */
    void reconcile(boolean wanted) {
        for (ManagedAddress address : addresses) {
            if (address.pendingRequest == 0 && address.backoff.isDue(moment.nowNanos())) {
                if (mustGo(address, wanted)) {
                    remove(address);
                } else if (wanted && !address.isInstalled() && moment.nowNanos() >= address.notBefore) {
                    add(address);
                }
            }
        }
    }

    /** Not wanted, or on another link than where it belongs now. */
    private boolean mustGo(ManagedAddress address, boolean wanted) {
        if (!address.isInstalled() || address.foreign) {
            return false;
        }
        ObservedLink target = target(address.wish);
        return !wanted || target != null && target.index != address.installedOn;
    }

    private void add(ManagedAddress address) {
        ObservedLink target = target(address.wish);
        if (target != null && !router.sources.mustPrecede(address.wish, target)) {
            address.pendingRequest = outbox.addAddress(router.id, target.index, address.wish);
            address.addRequest = address.pendingRequest;
            address.requestedOn = target.index;
            address.adding = true;
            address.goneAgain = false;
        }
    }

    /** On leaving MASTER everything goes, also what is just being added. */
    void releaseAll() {
        for (int i = addresses.length - 1; i >= 0; i--) {
            ManagedAddress address = addresses[i];
            address.roundsDue = 0;
            address.taken = 0;
            address.notBefore = 0;
            address.backoff.succeeded();
            address.failure = "";
            boolean asked = address.pendingRequest != 0 && !address.adding;
            if (!address.foreign && !asked && (address.isInstalled() || address.pendingRequest != 0)) {
                remove(address);
            }
        }
    }

    private void remove(ManagedAddress address) {
        // where it was asked for, when that was not answered: the link can be called otherwise now
        ObservedLink target = kernel.byIndex(address.isInstalled() ? address.installedOn : address.requestedOn);
        address.pendingRequest = 0;
        address.failure = "";
        if (target != null) {
            address.pendingRequest = outbox.removeAddress(
                    router.id, target.index, address.wish.address(), address.wish.prefixLength(),
                    address.wish.peer());
            address.adding = false;
            ObservedAddress observed = target.find(address.wish.address(), address.wish.prefixLength());
            if (observed != null) {
                observed.leaving = true;
                observed.unwanted = true;
            }
        }
    }

    /** Takes over what a new configuration has in common with the old one; what it lacks is removed. */
    void reconfigure() {
        ManagedAddress[] former = addresses;
        addresses = of(router.configuration);
        for (ManagedAddress old : former) {
            boolean kept = false;
            for (int i = 0; i < addresses.length; i++) {
                if (addresses[i].wish.equals(old.wish) && addresses[i].excluded == old.excluded) {
                    addresses[i] = old;
                    kept = true;
                }
            }
            if (!kept && !old.foreign && (old.isInstalled() || old.pendingRequest != 0 && old.adding)) {
                remove(old);
                succeed(old);
            }
        }
    }

    /** Where only the attributes of an address changed, the new one comes when the old one has gone. */
    private void succeed(ManagedAddress old) {
        for (ManagedAddress address : addresses) {
            if (address.wish.address().equals(old.wish.address())
                    && address.wish.prefixLength() == old.wish.prefixLength() && !address.isInstalled()) {
                address.installedOn = old.installedOn;
                address.pendingRequest = old.pendingRequest;
            }
        }
    }

    /** True when the request was one of these. */
    boolean onAnswer(int sequence, int errno, String text) {
        for (ManagedAddress address : addresses) {
            if (address.pendingRequest != 0 && (int) address.pendingRequest == sequence) {
                address.pendingRequest = 0;
                if (address.adding) {
                    onAdded(address, errno, text);
                } else {
                    onRemovedByUs(address, errno);
                }
                return true;
            }
        }
        return false;
    }

    private void onRemovedByUs(ManagedAddress address, int errno) {
        if (errno == 0 || errno == Errno.EADDRNOTAVAIL || errno == Errno.ENODEV) {
            address.installedOn = 0; // whether we or somebody before us removed it, it is gone
        } else {
            address.backoff.failed(moment.nowNanos());
        }
    }

    private void onAdded(ManagedAddress address, int errno, String text) {
        if (errno != 0 && errno != Errno.EEXIST) {
            if (kernel.byIndex(address.requestedOn) != null) {
                address.failure = Errno.text(errno) + (text.isEmpty() ? "" : ": " + text);
                address.backoff.failed(moment.nowNanos());
                moment.because(Cause.EFFECT_FAILED, "adding " + address.wish.address(), Errno.text(errno));
            } // else the link went first: it is added to the one that takes its place
            return;
        }
        if (address.goneAgain) {
            return; // somebody removed it before the answer reached us
        }
        if (!address.failure.isEmpty()) {
            moment.because(Cause.EFFECT_SUCCEEDED, "adding " + address.wish.address(), "");
        }
        ObservedLink link = kernel.byIndex(address.requestedOn);
        address.installedOn = link == null ? 0 : link.index;
        address.failure = "";
        address.backoff.succeeded();
        address.roundsDue = router.configuration.garp().masterRepeat();
        if (address.taken > 0 && link != null) {
            router.note(NoteKind.ADDRESS_RESTORED, address.wish.address().toString(), link.name, 1);
        }
    }

    void onObserved(ObservedLink link, ObservedAddress observed) {
        ManagedAddress address = find(link, observed);
        if (address == null || address.isInstalled()) {
            return;
        }
        boolean asked = address.pendingRequest != 0 && address.adding;
        address.installedOn = link.index;
        address.foreign = !asked && !observed.isOurs() && router.configuration.isOwner();
        if (!asked && !address.foreign && !router.isMaster()) {
            router.note(NoteKind.STALE_ADDRESS, address.wish.address().toString(), link.name, 1);
        }
    }

    void onRemoved(ObservedLink link, ObservedAddress observed) {
        ManagedAddress address = find(link, observed);
        if (address == null) {
            return;
        }
        if (address.pendingRequest != 0 && address.adding && address.requestedOn == link.index) {
            address.goneAgain = true;
        }
        if (address.installedOn == link.index) {
            onGone(address, link);
        }
    }

    private void onGone(ManagedAddress address, ObservedLink link) {
        address.installedOn = 0;
        address.foreign = false;
        boolean byUs = address.pendingRequest != 0 && !address.adding;
        if (router.isMaster() && !byUs && !link.leaving) {
            onTaken(address, link);
        }
    }

    private void onTaken(ManagedAddress address, ObservedLink link) {
        if (address.wish.noTrack()) {
            address.notBefore = Moment.NEVER;
            return;
        }
        boolean calm = moment.nowNanos() - address.lastTakenAt > CALM_NANOS;
        address.taken = calm ? 1 : address.taken + 1;
        address.lastTakenAt = moment.nowNanos();
        int beyond = address.taken - FREE_RESTORES;
        address.notBefore = beyond <= 0
                ? 0
                : moment.nowNanos() + Math.min(LONGEST_WAIT_NANOS, FIRST_WAIT_NANOS << Math.min(beyond - 1, 10));
        router.note(NoteKind.ADDRESS_TAKEN, address.wish.address().toString(), link.name, address.taken);
    }

    /** A link has gone, and what was on it. */
    void onLinkGone(ObservedLink link) {
        for (ManagedAddress address : addresses) {
            if (address.installedOn == link.index) {
                address.installedOn = 0;
                address.foreign = false;
            }
        }
    }

    private ManagedAddress find(ObservedLink link, ObservedAddress observed) {
        for (ManagedAddress address : addresses) {
            if (address.wish.prefixLength() == observed.prefixLength
                    && address.wish.address().equals(observed.address)
                    && (address.installedOn == link.index || target(address.wish) == link)) {
                return address;
            }
        }
        return null;
    }

    boolean isConfigured(IpAddress wanted) {
        for (ManagedAddress address : addresses) {
            if (address.wish.address().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The kernel was read whole, beginning with the request. What was asked before is answered or never will be, and
     * an address that was not seen is not there, whatever was told before.
     */
    void onKernelRead(long firstRequest) {
        for (ManagedAddress address : addresses) {
            if (address.pendingRequest != 0 && address.pendingRequest < firstRequest) {
                boolean added = address.adding && address.isInstalled();
                address.roundsDue = added ? router.configuration.garp().masterRepeat() : address.roundsDue;
                address.pendingRequest = 0;
            }
            ObservedLink link = kernel.byIndex(address.installedOn);
            if (link != null && address.pendingRequest == 0 && address.addRequest < firstRequest
                    && link.find(address.wish.address(), address.wish.prefixLength()) == null) {
                onGone(address, link);
            }
        }
    }

    /** True while the kernel still owes the answer to a wish to add. */
    boolean isAdding() {
        for (ManagedAddress address : addresses) {
            if (address.pendingRequest != 0 && address.adding) {
                return true;
            }
        }
        return false;
    }

    void findFaults(FaultList faults) {
        for (ManagedAddress address : addresses) {
            String subject = address.wish.address().toString();
            if (!address.failure.isEmpty()) {
                faults.found(FaultReason.ADDRESS_FAILED, subject, address.failure);
            }
            if (isContested(address)) {
                faults.found(FaultReason.ADDRESS_CONTESTED, subject, Integer.toString(address.taken));
            }
        }
    }

    private boolean isContested(ManagedAddress address) {
        return address.taken > FREE_RESTORES && moment.nowNanos() - address.lastTakenAt < CALM_NANOS;
    }

    /** The next one that is later; those before have been considered, and wait for an event. */
    long deadlineAfter(long considered) {
        long deadline = Moment.NEVER;
        for (ManagedAddress address : addresses) {
            boolean waits = address.pendingRequest == 0
                    && (mustGo(address, router.isMaster()) || router.isMaster() && !address.isInstalled());
            if (waits) {
                deadline = Moment.earlier(deadline, address.backoff.deadline(), considered);
                deadline = Moment.earlier(deadline, address.notBefore, considered);
            }
            if (address.taken > FREE_RESTORES) {
                deadline = Moment.earlier(deadline, address.lastTakenAt + CALM_NANOS, considered);
            }
        }
        return deadline;
    }

    void save(SnapshotWriter out) {
        for (ManagedAddress address : addresses) {
            address.save(out);
        }
    }

    void load(SnapshotReader in) {
        for (ManagedAddress address : addresses) {
            address.load(in);
        }
    }
}
