package org.vrrpd.proto.core;

import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.Tracked;

/** What a router's base priority and everything it tracks add up to. */
final class EffectivePriority {

    private static final int LEAST = 1;
    private static final int MOST = 254;

    private EffectivePriority() {}

    /** The sum is not limited, the result is 1 to 254; the owner's 255 changes only for a {@link RivalOwner}. */
    static int of(VirtualRouter router, CoreContext context) {
        InstanceConfiguration configuration = router.configuration;
        if (configuration.isOwner()) {
            return router.rival.priority();
        }
        int total = configuration.basePriority();
        for (Tracked tracked : configuration.tracking().interfaces()) {
            ObservedLink link = context.kernel().byName(tracked.name());
            total += contribution(tracked, context.settling().countsAsUp(link));
        }
        total += context.trackers().worth(configuration.tracking());
        return Math.max(LEAST, Math.min(MOST, total));
    }

    /** A positive weight counts while it is well, a negative one while it is not. */
    static int contribution(Tracked tracked, boolean well) {
        int weight = tracked.weight();
        int contribution = weight > 0 && well || weight < 0 && !well ? weight : 0;
        return tracked.reverse() ? -contribution : contribution;
    }
}
