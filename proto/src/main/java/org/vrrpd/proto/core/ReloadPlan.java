package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationDifference;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.effect.RouterState;

/** What a reload would do, for people. No secret is in it. */
public final class ReloadPlan {

    private static final String INDENT = "    ";
    private static final String INSTANCE = "vrrp_instance ";

    private final Configuration from;
    private final Configuration to;
    private final List<String> lines = new ArrayList<>();

    private ReloadPlan(Configuration from, Configuration to) {
        this.from = from;
        this.to = to;
    }

    /**
     * One line for each instance and for all else that changes, and under it each setting; the last line has the
     * numbers.
     *
     * @param stateOf the present state of an instance by its present name
     */
    public static List<String> lines(
            Configuration from, Configuration to, Function<String, RouterState> stateOf) {
        ReloadPlan plan = new ReloadPlan(from, to);
        Map<String, String> renamed = plan.renamed();
        ConfigurationDifference difference = ConfigurationDifference.of(from, to, renamed);
        for (InstanceConfiguration instance : to.instances()) {
            plan.instance(instance, difference, stateOf);
        }
        for (InstanceConfiguration instance : from.instances()) {
            if (RouterKey.find(to.instances(), instance) == null) {
                plan.lines.add(INSTANCE + instance.name() + ": removed" + leaving(stateOf.apply(instance.name())));
            }
        }
        plan.others(difference);
        plan.lines.add(ReloadCounts.of(from.instances(), to.instances()).text());
        return plan.lines;
    }

    /** New name to former name, of those that were renamed. */
    private Map<String, String> renamed() {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (InstanceConfiguration instance : to.instances()) {
            InstanceConfiguration former = RouterKey.find(from.instances(), instance);
            if (former != null && !former.name().equals(instance.name())) {
                renamed.put(instance.name(), former.name());
            }
        }
        return renamed;
    }

    private void instance(
            InstanceConfiguration instance, ConfigurationDifference difference,
            Function<String, RouterState> stateOf) {
        InstanceConfiguration former = RouterKey.find(from.instances(), instance);
        if (former == null) {
            lines.add(INSTANCE + instance.name() + ": added");
            return;
        }
        String obstacle = RouterChange.obstacle(former, instance);
        RouterState state = stateOf.apply(former.name());
        String name = former.name().equals(instance.name()) ? "" : "renamed from " + former.name() + ", ";
        if (former.equals(instance)) {
            lines.add(INSTANCE + instance.name() + ": unchanged");
        } else if (obstacle.isEmpty()) {
            lines.add(INSTANCE + instance.name() + ": " + name + "changed, keeps " + state);
        } else {
            lines.add(INSTANCE + instance.name() + ": " + name + "begins anew, because " + obstacle + " changes"
                    + leaving(state));
        }
        settings(difference.changes(INSTANCE + instance.name()));
    }

    private static String leaving(RouterState state) {
        return state == RouterState.MASTER ? ", leaves MASTER with priority 0" : "";
    }

    /** Everything that is no instance: groups, scripts, files, processes, what is global. */
    private void others(ConfigurationDifference difference) {
        for (String block : difference.blocks()) {
            if (!block.startsWith(INSTANCE)) {
                lines.add(block + ": " + difference.fate(block));
                settings(difference.changes(block));
            }
        }
    }

    private void settings(List<String> changes) {
        changes.forEach(change -> lines.add(INDENT + change));
    }
}
