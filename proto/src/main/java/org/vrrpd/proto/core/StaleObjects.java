package org.vrrpd.proto.core;

import java.util.ArrayList;
import org.vrrpd.proto.effect.NoteKind;

/**
 * What an earlier run left in the kernel when it was killed: addresses marked as ours and VMACs with our alias. On
 * interfaces that are not of this configuration only what it names itself, since an interface may have been renamed
 * meanwhile: two daemons on different interfaces do not disturb each other. And what the kernel refused to remove when
 * this run asked it to, and no router minds any more.
 */
final class StaleObjects {

    private StaleObjects() {}

    static void remove(CoreContext context) {
        for (ObservedLink link : new ArrayList<>(context.kernel().links())) {
            if (isLeftVmac(context, link)) {
                context.outbox().note(NoteKind.STALE_VMAC, link.name, "removing it");
                context.outbox().deleteLink(Requests.CORE, link.index);
                link.askedToDelete();
            } else {
                removeAddresses(context, link, isUsed(context, link));
            }
        }
    }

    private static boolean isLeftVmac(CoreContext context, ObservedLink link) {
        ObservedLink parent = context.kernel().byIndex(link.parentIndex);
        if (link.leaving || !link.alias.startsWith(VmacKeeper.ALIAS) || parent == null
                || !link.unwanted && !isBase(context, parent) && !hasNameOfVmac(context, link)) {
            return false;
        }
        for (VirtualRouter router : context.routers().all()) {
            if (router.vmac != null && router.vmac.link() == link) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNameOfVmac(CoreContext context, ObservedLink link) {
        for (VirtualRouter router : context.routers().all()) {
            if (router.vmac != null && router.vmac.name().equals(link.name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBase(CoreContext context, ObservedLink link) {
        for (VirtualRouter router : context.routers().all()) {
            if (router.base() == link) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUsed(CoreContext context, ObservedLink link) {
        for (VirtualRouter router : context.routers().all()) {
            if (router.base() == link || router.vmac != null && router.vmac.link() == link) {
                return true;
            }
            for (ManagedAddress address : router.addresses.all()) {
                if (router.addresses.target(address.wish) == link) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @param used whatever is ours is of an earlier run, else only what is configured here */
    private static void removeAddresses(CoreContext context, ObservedLink link, boolean used) {
        for (ObservedAddress address : link.addresses) {
            boolean left = address.unwanted || address.isOurs() && (used || isConfigured(context, address));
            if (left && !address.leaving && !isManaged(context, link, address)) {
                context.outbox().note(NoteKind.STALE_ADDRESS, address.address.toString(), link.name);
                context.outbox().removeAddress(
                        Requests.CORE, link.index, address.address, address.prefixLength, address.peer);
            }
        }
    }

    private static boolean isConfigured(CoreContext context, ObservedAddress address) {
        for (VirtualRouter router : context.routers().all()) {
            if (router.addresses.isConfigured(address.address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isManaged(CoreContext context, ObservedLink link, ObservedAddress address) {
        for (VirtualRouter router : context.routers().all()) {
            for (ManagedAddress managed : router.addresses.all()) {
                if (managed.installedOn == link.index && managed.wish.address().equals(address.address)
                        && managed.wish.prefixLength() == address.prefixLength) {
                    return true;
                }
            }
        }
        return false;
    }
}
