package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** The predicates behind every fault of a router, each over the observed state alone. */
final class FaultFinder {

    private final VirtualRouter router;
    private final CoreContext context;

    FaultFinder(VirtualRouter router, CoreContext context) {
        this.router = router;
        this.context = context;
    }

    /** Names everything of the router's own that holds now; its sync group adds its own. */
    void find(FaultList faults) {
        InstanceConfiguration configuration = router.configuration;
        ObservedLink base = router.base();
        if (base == null) {
            faults.found(FaultReason.INTERFACE_ABSENT, configuration.interfaceName(), "");
        } else if (!base.isEthernet()) {
            faults.found(FaultReason.NOT_ETHERNET, base.name, "hardware type " + base.hardwareType);
        } else {
            findLinkFaults(base, faults);
            findSourceFaults(base, faults);
            findSocketFaults(base, faults);
        }
        findPeerFaults(faults);
        findTrackedFaults(faults);
        context.trackers().findFaults(configuration.tracking(), faults);
        findAddressInterfaceFaults(faults);
        if (router.vmac != null) {
            router.vmac.findFaults(faults);
        }
        router.addresses.findFaults(faults);
        context.firewall().findFaults(router, faults);
    }

    private void findLinkFaults(ObservedLink base, FaultList faults) {
        if (!router.configuration.tracking().trackPrimary() || context.settling().countsAsUp(base)) {
            return;
        }
        if (base.isUpAndRunning()) {
            faults.found(FaultReason.LINK_SETTLING, base.name, context.settling().awaited(base));
        } else if (!base.isUp()) {
            faults.found(FaultReason.INTERFACE_DOWN, base.name, "");
        } else {
            faults.found(FaultReason.NO_CARRIER, base.name, "");
        }
    }

    private void findSourceFaults(ObservedLink base, FaultList faults) {
        if (router.source() != null) {
            return;
        }
        Family family = router.configuration.family();
        ObservedAddress unusable = SourceAddress.firstUnusable(router, base);
        if (unusable != null && unusable.isDuplicate()) {
            faults.found(FaultReason.SOURCE_DUPLICATE, base.name, unusable.address.toString());
            context.duplicates().failed(base, unusable);
        } else if (contested(base) != null) {
            faults.found(FaultReason.SOURCE_DUPLICATE, base.name, contested(base).toString());
        } else if (router.sources.isAwaited()) {
            return;
        } else if (unusable != null) {
            faults.found(FaultReason.SOURCE_TENTATIVE, base.name, unusable.address.toString());
        } else if (router.configuration.transport().sourceAddress() != null) {
            faults.found(FaultReason.CONFIGURED_SOURCE_ABSENT, base.name,
                    router.configuration.transport().sourceAddress().toString());
        } else {
            faults.found(FaultReason.NO_SOURCE_ADDRESS, base.name, family.text());
        }
    }

    /** The address that is missing because detection is being tried again; null: none. */
    private IpAddress contested(ObservedLink base) {
        IpAddress configured = router.configuration.transport().sourceAddress();
        if (router.configuration.family() != Family.IPV6) {
            return null;
        }
        return configured == null ? context.duplicates().contestedOn(base)
                : context.duplicates().isContested(base, configured) ? configured : null;
    }

    private void findPeerFaults(FaultList faults) {
        if (router.configuration.transport().isUnicast() && router.peers.count() == 0) {
            faults.found(FaultReason.UNICAST_PEERS_MISSING, router.configuration.name(), "");
        }
    }

    private void findSocketFaults(ObservedLink base, FaultList faults) {
        if (router.socket != null && !router.socket.failure.isEmpty()) {
            faults.found(FaultReason.SOCKET_FAILED, base.name, router.socket.failure);
        }
        if (router.vmacSocket != null && !router.vmacSocket.failure.isEmpty()) {
            faults.found(FaultReason.VMAC_DEAF, router.vmac.link().name, router.vmacSocket.failure);
        }
        if (router.sender.failure() != 0) {
            faults.found(FaultReason.SEND_FAILED, base.name,
                    router.sender.failureText());
        }
        context.sysctls().findFaults(base.index, faults);
        if (router.vmac != null && router.vmac.link() != null) {
            context.sysctls().findFaults(router.vmac.link().index, faults);
        }
    }

    private void findTrackedFaults(FaultList faults) {
        for (Tracked tracked : router.configuration.tracking().interfaces()) {
            if (tracked.weight() != 0) {
                continue;
            }
            ObservedLink link = context.kernel().byName(tracked.name());
            boolean up = context.settling().countsAsUp(link);
            if (tracked.reverse() && up) {
                faults.found(FaultReason.TRACKED_UP, tracked.name(), "");
            } else if (!tracked.reverse() && link == null) {
                faults.found(FaultReason.TRACKED_ABSENT, tracked.name(), "");
            } else if (!tracked.reverse() && !up && link.isUpAndRunning()) {
                faults.found(FaultReason.LINK_SETTLING, tracked.name(), context.settling().awaited(link));
            } else if (!tracked.reverse() && !up) {
                faults.found(FaultReason.TRACKED_DOWN, tracked.name(), "");
            }
        }
    }

    private void findAddressInterfaceFaults(FaultList faults) {
        for (ManagedAddress address : router.addresses.all()) {
            VirtualAddress wish = address.wish;
            if (wish.device() == null || wish.noTrack()
                    || wish.device().equals(router.configuration.interfaceName())) {
                continue;
            }
            ObservedLink link = context.kernel().byName(wish.device());
            if (!context.settling().countsAsUp(link)) {
                faults.found(FaultReason.ADDRESS_INTERFACE_DOWN, wish.device(), "");
            }
        }
    }
}
