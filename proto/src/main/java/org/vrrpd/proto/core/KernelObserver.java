package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.Iterator;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.rtnetlink.AddressMessage;
import org.vrrpd.proto.rtnetlink.ErrorMessage;
import org.vrrpd.proto.rtnetlink.LinkMessage;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.rtnetlink.NetlinkCursor;

/** Turns rtnetlink datagrams into the observed state, and tells who is concerned. */
final class KernelObserver {

    /** Who wants to know. */
    interface Listener {
        /** The link, its former name or its addresses are not what they were; it may be gone from the table. */
        void onLinkChanged(ObservedLink link, String formerName);

        void onAddressAdded(ObservedLink link, ObservedAddress address);

        void onAddressRemoved(ObservedLink link, ObservedAddress address);

        /** The kernel answered a request; errno 0 is an acknowledgement. */
        void onAnswer(int sequence, int errno, String text);

        /** Links and addresses have been read whole, beginning with the request. */
        void onObserved(long firstRequest);
    }

    private final Kernel kernel;
    private final KernelDump dump;
    private final Moment moment;
    private final Listener listener;
    private final NetlinkCursor cursor = new NetlinkCursor();
    private final LinkMessage linkMessage = new LinkMessage();
    private final AddressMessage addressMessage = new AddressMessage();
    private final ErrorMessage errorMessage = new ErrorMessage();

    KernelObserver(Kernel kernel, KernelDump dump, Moment moment, Listener listener) {
        this.kernel = kernel;
        this.dump = dump;
        this.moment = moment;
        this.listener = listener;
    }

    void onDatagram(Event event) {
        cursor.wrap(event.buffer(), event.payloadOffset(), event.payloadLength());
        while (cursor.next()) {
            if ((cursor.flags() & NetlinkConstants.NLM_F_DUMP_INTR) != 0 && dump.isReply(cursor.sequence())) {
                dump.interrupted();
            }
            onMessage();
        }
    }

    private void onMessage() {
        switch (cursor.type()) {
            case NetlinkConstants.RTM_NEWLINK -> onNewLink();
            case NetlinkConstants.RTM_DELLINK -> onDeletedLink();
            case NetlinkConstants.RTM_NEWADDR -> onNewAddress();
            case NetlinkConstants.RTM_DELADDR -> onDeletedAddress();
            case NetlinkConstants.NLMSG_ERROR -> onError();
            case NetlinkConstants.NLMSG_DONE -> onDone();
            default -> { }
        }
    }

    private void onNewLink() {
        if (!linkMessage.wrap(cursor)) {
            return;
        }
        ObservedLink link = kernel.byIndex(linkMessage.index());
        if (link == null) {
            link = new ObservedLink(linkMessage.index());
            copy(link);
            kernel.add(link);
            because(Cause.LINK_APPEARED, link.name, "");
            listener.onLinkChanged(link, link.name);
            return;
        }
        int formerFlags = link.flags;
        long formerMac = link.mac;
        int formerParent = link.parentIndex;
        int formerMode = link.macvlanMode;
        boolean wasLeaving = link.leaving;
        String formerName = link.name;
        boolean renamed = !linkMessage.nameEquals(formerName);
        copy(link);
        if (renamed) {
            because(Cause.LINK_RENAMED, link.name, formerName);
        }
        // whatever decides whose VMAC it is; one whose removal was asked for but not done is there again
        boolean isAnother = formerMac != link.mac || formerParent != link.parentIndex
                || formerMode != link.macvlanMode || wasLeaving != link.leaving;
        if (renamed || isAnother || explain(link, formerFlags)) {
            listener.onLinkChanged(link, formerName);
        }
    }

    private void copy(ObservedLink link) {
        if (!linkMessage.nameEquals(link.name)) {
            link.name = linkMessage.name();
        }
        link.flags = linkMessage.flags();
        link.hardwareType = linkMessage.hardwareType();
        link.mac = linkMessage.mac();
        link.parentIndex = linkMessage.linkIndex();
        link.kind = linkMessage.kind();
        link.alias = linkMessage.alias();
        link.macvlanMode = linkMessage.macvlanMode();
        link.leaving &= cursor.type() != NetlinkConstants.RTM_NEWLINK || !dump.isReply(cursor.sequence());
        link.generation = dump.generation();
    }

    /** Names the change of flags that matters most; false when none does. */
    private boolean explain(ObservedLink link, int formerFlags) {
        int changed = link.flags ^ formerFlags;
        if ((changed & NetlinkConstants.IFF_UP) != 0) {
            because(link.isUp() ? Cause.LINK_SET_UP : Cause.LINK_SET_DOWN, link.name, "");
        }
        if ((changed & NetlinkConstants.IFF_RUNNING) != 0 && link.isUp()) {
            because(link.isRunning() ? Cause.CARRIER_FOUND : Cause.CARRIER_LOST, link.name, "");
        }
        return (changed & (NetlinkConstants.IFF_UP | NetlinkConstants.IFF_RUNNING | NetlinkConstants.IFF_NOARP)) != 0;
    }

    private void onDeletedLink() {
        if (!linkMessage.wrap(cursor)) {
            return;
        }
        ObservedLink link = kernel.byIndex(linkMessage.index());
        if (link != null) {
            because(Cause.LINK_VANISHED, link.name, "");
            kernel.remove(link);
            listener.onLinkChanged(link, link.name);
        }
    }

    private void onNewAddress() {
        ObservedLink link = wrapAddress();
        if (link == null) {
            return;
        }
        ObservedAddress address = link.find(addressMessage.address(), addressMessage.prefixLength());
        boolean isNew = address == null;
        if (isNew) {
            address = new ObservedAddress(addressMessage.address(), addressMessage.prefixLength());
            link.addresses.add(address);
        }
        boolean changed = isNew || address.flags != addressMessage.flags();
        boolean wasUsable = !isNew && address.isUsable();
        address.flags = addressMessage.flags();
        address.scope = addressMessage.scope();
        address.protocol = addressMessage.protocol();
        address.peer = addressMessage.peer();
        address.leaving &= !dump.isReply(cursor.sequence());
        address.generation = dump.generation();
        if (changed) {
            explain(link, address, isNew, wasUsable);
            listener.onAddressAdded(link, address);
            listener.onLinkChanged(link, link.name);
        }
    }

    private void explain(ObservedLink link, ObservedAddress address, boolean isNew, boolean wasUsable) {
        String text = address.address.toString();
        if (address.isDuplicate()) {
            because(Cause.ADDRESS_DUPLICATE, link.name, text);
        } else if (isNew) {
            because(Cause.ADDRESS_ADDED, link.name, text);
        } else if (!wasUsable && address.isUsable()) {
            because(Cause.ADDRESS_USABLE, link.name, text);
        } else if (wasUsable && !address.isUsable()) {
            because(Cause.ADDRESS_TENTATIVE, link.name, text);
        }
    }

    private void onDeletedAddress() {
        ObservedLink link = wrapAddress();
        if (link == null) {
            return;
        }
        ObservedAddress address = link.find(addressMessage.address(), addressMessage.prefixLength());
        // Linux acknowledges an IPv6 address before it tells about it: one can go that was never told
        remove(link, address != null
                ? address
                : new ObservedAddress(addressMessage.address(), addressMessage.prefixLength()));
    }

    private void remove(ObservedLink link, ObservedAddress address) {
        link.addresses.remove(address);
        because(Cause.ADDRESS_REMOVED, link.name, address.address.toString());
        listener.onAddressRemoved(link, address);
        listener.onLinkChanged(link, link.name);
    }

    private ObservedLink wrapAddress() {
        return addressMessage.wrap(cursor) && addressMessage.family() != null && addressMessage.address() != null
                ? kernel.byIndex(addressMessage.interfaceIndex())
                : null;
    }

    private void onError() {
        if (!errorMessage.wrap(cursor)) {
            return;
        }
        if (dump.isReply(errorMessage.requestSequence()) && errorMessage.errno() != 0) {
            dump.failed();
        }
        listener.onAnswer(errorMessage.requestSequence(), errorMessage.errno(), errorMessage.extendedText());
    }

    private void onDone() {
        if (!dump.isReply(cursor.sequence())) {
            return;
        }
        listener.onAnswer(cursor.sequence(), 0, "");
        if (dump.isWorthless()) {
            return;
        }
        if (dump.isReadingLinks()) {
            sweepLinks();
            dump.linksDone();
            return;
        }
        sweepAddresses();
        long firstRequest = dump.firstRequest();
        dump.addressesDone();
        if (!kernel.isObserved()) {
            kernel.markObserved();
            moment.because(Cause.KERNEL_OBSERVED, "", "");
        }
        listener.onObserved(firstRequest);
    }

    private void sweepLinks() {
        if (dump.isInterrupted()) {
            return;
        }
        for (ObservedLink link : new ArrayList<>(kernel.links())) {
            if (link.generation != dump.generation()) {
                because(Cause.LINK_VANISHED, link.name, "");
                kernel.remove(link);
                listener.onLinkChanged(link, link.name);
            }
        }
    }

    private void sweepAddresses() {
        if (dump.isInterrupted()) {
            return;
        }
        for (ObservedLink link : kernel.links()) {
            ArrayList<ObservedAddress> gone = new ArrayList<>();
            for (Iterator<ObservedAddress> all = link.addresses.iterator(); all.hasNext(); ) {
                ObservedAddress address = all.next();
                if (address.generation != dump.generation()) {
                    gone.add(address);
                }
            }
            gone.forEach(address -> remove(link, address));
        }
    }

    /** During the first reading everything is new: what made it so is the reading. */
    private void because(Cause cause, String subject, String detail) {
        if (kernel.isObserved()) {
            moment.because(cause, subject, detail);
        } else {
            moment.because(Cause.KERNEL_OBSERVED, "", "");
        }
    }
}
