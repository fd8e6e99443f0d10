package org.vrrpd.daemon.systemd;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.FaultView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.narrate.HumanDuration;

/** A picture of the core in the one line that {@code systemctl status} shows. */
final class ServiceStatus {

    private static final List<RouterState> ORDER =
            List.of(RouterState.MASTER, RouterState.BACKUP, RouterState.INIT, RouterState.FAULT);

    private ServiceStatus() {}

    /** Every instance has a state, or has been told to wait with it for a known time. */
    static boolean isKnown(CoreView view) {
        return view.startupUntilNanos() != 0
                || view.instances().stream().noneMatch(instance -> instance.state() == RouterState.INIT);
    }

    /** Such as {@code 2 MASTER, 1 FAULT: XN_VI_ipv6: no IPv6 source on eno1}. */
    static String line(CoreView view) {
        List<String> counts = new ArrayList<>();
        for (RouterState state : ORDER) {
            long count = view.instances().stream().filter(instance -> instance.state() == state).count();
            if (count > 0) {
                counts.add(count + " " + state);
            }
        }
        String line = counts.isEmpty() ? "no instances" : String.join(", ", counts);
        if (view.startupUntilNanos() != 0) {
            String time = HumanDuration.ofNanos(view.startupUntilNanos() - view.coreNanos());
            return line + "; vrrp_startup_delay: none acts for " + time;
        }
        String fault = firstFault(view);
        return fault.isEmpty() ? line : line + ": " + fault;
    }

    private static String firstFault(CoreView view) {
        for (InstanceView instance : view.instances()) {
            for (FaultView fault : instance.faults()) {
                if (instance.state() == RouterState.FAULT && fault.reason().blocking()) {
                    // a line break would begin another assignment
                    return (instance.name() + ": " + fault.reasonText()).replace('\n', ' ');
                }
            }
        }
        return "";
    }
}
