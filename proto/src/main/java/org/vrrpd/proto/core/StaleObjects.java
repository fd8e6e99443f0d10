package org.vrrpd.proto.core;

import java.util.ArrayList;
import org.vrrpd.proto.effect.NoteKind;

/**
 * What an earlier run left in the kernel when it was killed: addresses marked as ours and VMACs with our alias. Only
 * interfaces of this configuration are looked at, so that two daemons on different interfaces do not disturb each
 * other.
 */
final class StaleObjects {

    private StaleObjects() {}

    static void remove(CoreContext context) {
        for (ObservedLink link : new ArrayList<>(context.kernel().links())) {
            if (isLeftVmac(context, link)) {
                context.outbox().note(NoteKind.STALE_VMAC, link.name, "removing it");
                context.outbox().deleteLink(Requests.CORE, link.index);
                link.leaving = true;
            } else if (isUsed(context, link)) {
                removeAddresses(context, link);
            }
        }
    }

    private static boolean isLeftVmac(CoreContext context, ObservedLink link) {
        ObservedLink parent = context.kernel().byIndex(link.parentIndex);
        if (link.leaving || !link.alias.startsWith(VmacKeeper.ALIAS) || parent == null || !isBase(context, parent)) {
            return false;
        }
        for (VirtualRouter router : context.routers().all()) {
            if (router.vmac != null && router.vmac.link() == link) {
                return false;
            }
        }
        return true;
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

    private static void removeAddresses(CoreContext context, ObservedLink link) {
        for (ObservedAddress address : link.addresses) {
            if (address.isOurs() && !address.leaving && !isManaged(context, link, address)) {
                context.outbox().note(NoteKind.STALE_ADDRESS, address.address.toString(), link.name);
                context.outbox().removeAddress(
                        Requests.CORE, link.index, address.address, address.prefixLength, address.peer);
            }
        }
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
