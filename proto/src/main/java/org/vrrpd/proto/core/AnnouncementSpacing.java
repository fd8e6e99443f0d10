package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.inet.Family;

/**
 * Keeps the GARPs that leave on one interface, and the neighbour advertisements, apart by the configured interval,
 * whichever routers they are of. Routers that have to wait take turns. Without an interval it is not asked.
 */
final class AnnouncementSpacing {

    /** What one interface sends of one family. */
    private static final class Lane {
        final int interfaceIndex;
        final Family family;
        /** Nothing leaves before. */
        long freeAt = Long.MIN_VALUE;
        /** Some router wanted to send since it was last found that none does. */
        boolean isAwaited;
        /** Whose turn it was last. */
        int lastRouter = -1;

        Lane(int interfaceIndex, Family family) {
            this.interfaceIndex = interfaceIndex;
            this.family = family;
        }
    }

    private final Moment moment;
    private final Routers routers;
    private final List<Lane> lanes = new ArrayList<>();

    AnnouncementSpacing(Moment moment, Routers routers) {
        this.moment = moment;
        this.routers = routers;
    }

    /** True when an announcement may leave at once; if not, the router is asked for it when its turn has come. */
    boolean mayPass(int interfaceIndex, Family family) {
        Lane lane = lane(interfaceIndex, family);
        lane.isAwaited |= moment.nowNanos() < lane.freeAt;
        return !lane.isAwaited; // who comes when the lane is free but others wait for it has to wait as well
    }

    void passed(VirtualRouter router, int interfaceIndex, Family family, long intervalNanos) {
        Lane lane = lane(interfaceIndex, family);
        lane.freeAt = moment.nowNanos() + intervalNanos;
        lane.lastRouter = router.id;
    }

    private Lane lane(int interfaceIndex, Family family) {
        for (Lane lane : lanes) {
            if (lane.interfaceIndex == interfaceIndex && lane.family == family) {
                return lane;
            }
        }
        lanes.removeIf(lane -> !lane.isAwaited && lane.freeAt <= moment.nowNanos()); // such as of deleted interfaces
        Lane lane = new Lane(interfaceIndex, family);
        lanes.add(lane);
        return lane;
    }

    void onDeadline() {
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            if (lane.isAwaited && lane.freeAt <= moment.nowNanos()) {
                lane.isAwaited = letNextPass(lane);
            }
        }
    }

    private boolean letNextPass(Lane lane) {
        List<VirtualRouter> all = routers.all();
        int last = 0;
        while (last < all.size() && all.get(last).id != lane.lastRouter) {
            last++;
        }
        for (int i = 1; i <= all.size(); i++) {
            VirtualRouter router = all.get((last + i) % all.size());
            if (router.announcer.sendOne(lane.interfaceIndex, lane.family)) {
                return true;
            }
        }
        return false;
    }

    long deadline() {
        long deadline = Moment.NEVER;
        for (int i = 0; i < lanes.size(); i++) { // an iterator would be allocated with every advertisement
            Lane lane = lanes.get(i);
            deadline = lane.isAwaited ? Math.min(deadline, lane.freeAt) : deadline;
        }
        return deadline;
    }

    void save(SnapshotWriter out) {
        out.putInt(lanes.size());
        for (Lane lane : lanes) {
            out.putInt(lane.interfaceIndex).putInt(lane.family.number()).putLong(lane.freeAt)
                    .putBoolean(lane.isAwaited).putInt(lane.lastRouter);
        }
    }

    void load(SnapshotReader in) {
        for (int i = in.getInt(); i > 0; i--) {
            Lane lane = new Lane(in.getInt(), Family.ofNumber(in.getInt()));
            lane.freeAt = in.getLong();
            lane.isAwaited = in.getBoolean();
            lane.lastRouter = in.getInt();
            lanes.add(lane);
        }
    }
}
