package org.vrrpd.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.vrrpd.system.Alignment.Row;
import org.vrrpd.system.Stage.Candidate;

/**
 * One configuration and one series of stimuli, given to keepalived and to vrrpd on a LAN of its own each; what the two
 * did is laid side by side. Orders and contents must be the same; times too, within a tolerance. A difference in time
 * alone may be the machine's: it counts when it is there in each of three runs.
 */
final class Comparison {

    /**
     * A stimulus and how long its consequences are watched.
     *
     * @param slack what its times may be off, beside the tolerance
     */
    record Step(String name, Duration time, Consumer<Stage> action, Duration slack) {}

    /** The first word of a daemon that starts comes when its log does, which may be late. */
    private static final Duration FIRST_WORD = Times.millis(250);

    private static final int RUNS = 3;

    private final String title;
    private final List<Step> steps = new ArrayList<>();
    private Consumer<Stage> preparation = stage -> {};
    private Conf configuration;
    private Duration tolerance = Times.millis(150);

    private Comparison(String title) {
        this.title = title;
    }

    static Comparison compare(String title) {
        return new Comparison(title);
    }

    Comparison conf(VirtualRouter... instances) {
        return conf(Conf.of(instances));
    }

    Comparison conf(Conf same) {
        configuration = same;
        return this;
    }

    /** What is done to the LAN before the daemon starts: interfaces, addresses, a neighbour that speaks. */
    Comparison given(Consumer<Stage> before) {
        preparation = before;
        return this;
    }

    /** Starts the daemon; times count from its first word about a state. */
    Comparison start(Duration watched) {
        steps.add(new Step("start", watched, stage -> stage.start(configuration), FIRST_WORD));
        return this;
    }

    /** The same after the daemon ended. */
    Comparison startAgain(Duration watched) {
        steps.add(new Step("started again", watched, Stage::startAgain, FIRST_WORD));
        return this;
    }

    Comparison then(String name, Duration watched, Consumer<Stage> stimulus) {
        steps.add(new Step(name, watched, stimulus, Duration.ZERO));
        return this;
    }

    /** How far apart the two may do the same thing; the usual is an interval and what a busy machine adds. */
    Comparison within(Duration apart) {
        tolerance = apart;
        return this;
    }

    void expectSame() {
        Outcome outcome = runUntil(found -> found.isEmpty(),
                found -> found.stream().allMatch(Row::isMatterOfTime));
        if (!outcome.found().isEmpty()) {
            throw new AssertionError(title + ": keepalived and vrrpd differ\n" + outcome.text());
        }
    }

    /**
     * Expects the two to differ in exactly these ways: each must be there, and no other.
     *
     * @param row of DIFFERENCES.md that says why
     */
    void differs(String row, Deviation... ways) {
        DifferencesPage.requireRow(row);
        List<Deviation> all = List.of(ways);
        Outcome outcome = runUntil(found -> complaint(row, all, found).isEmpty(),
                found -> unexplained(all, found).stream().allMatch(Row::isMatterOfTime));
        String complaint = complaint(row, all, outcome.found());
        if (!complaint.isEmpty()) {
            throw new AssertionError(title + ": " + complaint + "\n" + outcome.text());
        }
    }

    private static List<Row> unexplained(List<Deviation> ways, List<Row> found) {
        return found.stream().filter(row -> ways.stream().noneMatch(way -> way.explains(row))).toList();
    }

    private static String complaint(String name, List<Deviation> ways, List<Row> found) {
        List<Deviation> missed = ways.stream().filter(way -> found.stream().noneMatch(way::explains)).toList();
        if (!missed.isEmpty()) {
            return "the two do not differ as '" + name + "' of DIFFERENCES.md says, not found: " + missed;
        }
        List<Row> others = unexplained(ways, found);
        return others.isEmpty() ? "" : "the two differ in more than '" + name + "' of DIFFERENCES.md says: "
                + others.stream().map(row -> row.verdict() + " " + row.either().text()).toList();
    }

    private record Outcome(List<Row> found, String table, String logs) {

        String text() {
            return table + logs;
        }
    }

    private interface Judgement {
        boolean of(List<Row> found);
    }

    private Outcome runUntil(Judgement good, Judgement worthAnotherRun) {
        for (int run = 1; ; run++) {
            Outcome outcome = run(good);
            if (good.of(outcome.found()) || run == RUNS || !worthAnotherRun.of(outcome.found())) {
                return outcome;
            }
            System.out.println(title + ": the times differ, run " + run + " of " + RUNS + "\n" + outcome.table());
        }
    }

    private Outcome run(Judgement good) {
        CompletableFuture<Stage> first = begin(Candidate.KEEPALIVED);
        CompletableFuture<Stage> second = begin(Candidate.VRRPD);
        try (Stage keepalived = get(first); Stage vrrpd = get(second)) {
            get(CompletableFuture.allOf(perform(keepalived), perform(vrrpd)));
            Alignment alignment = new Alignment(tolerance);
            List<List<Happening>> left = keepalived.story();
            List<List<Happening>> right = vrrpd.story();
            for (int i = 0; i < steps.size(); i++) {
                alignment.scene(steps.get(i).name(), left.get(i), keepalived.scenes().get(i).mark(),
                        right.get(i), vrrpd.scenes().get(i).mark(), steps.get(i).slack().toNanos());
            }
            List<Row> found = alignment.differences();
            String text = alignment.toString();
            if (Boolean.getBoolean("compare.print")) {
                System.out.println(title + '\n' + text);
            }
            return new Outcome(found, text, good.of(found) ? "" : keepalived.report() + vrrpd.report());
        }
    }

    private static CompletableFuture<Stage> begin(Candidate candidate) {
        return inThread(() -> new Stage(candidate));
    }

    private CompletableFuture<Void> perform(Stage stage) {
        return inThread(() -> {
            preparation.accept(stage);
            steps.forEach(stage::play);
            return null;
        });
    }

    private interface Work<T> {
        T run();
    }

    /** A thread of its own: those of the test's pool are counted, and waiting here would hold one. */
    private static <T> CompletableFuture<T> inThread(Work<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                future.complete(work.run());
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        }, "stage");
        thread.start();
        return future;
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
    }
}
