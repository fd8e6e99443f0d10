package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int FIXED_SEEDS = Integer.getInteger("simulation.seeds", 200);

    @Test
    @DisplayName("whatever befalls the routers, what must hold does")
    void fixedSeeds() {
        List<String> failures = new ArrayList<>();
        long before = System.nanoTime();
        double hours = 0;
        long turns = 0;
        long first = Long.getLong("simulation.seed", 1);
        for (long seed = first; seed < first + FIXED_SEEDS; seed++) {
            SimulatedRun run = SimulatedRun.of(seed);
            hours += run.routerHours();
            turns += run.turns();
            if (run.failure() != null) {
                failures.add(Shrinker.report(seed, run.failure()));
            }
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf("%d seeds, %.1f router-hours, %d turns in %.1f s: %.1f router-hours a second%n",
                FIXED_SEEDS, hours, turns, seconds, hours / seconds);
        assertEquals(List.of(), failures, () -> String.join("\n", failures));
    }
}
