package org.vrrpd.ctl.render;

import java.util.List;
import org.vrrpd.proto.simulation.Rehearsed;

/**
 * What rehearsals showed.
 *
 * @param nodes their names
 * @param disagreements between the configurations, a line each
 * @param assumptions about what no configuration tells, a line each
 */
public record RehearsalReport(
        List<String> nodes, List<String> disagreements, List<String> assumptions, List<Rehearsed> scenarios) {

    /** At the end of each scenario, each address is served by exactly one node. */
    public boolean isWhole() {
        return scenarios.stream().allMatch(Rehearsed::isWhole);
    }
}
