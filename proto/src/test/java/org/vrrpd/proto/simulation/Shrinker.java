package org.vrrpd.proto.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a run that fails short: with fewer statements, routers, lines of configuration and digits it still fails with
 * the same invariant. What is left out is drawn from nothing but the run itself, so that the result is always the same.
 */
final class Shrinker {

    private static final Path DIRECTORY = Path.of("target/simulation");
    private static final int MOST_RUNS = 500;
    /** For a machine that is very slow: what was reached by then is kept. */
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long[] ROUND = {SECOND, SECOND / 10, SECOND / 1000};

    private final Function<LanTranscript, String> trial;
    private final long begunNanos = System.nanoTime();
    private LanTranscript shortest;
    private String failure;
    private int runs;

    /** @param trial what did not hold in a run; null: everything held */
    private Shrinker(LanTranscript whole, Function<LanTranscript, String> trial) {
        this.shortest = whole;
        this.trial = trial;
        this.failure = trial.apply(whole);
    }

    /** Of a seed that fails: writes the short run as target/simulation/seed-N.txt, and returns where that is. */
    static Path shrink(long seed) {
        return write(shrunk(LanTranscript.of(seed), LanTranscript::failure).told());
    }

    /** What to print of a seed that fails: what failed, how to run it again, and where the short run was written. */
    static String report(long seed, String failure) {
        return "seed " + seed + ": " + failure + "\n    again: mvn -pl proto test -Dtest=SimulationTest"
                + " -Dsimulation.seed=" + seed + " -Dsimulation.seeds=1\n    short: proto/" + shrink(seed);
    }

    static Path write(LanTranscript transcript) {
        try {
            Files.createDirectories(DIRECTORY);
            return Files.writeString(
                    DIRECTORY.resolve("seed-" + transcript.seed() + ".txt"), transcript.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws IllegalArgumentException when it does not fail. */
    static LanTranscript shrunk(LanTranscript whole, Function<LanTranscript, String> trial) {
        Shrinker shrinker = new Shrinker(whole, trial);
        if (shrinker.failure == null) {
            throw new IllegalArgumentException("Expected a run that fails, but seed " + whole.seed() + " does not");
        }
        shrinker.shrink();
        return shrinker.shortest.withComment("# seed " + whole.seed() + ": " + shrinker.failure.replace("\n", " ")
                + "\n# " + whole.scenario().statements().size() + " statements and " + whole.texts().size()
                + " routers before " + shrinker.runs + " runs made it shorter\n");
    }

    /** What fails, without the numbers and names that a shorter run changes. */
    static String kind(String failure) {
        return failure.replaceFirst("(?s), but .*", "").replaceFirst(", after event .*", "")
                .replaceFirst("^[\\d.]+s \\S+: ", "").replaceAll("\\S*\\d\\S*", "#");
    }

    private void shrink() {
        LanTranscript before;
        do {
            before = shortest;
            cutEnd();
            dropRouters();
            dropStatements();
            dropLines();
            round();
        } while (!before.equals(shortest) && mayGoOn());
    }

    private boolean mayGoOn() {
        return runs < MOST_RUNS && System.nanoTime() - begunNanos < MOST_NANOS;
    }

    /** True when it still fails in the same way; it is the shortest then. */
    private boolean keeps(LanTranscript candidate) {
        if (candidate.equals(shortest) || !mayGoOn() || !candidate.topology().isValid()) {
            return false;
        }
        runs++;
        String found;
        try {
            found = trial.apply(candidate);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return false; // it speaks of something that was left out
        }
        if (found == null || !kind(found).equals(kind(failure))) {
            return false;
        }
        shortest = candidate;
        failure = found;
        return true;
    }

    private boolean keeps(List<Statement> statements, long untilNanos) {
        return keeps(shortest.with(shortest.texts(), new Scenario(statements, untilNanos)));
    }

    /** Nothing after the failure matters; one that was found at the end needs a calm before it. */
    private void cutEnd() {
        List<Statement> statements = shortest.scenario().statements();
        long until = shortest.scenario().untilNanos();
        long failed = failedAt();
        if (failed >= 0 && failed < until) {
            long end = (failed / SECOND + 1) * SECOND;
            keeps(statements.stream().filter(each -> each.atNanos() <= failed).toList(), end);
        } else {
            keeps(statements, shortest.scenario().lastNanos()
                    + SimulatedRun.calmNanos(shortest.topology().configurations()));
        }
    }

    /** The time that the failure begins with; -1: none. */
    private long failedAt() {
        int end = failure.indexOf("s ");
        return failure.matches("(?s)[\\d.]+s .*") ? Statement.nanos(failure.substring(0, end + 1)) : -1;
    }

    private void dropStatements() {
        fewest(shortest.scenario().statements(), left -> keeps(left, shortest.scenario().untilNanos()));
    }

    /** Delta debugging: halves, quarters, …, single ones are left out. */
    private static <T> void fewest(List<T> all, Predicate<List<T>> keeps) {
        List<T> left = all;
        for (int size = Math.max(1, left.size() / 2); size > 0; size /= 2) {
            int from = Math.max(0, left.size() - size);
            while (from >= 0 && !left.isEmpty()) {
                List<T> fewer = new ArrayList<>(left.subList(0, from));
                fewer.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
                if (fewer.size() < left.size() && keeps.test(fewer)) {
                    left = fewer;
                }
                from = from == 0 ? -1 : Math.max(0, Math.min(from, left.size()) - size);
            }
        }
    }

    private void dropRouters() {
        for (String name : List.copyOf(shortest.texts().keySet())) {
            Map<String, String> texts = new TreeMap<>(shortest.texts());
            texts.remove(name);
            List<Statement> left = shortest.scenario().statements().stream()
                    .filter(each -> each.words().stream().noneMatch(word -> isOf(name, word))).toList();
            if (!texts.isEmpty()) {
                keeps(shortest.with(texts, new Scenario(left, shortest.scenario().untilNanos())));
            }
        }
    }

    private static boolean isOf(String router, String word) {
        return word.equals(router) || word.startsWith(router + ":");
    }

    private void dropLines() {
        for (String unit : ConfigurationUnits.of(shortest.texts())) {
            keeps(shortest.with(ConfigurationUnits.without(shortest.texts(), unit), shortest.scenario()));
        }
    }

    private void round() {
        for (int i = 0; i < shortest.scenario().statements().size(); i++) {
            for (long unit : ROUND) {
                List<Statement> statements = new ArrayList<>(shortest.scenario().statements());
                Statement former = statements.get(i);
                long at = former.atNanos() / unit * unit;
                boolean ordered = i == 0 || statements.get(i - 1).atNanos() <= at;
                statements.set(i, new Statement(at, former.words()));
                if (at == former.atNanos() || ordered && keeps(statements, shortest.scenario().untilNanos())) {
                    break;
                }
            }
        }
    }
}
