package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.GlobalConfiguration;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.ScriptCommand;
import org.vrrpd.proto.core.NotifyLane.Notice;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.RouterState;

/**
 * Tells scripts and pipes of the states of instances and groups, in keepalived's words. A transition writes its lines
 * at once and queues its scripts: first the one of the state, then the generic one.
 */
final class Notifier {

    private static final String STOP = "STOP";
    private static final String DELETED = "DELETED";

    private final NotifyLanes lanes;
    private final FifoKeeper fifos;

    Notifier(NotifyLanes lanes, FifoKeeper fifos) {
        this.lanes = lanes;
        this.fifos = fifos;
    }

    void configure(GlobalConfiguration global) {
        lanes.setSecure(global.scriptSecurity());
        fifos.reconcile(global.fifos(), global.scriptSecurity());
    }

    /** As {@link #configure}, of a core that is restored: nothing is opened. */
    void restore(GlobalConfiguration global) {
        lanes.setSecure(global.scriptSecurity());
    }

    void entered(VirtualRouter router) {
        NotifyConfiguration notifications = router.configuration.notifications();
        String state = router.state().name();
        line(router, state);
        script(router, word(router.state()), command(notifications, router.state()), false);
        any(router, state, false);
    }

    /** A group counts with priority 0. */
    void entered(SyncGroup group, RouterState state) {
        line(group, state.name());
        script(group, word(state), command(group.notifications(), state), false);
        any(group, state.name(), false);
    }

    void priorityChanged(VirtualRouter router) {
        boolean acts = router.state() == RouterState.MASTER || router.state() == RouterState.BACKUP;
        if (acts && router.configuration.notifications().priorityChanges()) {
            line(router, router.state().name() + "_PRIORITY");
        }
    }

    void heardLowerPriority(VirtualRouter router) {
        line(router, "MASTER_RX_LOWER_PRI");
        script(router, "notify_master_rx_lower_pri",
                router.configuration.notifications().masterReceivedLower(), false);
    }

    /** A reload has removed it. keepalived tells that as FAULT, to the generic script only, unless told otherwise. */
    void removed(VirtualRouter router) {
        NotifyConfiguration notifications = router.configuration.notifications();
        String state = notifications.deletedEvent() ? DELETED : RouterState.FAULT.name();
        line(router, state);
        if (notifications.deletedEvent()) {
            script(router, "notify_deleted", notifications.deleted(), false);
        }
        any(router, state, false);
    }

    /** Everything is released: each instance is told, then each group. */
    void stopped(Routers routers) {
        for (VirtualRouter router : routers.all()) {
            line(router, STOP);
            script(router, "notify_stop", router.configuration.notifications().stop(), true);
            any(router, STOP, true);
        }
        for (SyncGroup group : routers.groups()) {
            line(group, STOP);
            script(group, "notify_stop", group.notifications().stop(), true);
            any(group, STOP, true);
        }
    }

    /** fifo_write_vrrp_states_on_reload: the pipes are told what they were told before; scripts are not run. */
    void repeatStates(Routers routers) {
        for (SyncGroup group : routers.groups()) {
            if (group.told() != RouterState.INIT) {
                line(group, group.told().name());
            }
        }
        for (VirtualRouter router : routers.all()) {
            if (router.told.last() != RouterState.INIT) {
                line(router, router.told.last().name());
            }
        }
    }

    private void line(VirtualRouter router, String state) {
        if (!fifos.areNone()) {
            fifos.write("INSTANCE \"" + router.configuration.name() + "\" " + state + ' '
                    + router.effectivePriority() + '\n');
        }
    }

    private void line(SyncGroup group, String state) {
        if (!fifos.areNone()) {
            fifos.write("GROUP \"" + group.name + "\" " + state + " 0\n");
        }
    }

    private static String word(RouterState state) {
        return switch (state) {
            case MASTER -> "notify_master";
            case BACKUP -> "notify_backup";
            case FAULT, INIT -> "notify_fault";
        };
    }

    private static ScriptCommand command(NotifyConfiguration notifications, RouterState state) {
        return switch (state) {
            case MASTER -> notifications.master();
            case BACKUP -> notifications.backup();
            case FAULT, INIT -> notifications.fault();
        };
    }

    private void any(VirtualRouter router, String state, boolean stop) {
        script(router, "notify", with(router.configuration.notifications().any(),
                "INSTANCE", router.configuration.name(), state, Integer.toString(router.effectivePriority())), stop);
    }

    private void any(SyncGroup group, String state, boolean stop) {
        script(group, "notify", with(group.notifications().any(), "GROUP", group.name, state, "0"), stop);
    }

    private static ScriptCommand with(ScriptCommand command, String... more) {
        if (command == null) {
            return null;
        }
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.addAll(List.of(more));
        return new ScriptCommand(arguments, command.user(), command.group());
    }

    private void script(VirtualRouter router, String word, ScriptCommand command, boolean stop) {
        if (command != null) {
            lanes.add(false, router.configuration.name(), router.id,
                    notice(word, router.configuration.name(), command, stop));
        }
    }

    private void script(SyncGroup group, String word, ScriptCommand command, boolean stop) {
        if (command != null) {
            lanes.add(true, group.name, Effects.NO_INSTANCE, notice(word, group.name, command, stop));
        }
    }

    private static Notice notice(String word, String name, ScriptCommand command, boolean stop) {
        return new Notice(word + " of " + name, command.arguments(), command.user(), command.group(), stop);
    }
}
