package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.SyncGroupConfiguration;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.FaultReason;
import org.vrrpd.proto.effect.RouterState;

/**
 * Routers that change state together: MASTER only when every member would be, BACKUP when one has to, FAULT while one
 * is.
 */
final class SyncGroup {

    final String name;
    private final SyncGroupConfiguration configuration;
    private final List<VirtualRouter> members;
    private final Notifier notifier;
    /** What scripts and pipes were told last; INIT: nothing yet. */
    private RouterState told = RouterState.INIT;

    SyncGroup(SyncGroupConfiguration configuration, List<VirtualRouter> members, Notifier notifier) {
        this.name = configuration.name();
        this.configuration = configuration;
        this.members = members;
        this.notifier = notifier;
        members.forEach(member -> member.group = this);
    }

    NotifyConfiguration notifications() {
        return configuration.notifications();
    }

    RouterState told() {
        return told;
    }

    /** It was told of before a reload, or before the snapshot. */
    void wasTold(RouterState state) {
        told = state;
    }

    /** A group that starts as BACKUP is told before its members, as keepalived does; else after the last of them. */
    void tellStart() {
        for (VirtualRouter member : members) {
            boolean startsAsBackup = member.state() == RouterState.INIT || member.state() == RouterState.BACKUP;
            if (!startsAsBackup || member.told.last() != RouterState.INIT) {
                return;
            }
        }
        tell(RouterState.BACKUP);
    }

    /** The group is in a state when the last member was told of it. */
    void tell() {
        RouterState state = members.get(0).told.last();
        for (VirtualRouter member : members) {
            if (member.told.last() != state) {
                return;
            }
        }
        tell(state);
    }

    private void tell(RouterState state) {
        if (state != told && state != RouterState.INIT) {
            told = state;
            notifier.entered(this, state);
        }
    }

    /** The state all members are in; while they move, that of the one furthest behind. */
    RouterState state() {
        RouterState state = RouterState.MASTER;
        for (VirtualRouter member : members) {
            if (member.state() == RouterState.FAULT) {
                return RouterState.FAULT;
            }
            if (member.state().compareTo(state) < 0) {
                state = member.state();
            }
        }
        return state;
    }

    long sinceNanos() {
        long since = 0;
        for (VirtualRouter member : members) {
            since = Math.max(since, member.sinceNanos());
        }
        return since;
    }

    List<String> memberNames() {
        List<String> names = new ArrayList<>();
        members.forEach(member -> names.add(member.configuration.name()));
        return names;
    }

    boolean areAllOwners() {
        for (VirtualRouter member : members) {
            if (!member.configuration.isOwner()) {
                return false;
            }
        }
        return true;
    }

    /** A member's timer fired: all go when each of them wants to, or is MASTER already; else it waits again. */
    void takeOver(VirtualRouter first, StateCause cause) {
        first.wantsMaster = true;
        for (VirtualRouter member : members) {
            if (!member.wantsMaster && !member.isMaster()) {
                first.masterLeft = false; // the Skew_Time that priority 0 gave is over
                first.restartMasterDown();
                return;
            }
        }
        first.becomeMaster(cause);
        for (VirtualRouter member : members) {
            if (!member.isMaster()) {
                member.becomeMaster(new StateCause(Cause.GROUP_SYNCED, name, first.configuration.name()));
            }
        }
    }

    /** A router of lower priority was heard: hosts may have learnt its address for any of the group. */
    void announceBecauseOf(VirtualRouter first) {
        for (VirtualRouter member : members) {
            if (member != first && member.isMaster()) {
                member.announceAgain();
            }
        }
    }

    /**
     * Among equals the addresses decide, for each virtual router by itself. Where they decide otherwise in one than in
     * another of the group, two groups give way to each other, both at once, and would do so each time their timers
     * fire. So whoever gave way to an equal waits so many intervals longer, unless it hears its master: one of the two,
     * and each of them beside a router that knows no such rule, is the later one.
     */
    int intervalsAfterTie(VirtualRouter member) {
        for (VirtualRouter other : members) {
            int order = Integer.compare(other.configuration.vrid(), member.configuration.vrid());
            if (order < 0 || order == 0 && other.configuration.family().compareTo(member.configuration.family()) < 0) {
                return 2;
            }
        }
        return 1;
    }

    /** A member yielded: the others follow, without priority 0, since the better router serves all of them. */
    void followToBackup(VirtualRouter first) {
        for (VirtualRouter member : members) {
            if (member.isMaster()) {
                StateCause cause = new StateCause(Cause.GROUP_SYNCED, name, first.configuration.name());
                member.becomeBackup(cause, member.moment().nowNanos(), false);
            }
            member.wantsMaster = false;
        }
    }

    /**
     * A member that is BACKUP hears its master. The others are MASTER only when a reload has brought them together:
     * they follow. Allocates nothing otherwise.
     */
    void masterHeard(VirtualRouter first) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).isMaster()) {
                followToBackup(first);
                return;
            }
        }
    }

    /** While one member has faults of its own, the group is a fault of each of the others. */
    void findFaults() {
        for (VirtualRouter member : members) {
            for (VirtualRouter other : members) {
                if (other != member && other.faults.foundBlocking()) {
                    member.faults.found(FaultReason.SYNC_GROUP, name, other.configuration.name());
                    break;
                }
            }
        }
    }

    /** True when it moves, if it does, because of another member. Those that start are all equal. */
    static boolean isFollower(VirtualRouter router) {
        return router.group != null && router.state() != RouterState.INIT
                && !router.faults.hasBlockingOfItsOwn() && !router.faults.foundBlocking();
    }

    /** True when nothing keeps any member from working but checks that have no result yet. */
    boolean onlyWaits() {
        for (VirtualRouter member : members) {
            if (!member.faults.foundOnlyPending()) {
                return false;
            }
        }
        return true;
    }

    boolean isDoubtful() {
        for (VirtualRouter member : members) {
            if (member.doubtful) {
                return true;
            }
        }
        return false;
    }

    void doubtAll(Routers routers) {
        members.forEach(routers::doubt);
    }
}
