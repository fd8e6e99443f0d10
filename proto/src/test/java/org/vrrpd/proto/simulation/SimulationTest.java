package org.vrrpd.proto.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationParser;

/**
 * What must hold does, whatever befalls the routers: of the seeds that are the same for ever, and of seeds that nobody
 * has seen before. A fresh seed that fails shows a bug that was there already; with its number it fails again.
 */
class SimulationTest {

    /** One seed to look at alone, or the first of some. */
    private static final Long ASKED = Long.getLong("simulation.seed");
    private static final int SEEDS = Integer.getInteger("simulation.seeds", ASKED == null ? 400 : 1);
    private static final double MINUTES = Double.parseDouble(System.getProperty("simulation.minutes", "0.5"));
    /** Of a thousand fresh seeds, which show what was wrong before: told, but not held against whoever changed else. */
    private static final int TOLERATED = Integer.getInteger("simulation.tolerated", 0);
    private static final int MOST_FAILURES = 5;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONG = 6 * 3_600_000_000_000L;
    private static final String PLAIN = """
            vrrp_instance v1 {
                interface eno1
                virtual_router_id 51
                priority %d
                advert_int 1
                virtual_ipaddress { 192.168.1.5/24 }
            }
            """;
    private static final Path TARGET = Path.of("target");
    private static final StringBuilder RATES = new StringBuilder();

    private static ExecutorService processors;

    /** One seed's, or that it was not begun any more. */
    private record Outcome(long seed, SimulatedRun run) {}

    @BeforeAll
    static void useAllProcessors() {
        processors = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    @AfterAll
    static void tellRates() throws IOException {
        processors.shutdownNow();
        Files.writeString(TARGET.resolve("simulation.txt"), RATES);
        System.out.print(RATES);
    }

    @Test
    @DisplayName("seeds that are always the same; their digests are kept, to be compared with those of another JVM")
    void fixedSeeds() throws Exception {
        long first = ASKED == null ? 1 : ASKED;
        List<Outcome> outcomes = run("fixed", first, SEEDS, () -> true);
        Files.writeString(TARGET.resolve("simulation-digests.txt"), outcomes.stream()
                .map(each -> each.seed + " " + Long.toHexString(each.run.digest()) + "\n")
                .collect(Collectors.joining()));
        assertNoFailures(outcomes);
    }

    @Test
    @DisplayName("seeds that nobody has seen, for as long as simulation.minutes says")
    void freshSeeds() throws Exception {
        if (ASKED != null || MINUTES == 0) {
            return;
        }
        long end = System.nanoTime() + (long) (MINUTES * 60 * NANOS_PER_SECOND);
        long first = System.currentTimeMillis() * 1000;
        List<Outcome> outcomes = run("fresh", first, Integer.MAX_VALUE, () -> System.nanoTime() - end < 0);
        if (failed(outcomes) * 1000 <= (long) TOLERATED * outcomes.size()) {
            outcomes.stream().filter(each -> each.run.failure() != null).forEach(each ->
                    RATES.append("A BUG: ").append(Shrinker.report(each.seed, each.run.failure())).append('\n'));
        } else {
            assertNoFailures(outcomes);
        }
    }

    @Test
    @DisplayName("two routers advertise every second for hours; whether somebody checks them changes nothing")
    void undisturbed() {
        Map<String, Configuration> configurations = new TreeMap<>();
        for (int priority : new int[] {100, 150}) {
            configurations.put("r" + priority, ConfigurationParser.parse(
                    PLAIN.formatted(priority), "plain.conf", "host").configuration());
        }
        undisturbed(configurations, true, LONG / 24); // until everything is compiled
        assertEquals(undisturbed(configurations, false, LONG), undisturbed(configurations, true, LONG));
    }

    /** The digest of the effects of all. */
    private static List<Long> undisturbed(Map<String, Configuration> configurations, boolean checked, long nanos) {
        Lan lan = new Lan(1);
        Premises.build(lan, configurations);
        long[] turns = new long[1];
        lan.observe(router -> turns[0]++);
        LanInvariants invariants = checked
                ? new LanInvariants(lan, configurations, new Scenario(List.of(), nanos)) : null;
        lan.routers().forEach(lan::start);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean(); // whatever else the machine does meanwhile
        long begun = threads.getCurrentThreadCpuTime();
        lan.runTo(nanos);
        double seconds = (threads.getCurrentThreadCpuTime() - begun) / NANOS_PER_SECOND;
        if (checked) {
            invariants.checkQuiet();
        }
        if (nanos == LONG) {
            RATES.append(String.format(Locale.ROOT, "simulation, two routers that advertise every second, %s:"
                    + " %.0f router-hours and %.0f turns a second of processor time%n",
                    checked ? "checked" : "not checked", 12 / seconds, turns[0] / seconds));
        }
        return lan.routers().stream().map(each -> each.host().digest()).toList();
    }

    /** In the order of the seeds, as many as there are or as may still be begun. */
    private static List<Outcome> run(String name, long first, int count, BooleanSupplier goesOn)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        List<Outcome> outcomes = new ArrayList<>();
        int ahead = 4 * Runtime.getRuntime().availableProcessors();
        List<Future<Outcome>> waiting = new ArrayList<>();
        for (long i = 0; i < count && goesOn.getAsBoolean() && failed(outcomes) < MOST_FAILURES; i++) {
            long seed = first + i;
            waiting.add(processors.submit(() -> new Outcome(seed, SimulatedRun.of(seed))));
            if (waiting.size() >= ahead) {
                outcomes.add(waiting.remove(0).get());
            }
        }
        for (Future<Outcome> each : waiting) {
            outcomes.add(each.get());
        }
        tellRate(name, first, outcomes, (System.nanoTime() - begun) / NANOS_PER_SECOND);
        return outcomes;
    }

    private static long failed(List<Outcome> outcomes) {
        return outcomes.stream().filter(each -> each.run.failure() != null).count();
    }

    private static void tellRate(String name, long first, List<Outcome> outcomes, double seconds) {
        double hours = outcomes.stream().mapToDouble(each -> each.run.routerHours()).sum();
        long turns = outcomes.stream().mapToLong(each -> each.run.turns()).sum();
        RATES.append(String.format(Locale.ROOT,
                "simulation, %s seeds: %d from %d on, %d failed, %.1f router-hours and %d turns in %.1f s:"
                        + " %.1f router-hours and %.0f turns a second%n",
                name, outcomes.size(), first, failed(outcomes), hours, turns, seconds,
                hours / seconds, turns / seconds));
    }

    private static void assertNoFailures(List<Outcome> outcomes) {
        List<String> failures = outcomes.stream().filter(each -> each.run.failure() != null)
                .map(each -> Shrinker.report(each.seed, each.run.failure())).toList();
        assertEquals(List.of(), failures, () -> String.join("\n", failures));
    }
}
