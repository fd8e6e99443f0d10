package org.vrrpd.proto.simulation;

import java.util.Map;
import org.vrrpd.proto.config.Configuration;

/**
 * One run, which follows from its seed, topology and scenario alone.
 *
 * @param failure what did not hold; null: everything held
 * @param digests of the effects of all routers
 */
record SimulatedRun(String failure, String digests, long turns, double routerHours) {

    private static final long SECOND = 1_000_000_000L;
    private static final double HOUR = 3600.0 * SECOND;

    static Topology topology(long seed) {
        return Topology.draw(new Chance(seed).fork("topology"));
    }

    /** Trouble for a while, then none for as long as everything may take to be right again. */
    static Scenario scenario(long seed, Topology topology) {
        Lan lan = new Lan(seed);
        Premises.build(lan, topology.configurations());
        Chance chance = new Chance(seed).fork("chaos");
        long interval = topology.slowestIntervalNanos();
        long duration = 20 * SECOND + chance.between(0, 40 * SECOND) + 4 * interval;
        return Chaos.draw(chance, lan, duration, 130 * SECOND + 8 * interval);
    }

    static SimulatedRun of(long seed) {
        Topology topology = topology(seed);
        return of(seed, topology, scenario(seed, topology));
    }

    static SimulatedRun of(long seed, Topology topology, Scenario scenario) {
        Map<String, Configuration> configurations = topology.configurations();
        Lan lan = new Lan(seed);
        Premises.build(lan, configurations);
        LanInvariants invariants = new LanInvariants(lan, configurations, scenario);
        Director.arrange(lan, scenario);
        lan.routers().forEach(lan::start);
        String failure = null;
        try {
            lan.runTo(scenario.untilNanos());
            invariants.checkQuiet();
        } catch (AssertionError | RuntimeException e) {
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        StringBuilder digests = new StringBuilder();
        lan.routers().forEach(each -> digests.append(Long.toHexString(each.host().digest())).append(' '));
        return new SimulatedRun(failure, digests.toString().strip(), invariants.turns(),
                lan.now() / HOUR * lan.routers().size());
    }
}
