package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.inet.IpAddress;

/** Makes the immutable picture of a router that other threads may keep. */
final class RouterViews {

    private RouterViews() {}

    static CoreView.InstanceView of(
            VirtualRouter router, InstanceConfiguration configuration, StateCause cause, long causeSequence) {
        IpAddress master = router.isMaster() ? router.sources.identity() : router.peer.address(configuration.family());
        int masterPriority = router.isMaster() ? router.effectivePriority() : router.peer.priority();
        return new CoreView.InstanceView(
                configuration.name(), router.state(), router.sinceNanos(), causeSequence, cause.text(),
                configuration.interfaceName(), configuration.vrid(), configuration.family(),
                configuration.version(), configuration.basePriority(), router.effectivePriority(),
                configuration.advertisementIntervalNanos(), addresses(router), router.faults.view(),
                router.group == null ? "" : router.group.name, master, masterPriority, router.masterIntervalNanos(),
                router.peer.checksum() == null ? null : router.peer.checksum().text(),
                router.counters.view(), detail(router, configuration));
    }

    private static CoreView.Detail detail(VirtualRouter router, InstanceConfiguration configuration) {
        return new CoreView.Detail(
                configuration, wanted(router), router.vmac == null ? "" : router.vmac.name(), router.source(),
                Math.min(router.advertisementAt, router.masterDownAt), router.masterDownInterval());
    }

    private static RouterState wanted(VirtualRouter router) {
        if (router.state() == RouterState.FAULT) {
            return router.faults.hasBlockingOfItsOwn() ? RouterState.FAULT : RouterState.BACKUP;
        }
        return router.state() == RouterState.BACKUP && router.wantsMaster ? RouterState.MASTER : router.state();
    }

    private static List<CoreView.AddressView> addresses(VirtualRouter router) {
        List<CoreView.AddressView> view = new ArrayList<>();
        for (ManagedAddress address : router.addresses.all()) {
            VirtualAddress wish = address.wish;
            ObservedLink target = router.addresses.target(wish);
            String device = target != null ? target.name
                    : wish.device() != null ? wish.device() : router.configuration.interfaceName();
            view.add(new CoreView.AddressView(
                    wish.address(), wish.prefixLength(), device, address.isInstalled(), address.excluded,
                    wish));
        }
        return view;
    }
}
