package org.vrrpd.proto.simulation;

/** Runs of seeds for tests in other packages. */
public final class SimulatedRuns {

    private SimulatedRuns() {}

    /** What did not hold in the run of a seed, null when everything did, while somebody watches one of its routers. */
    public static String watched(long seed, String router, SimulatedHost.Watcher watcher) {
        Topology topology = SimulatedRun.topology(seed);
        Scenario scenario = SimulatedRun.scenario(seed, topology);
        return SimulatedRun.of(seed, topology, scenario, lan -> lan.router(router).host().watch(watcher)).failure();
    }
}
