package org.vrrpd.proto.simulation;

import java.util.Map;
import java.util.function.Consumer;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.ScriptConfiguration;

/**
 * One run, which follows from its seed, topology and scenario alone. Whether everybody is well in the end is asked when
 * nothing befell the LAN for long enough: a shorter scenario says nothing about that.
 *
 * @param failure what did not hold; null: everything held
 * @param judged whether the calm at the end was so long that everybody had to be well again
 * @param digest over every event that any router met and every effect of it
 */
record SimulatedRun(String failure, boolean judged, long digest, long turns, double routerHours) {

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
        long calm = calmNanos(topology.configurations()) + 10 * SECOND;
        return Chaos.draw(chance, lan, topology, topology.durationNanos(chance), calm);
    }

    /**
     * How long after the last trouble everything must have been repaired: what backs off does so for half a minute, and
     * a check has to say so many times in a row what is right.
     */
    static long calmNanos(Map<String, Configuration> configurations) {
        long calm = 0;
        for (Configuration each : configurations.values()) {
            long checks = 0;
            for (ScriptConfiguration script : each.scripts()) {
                int runs = Math.max(script.rise(), script.fall()) + 1;
                checks = Math.max(checks, runs * script.intervalNanos() + script.timeoutNanos());
            }
            for (InstanceConfiguration instance : each.instances()) {
                calm = Math.max(calm, Math.max(50 * SECOND, checks) + 8 * instance.advertisementIntervalNanos());
            }
        }
        return calm;
    }

    static SimulatedRun of(long seed) {
        Topology topology = topology(seed);
        SimulatedRun run = of(seed, topology, scenario(seed, topology));
        if (run.failure == null && !run.judged) {
            throw new IllegalStateException("Expected a calm at the end, but found none with seed " + seed);
        }
        return run;
    }

    static SimulatedRun of(long seed, Topology topology, Scenario scenario) {
        return of(seed, topology, scenario, lan -> { });
    }

    /** @param audience is shown the LAN before the first daemon starts */
    static SimulatedRun of(long seed, Topology topology, Scenario scenario, Consumer<Lan> audience) {
        Map<String, Configuration> configurations = topology.configurations();
        Lan lan = new Lan(seed);
        Premises.build(lan, configurations);
        LanInvariants invariants = new LanInvariants(lan, configurations, scenario);
        Director.arrange(lan, scenario);
        audience.accept(lan);
        RunDigest digest = new RunDigest(lan);
        lan.routers().forEach(lan::start);
        String failure = null;
        boolean judged = false;
        try {
            lan.runTo(scenario.untilNanos());
            judged = scenario.untilNanos() - scenario.lastNanos() >= calmNanos(configurations);
            if (judged) {
                invariants.checkQuiet();
            }
        } catch (AssertionError | RuntimeException e) {
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        return new SimulatedRun(failure, judged, digest.value(), invariants.turns(),
                lan.now() / HOUR * lan.routers().size());
    }
}
