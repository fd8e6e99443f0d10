package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Asks the kernel to detect duplicates again for an IPv6 source address that failed it: the kernel itself never does.
 * The address is removed and added anew, with back-off, until it is usable or gone for another reason.
 */
final class DuplicateAddressKeeper {

    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    /** WAITING for its time; asked to be REMOVED; ADDED once it has gone; DETECTING once it is there again. */
    private enum Phase { WAITING, REMOVED, ADDED, DETECTING }

    private static final class Retry {
        final int interfaceIndex;
        final IpAddress address;
        final int prefixLength;
        final int scope;
        int tries;
        /** When detection is tried, or, while it is under way, when it counts as lost and is tried again. */
        long nextAt;
        Phase phase = Phase.WAITING;

        Retry(int interfaceIndex, IpAddress address, int prefixLength, int scope) {
            this.interfaceIndex = interfaceIndex;
            this.address = address;
            this.prefixLength = prefixLength;
            this.scope = scope;
        }
    }

    private final Outbox outbox;
    private final Moment moment;
    private final Kernel kernel;
    private final List<Retry> retries = new ArrayList<>();

    DuplicateAddressKeeper(Outbox outbox, Moment moment, Kernel kernel) {
        this.outbox = outbox;
        this.moment = moment;
        this.kernel = kernel;
    }

    /** A router needs this address, and it failed detection. */
    void failed(ObservedLink link, ObservedAddress address) {
        Retry retry = find(link.index, address.address);
        if (!address.isPermanent()) {
            return; // added again, it would have lost its lifetime; who gave it out cares for it
        }
        if (retry == null) {
            retry = new Retry(link.index, address.address, address.prefixLength, address.scope);
            retry.nextAt = moment.nowNanos() + FIRST_NANOS;
            retries.add(retry);
        } else if (retry.phase == Phase.DETECTING) {
            retry.phase = Phase.WAITING;
            retry.nextAt = moment.nowNanos() + Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(retry.tries, 5));
        }
    }

    /** True while the address is known to be a duplicate, also while detection is tried again. */
    boolean isContested(ObservedLink link, IpAddress address) {
        return find(link.index, address) != null;
    }

    /** The address on this link whose detection failed; null: none. */
    IpAddress contestedOn(ObservedLink link) {
        for (Retry retry : retries) {
            if (retry.interfaceIndex == link.index) {
                return retry.address;
            }
        }
        return null;
    }

    void onDeadline() {
        for (Retry retry : retries) {
            if (moment.nowNanos() >= retry.nextAt) {
                detect(retry);
            }
        }
    }

    private void detect(Retry retry) {
        ObservedLink link = kernel.byIndex(retry.interfaceIndex);
        retry.nextAt = moment.nowNanos() + LONGEST_NANOS;
        if (link == null) {
            return;
        }
        retry.tries++;
        retry.phase = Phase.REMOVED;
        outbox.note(NoteKind.DAD_RETRIED, retry.address.toString(), link.name);
        outbox.removeAddress(Requests.CORE, retry.interfaceIndex, retry.address, retry.prefixLength, null);
        outbox.addPlainAddress(retry.interfaceIndex, retry.address, retry.prefixLength, retry.scope);
    }

    /** Follows what the kernel does; forgets what is usable again, or gone though we did not remove it. */
    void observe(ObservedLink link) {
        retries.removeIf(retry -> retry.interfaceIndex == link.index && isSettled(retry, link));
    }

    private boolean isSettled(Retry retry, ObservedLink link) {
        if (kernel.byIndex(link.index) == null) {
            return true;
        }
        ObservedAddress address = link.find(retry.address, retry.prefixLength);
        if (address != null && address.isUsable()) {
            return true;
        }
        if (retry.phase == Phase.REMOVED && address == null) {
            retry.phase = Phase.ADDED;
        } else if (retry.phase == Phase.ADDED && address != null) {
            retry.phase = Phase.DETECTING;
        } else if (address == null) {
            return retry.phase != Phase.ADDED;
        }
        return false;
    }

    private Retry find(int interfaceIndex, IpAddress address) {
        for (Retry retry : retries) {
            if (retry.interfaceIndex == interfaceIndex && retry.address.equals(address)) {
                return retry;
            }
        }
        return null;
    }

    long deadline() {
        long deadline = Moment.NEVER;
        for (int i = 0; i < retries.size(); i++) { // an iterator would be allocated with every advertisement
            deadline = Math.min(deadline, retries.get(i).nextAt);
        }
        return deadline;
    }

    void save(SnapshotWriter out) {
        out.putInt(retries.size());
        for (Retry retry : retries) {
            out.putInt(retry.interfaceIndex).putAddress(retry.address).putInt(retry.prefixLength).putInt(retry.scope)
                    .putInt(retry.tries).putLong(retry.nextAt).putInt(retry.phase.ordinal());
        }
    }

    void load(SnapshotReader in) {
        for (int i = in.getInt(); i > 0; i--) {
            Retry retry = new Retry(in.getInt(), in.getAddress(), in.getInt(), in.getInt());
            retry.tries = in.getInt();
            retry.nextAt = in.getLong();
            retry.phase = Phase.values()[in.getInt()];
            retries.add(retry);
        }
    }
}
