package org.vrrpd.proto.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vrrpd.proto.core.Configurations.group;
import static org.vrrpd.proto.core.Configurations.instance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.simulation.ModelKernel;

/**
 * Whatever trackers tell and in whatever order, with reloads between: once they tell the same, the routers are in the
 * same state. {@code -Dorder.seed} runs one seed, {@code -Dorder.runs} more of them.
 */
class TrackersAnyOrderTest {

    private static final String CONFIGURATION = "global_defs { vrrp_version 3 }\n"
            + "interface_up_down_delays {\neth1 0.5 1.5\n}\n"
            + ScriptTrackerTest.script("a", "interval 1", "rise 2", "fall 2")
            + ScriptTrackerTest.script("b", "interval 2", "init_fail")
            + ScriptTrackerTest.script("w", "interval 1", "weight -20")
            + "track_file f {\nfile /f\nweight 0\n}\ntrack_file n {\nfile /n\nweight 2\n}\n"
            + "vrrp_track_process p {\nprocess nginx\nquorum 2\nfork_delay 0.3\nterminate_delay 0.7\n}\n"
            + group("V4", "W4")
            + instance("V4", "eth0", 51, "192.0.2.10/24", "track_script {\na\nb\n}", "track_file {\nf\n}")
            + instance("W4", "eth0", 52, "192.0.2.20/24", "track_process {\np\n}", "track_interface {\neth1\n}")
            + instance("X4", "eth0", 53, "192.0.2.30/24", "track_script {\nw\n}", "track_file {\nn\n}",
                    "track_process {\np weight 10\n}");

    @Test
    void theEndIsTheSame() {
        long first = Long.getLong("order.seed", 1);
        for (long seed = first; seed < first + Integer.getInteger("order.runs", 100); seed++) {
            try {
                new Run(new Random(seed)).check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Expected MASTER in the end, for -Dorder.seed=" + seed, e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final CoreFixture core = new CoreFixture();

        Run(Random random) {
            this.random = random;
        }

        void check() {
            core.kernel.linkReady("eth0", "192.0.2.2/24");
            core.kernel.linkReady("eth1", "198.51.100.2/24");
            core.started().configured(CONFIGURATION);
            for (int i = random.nextInt(40); i > 0; i--) {
                step();
                core.pump();
                core.advance(random.nextInt(3_000) * CoreFixture.MILLISECOND);
            }
            heal();
            // a run that got lost is given up only after its time and the margin, and then rise and Master_Down follow
            core.advance(60 * CoreFixture.SECOND);
            for (String name : List.of("V4", "W4", "X4")) {
                assertEquals(List.of(), core.instance(name).faults());
                assertEquals(RouterState.MASTER, core.state(name));
            }
            assertEquals(100 + 14 + 10, core.instance("X4").effectivePriority());
        }

        private void step() {
            String script = List.of("vrrp_script a", "vrrp_script b", "vrrp_script w").get(random.nextInt(3));
            switch (random.nextInt(10)) {
                case 0 -> core.workers.exits(script, random.nextInt(2));
                case 1 -> core.workers.waits(script);
                case 2 -> timeOut(script);
                case 3 -> core.workers.written("/f", Integer.toString(random.nextInt(3)));
                case 4 -> core.workers.written("/n", Integer.toString(random.nextInt(400) - 200));
                case 5 -> core.workers.deleted("/n");
                case 6 -> core.workers.run("nginx", random.nextInt(4));
                case 7 -> toggle();
                case 8 -> core.configured(random.nextBoolean() ? CONFIGURATION
                        : CONFIGURATION.replace("rise 2", "rise 3").replace("quorum 2", "quorum 1")
                                .replace("/bin/b", "/bin/c").replace("interval 2", "interval 3")
                                .replace("file /f", "file /g").replace("eth1 0.5", "eth1 0.9"));
                default -> core.configured(CONFIGURATION.replaceAll("track_(script|file|process) \\{\n[^}]*}", ""));
            }
        }

        private void timeOut(String script) {
            if (core.workers.isRunning(script)) {
                core.workers.timedOut(script);
            }
        }

        private void toggle() {
            ModelKernel.Link eth1 = core.kernel.byName("eth1");
            if (eth1 == null) {
                core.kernel.linkReady("eth1", "198.51.100.2/24");
            } else if (random.nextInt(3) == 0) {
                core.kernel.linkRemoved(eth1);
            } else {
                core.kernel.setCarrier(eth1, random.nextBoolean());
            }
        }

        private void heal() {
            List<Runnable> facts = new ArrayList<>(List.of(
                    () -> core.workers.exits("vrrp_script a", 0),
                    () -> core.workers.exits("vrrp_script b", 0),
                    () -> core.workers.exits("vrrp_script w", 0),
                    () -> core.workers.written("/f", "0"),
                    () -> core.workers.written("/n", "7"),
                    () -> core.workers.run("nginx", 3),
                    () -> core.configured(CONFIGURATION),
                    this::linkComes));
            Collections.shuffle(facts, random);
            for (Runnable fact : facts) {
                fact.run();
                core.pump();
                core.advance(random.nextInt(500) * CoreFixture.MILLISECOND);
            }
        }

        private void linkComes() {
            if (core.kernel.byName("eth1") == null) {
                core.kernel.linkReady("eth1", "198.51.100.2/24");
            }
            core.kernel.setCarrier(core.kernel.byName("eth1"), true);
        }
    }
}
