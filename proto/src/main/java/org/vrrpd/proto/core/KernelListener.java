package org.vrrpd.proto.core;

import org.vrrpd.proto.effect.Errno;

/** Carries what the observer finds to the routers that it concerns. */
final class KernelListener implements KernelObserver.Listener {

    private final CoreContext context;
    private final KernelDump dump;
    private boolean cleaned;

    KernelListener(CoreContext context, KernelDump dump) {
        this.context = context;
        this.dump = dump;
    }

    @Override
    public void onLinkChanged(ObservedLink link, String formerName) {
        boolean gone = context.kernel().byIndex(link.index) == null;
        context.settling().observe();
        for (VirtualRouter router : context.routers().all()) {
            if (router.dependsOn(link, formerName)) {
                router.refreshBase();
                context.routers().doubt(router);
                if (router.awaitsLinkLocal()) {
                    dump.lookSoon();
                }
            }
            if (gone) {
                router.addresses.onLinkGone(link);
            }
        }
        context.duplicates().observe(link);
    }

    @Override
    public void onAddressAdded(ObservedLink link, ObservedAddress address) {
        for (VirtualRouter router : context.routers().all()) {
            router.addresses.onObserved(link, address);
        }
    }

    @Override
    public void onAddressRemoved(ObservedLink link, ObservedAddress address) {
        for (VirtualRouter router : context.routers().all()) {
            router.addresses.onRemoved(link, address);
        }
    }

    @Override
    public void onAnswer(int sequence, int errno, String text) {
        Integer owner = context.requests().answered(sequence);
        if (owner == null) {
            return;
        }
        VirtualRouter router = owner == Requests.CORE ? null : context.routers().byId(owner);
        boolean minded = router != null && router.onAnswer(sequence, errno, text);
        if (!minded && errno != 0 && errno != Errno.EADDRNOTAVAIL && errno != Errno.ENODEV) {
            cleaned = false; // nobody else is there to ask again: what is left is looked for at the next reading
        }
    }

    @Override
    public void onObserved(long firstRequest) {
        context.requests().forgetBefore(firstRequest);
        context.routers().all().forEach(router -> router.onKernelRead(firstRequest));
        if (!cleaned) {
            cleaned = true;
            matchAddresses();
            StaleObjects.remove(context);
        }
        context.routers().doubtAll();
    }

    /** Finds the virtual addresses of a new configuration among what was observed before. */
    void matchAddresses() {
        for (ObservedLink link : context.kernel().links()) {
            for (ObservedAddress address : link.addresses) {
                onAddressAdded(link, address);
            }
        }
    }

    void save(SnapshotWriter out) {
        out.putBoolean(cleaned);
    }

    void load(SnapshotReader in) {
        cleaned = in.getBoolean();
    }
}
