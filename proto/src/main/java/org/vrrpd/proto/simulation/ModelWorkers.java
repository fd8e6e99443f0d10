package org.vrrpd.proto.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.ProcessWatch;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * The daemon's workers as far as the core sees them: runs of scripts, watched files and counted processes. A run ends
 * when the test says so, or at once when it was told beforehand how runs of its purpose end.
 */
public final class ModelWorkers {

    /** All scripts that are no checks. */
    static final String NOTIFY = "notify";
    private static final int NEVER = Integer.MIN_VALUE;
    private static final long USUAL_NANOS = 5_000_000L;
    /** From the end of its time to SIGTERM having its effect. */
    private static final long TERM_NANOS = 100_000_000L;
    /** Of SIGTERM. */
    public static final int TERMINATED = 15;
    private static final int LARGEST_PAYLOAD = 1024;

    /** One run that was begun. */
    public record Run(long effectId, long startedNanos, ScriptRun script) {}

    private final BiConsumer<EventKind, byte[]> receiver;
    private final LongSupplier clock;
    /** All runs that were begun, in their order. */
    public final List<Run> runs = new ArrayList<>();
    /** Those that have not ended, by the id of their effect. */
    public final TreeMap<Long, Run> running = new TreeMap<>();
    /** What files hold; those that are not here do not exist. */
    public final TreeMap<String, String> files = new TreeMap<>();
    private final TreeMap<String, Integer> statuses = new TreeMap<>();
    private final TreeMap<Integer, String> fileWatches = new TreeMap<>();
    private final TreeMap<Integer, ProcessWatch> processWatches = new TreeMap<>();
    private final TreeMap<String, Integer> processes = new TreeMap<>();
    /** Arranges something after so many nanoseconds; null: runs take as long as somebody says. */
    BiConsumer<Long, Runnable> later;
    private final TreeSet<String> hanging = new TreeSet<>();
    /** How long runs take that are not over at once. */
    private final TreeMap<String, Long> durations = new TreeMap<>();
    /** A run that is asked to end does not, as one that waits for a dead disk. */
    public boolean unkillable;
    /** Watches that are asked for get lost. */
    public boolean silent;

    public ModelWorkers(BiConsumer<EventKind, byte[]> receiver, LongSupplier clock) {
        this.receiver = receiver;
        this.clock = clock;
    }

    /** True when the effect was one for workers. */
    public boolean execute(Recorded effect) {
        ByteBuffer in = effect.buffer();
        switch (effect.kind()) {
            case RUN_SCRIPT -> run(effect);
            case STOP_SCRIPT -> stop(in.getLong(0));
            case WATCH_FILE, WATCH_PROCESSES -> {
                if (!silent) {
                    watch(effect, in);
                }
            }
            case UNWATCH_FILE -> fileWatches.remove(in.getInt(0));
            case UNWATCH_PROCESSES -> processWatches.remove(in.getInt(0));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void watch(Recorded effect, ByteBuffer in) {
        if (effect.is(EffectKind.WATCH_FILE)) {
            watchFile(in);
        } else {
            watchProcesses(ProcessWatch.read(in, 0));
        }
    }

    /** Whoever asked is gone, and all that it began; files and processes stay. */
    void forget() {
        running.clear();
        fileWatches.clear();
        processWatches.clear();
    }

    // scripts

    private void run(Recorded effect) {
        Run run = new Run(effect.id(), effect.at(), ScriptRun.read(effect.buffer(), 0));
        runs.add(run);
        running.put(run.effectId, run);
        Integer status = statuses.get(later == null ? run.script.purpose() : kind(run));
        if (later != null) {
            arrange(run, status == null ? 0 : status);
        } else if (status != null) {
            ended(run, ScriptOutcome.EXITED, status, "");
        }
    }

    /** Checks are told apart; all other scripts, such as notifies, do alike. */
    private static String kind(Run run) {
        return run.script.purpose().startsWith("vrrp_script ") ? run.script.purpose() : NOTIFY;
    }

    /** A run takes a moment, or all its time and, when it cannot be killed, more. */
    private void arrange(Run run, int status) {
        long limit = run.script.timeoutNanos();
        long takes = durations.getOrDefault(kind(run), USUAL_NANOS);
        if (status != NEVER && (limit == 0 || takes < limit)) {
            later.accept(takes, () -> endedIfRunning(run, ScriptOutcome.EXITED, status));
            return;
        }
        if (limit == 0) {
            return;
        }
        later.accept(limit, () -> {
            if (isRunning(run)) {
                tell(run, ScriptOutcome.TIMED_OUT, 0, "");
            }
        });
        if (!hanging.contains(kind(run))) {
            later.accept(limit + TERM_NANOS, () -> endedIfRunning(
                    run, ScriptOutcome.SIGNALLED, TERMINATED));
        }
    }

    private boolean isRunning(Run run) {
        return running.get(run.effectId) == run;
    }

    private void endedIfRunning(Run run, ScriptOutcome outcome, int status) {
        if (isRunning(run)) {
            ended(run, outcome, status, "");
        }
    }

    /** Runs of the kind never end by themselves from now on. */
    void never(String kind, boolean killable) {
        statuses.put(kind, NEVER);
        hanging.remove(kind);
        if (!killable) {
            hanging.add(kind);
        }
    }

    /** Runs of the kind that begin from now on take so long, unless their time limit ends them. */
    void takes(String kind, long nanos) {
        durations.put(kind, nanos);
    }

    /** Runs of the kind end with the status from now on, also those that wait. */
    void ends(String kind, int status) {
        statuses.put(kind, status);
        hanging.remove(kind);
        List.copyOf(running.values()).stream().filter(each -> kind(each).equals(kind))
                .forEach(each -> ended(each, ScriptOutcome.EXITED, status, ""));
    }

    private void stop(long effectId) {
        Run run = running.get(effectId);
        if (run != null && !unkillable && !hanging.contains(kind(run))) {
            ended(run, ScriptOutcome.SIGNALLED, TERMINATED, "");
        }
    }

    /** The run of a purpose, such as "vrrp_script chk_http", that has not ended. */
    public Run running(String purpose) {
        return running.values().stream().filter(each -> each.script.purpose().equals(purpose)).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a run of " + purpose + ", but found " + running));
    }

    public boolean isRunning(String purpose) {
        return running.values().stream().anyMatch(each -> each.script.purpose().equals(purpose));
    }

    /** Runs of the purpose end at once with the status from now on; the one that runs too. */
    public void exits(String purpose, int status) {
        statuses.put(purpose, status);
        List.copyOf(running.values()).stream().filter(each -> each.script.purpose().equals(purpose))
                .forEach(each -> ended(each, ScriptOutcome.EXITED, status, ""));
    }

    /** Runs of the purpose from now on end when the test says so. */
    public void waits(String purpose) {
        statuses.remove(purpose);
    }

    public void exited(String purpose, int status) {
        ended(running(purpose), ScriptOutcome.EXITED, status, "");
    }

    public void signalled(String purpose, int signal) {
        ended(running(purpose), ScriptOutcome.SIGNALLED, signal, "");
    }

    public void notStarted(String purpose, String why) {
        ended(running(purpose), ScriptOutcome.NOT_STARTED, 0, why);
    }

    /** Its time is over; it goes on running until it is told to have ended. */
    public void timedOut(String purpose) {
        tell(running(purpose), ScriptOutcome.TIMED_OUT, 0, "");
    }

    private void ended(Run run, ScriptOutcome outcome, int status, String detail) {
        running.remove(run.effectId);
        tell(run, outcome, status, detail);
    }

    private void tell(Run run, ScriptOutcome outcome, int status, String detail) {
        ByteBuffer out = ByteBuffer.allocate(LARGEST_PAYLOAD);
        send(EventKind.SCRIPT_ENDED, out, Payloads.writeScriptEnded(
                out, 0, run.effectId, outcome, status, clock.getAsLong() - run.startedNanos, detail));
    }

    // files

    private void watchFile(ByteBuffer in) {
        int watchId = in.getInt(0);
        int creation = in.get(4);
        String path = Payloads.readText(in, 9);
        if (creation == 2 || creation == 1 && !files.containsKey(path)) {
            files.put(path, in.getInt(5) + "\n");
        }
        fileWatches.put(watchId, path);
        tellFile(watchId, path);
    }

    public void written(String path, String content) {
        files.put(path, content);
        tellFile(path);
    }

    public void deleted(String path) {
        files.remove(path);
        tellFile(path);
    }

    public boolean isWatched(String path) {
        return fileWatches.containsValue(path);
    }

    private void tellFile(String path) {
        for (Map.Entry<Integer, String> watch : fileWatches.entrySet()) {
            if (watch.getValue().equals(path)) {
                tellFile(watch.getKey(), path);
            }
        }
    }

    private void tellFile(int watchId, String path) {
        String content = files.get(path);
        ByteBuffer out = ByteBuffer.allocate(LARGEST_PAYLOAD);
        send(EventKind.FILE_READ, out,
                Payloads.writeFileRead(out, 0, watchId, content != null, content == null ? "" : content));
    }

    // processes

    private void watchProcesses(ProcessWatch watch) {
        processWatches.put(watch.watchId(), watch);
        tellProcesses(watch);
    }

    /** So many processes of the name run from now on. */
    public void run(String process, int count) {
        processes.put(process, count);
        List.copyOf(processWatches.values()).stream().filter(each -> each.process().equals(process))
                .forEach(this::tellProcesses);
    }

    private void tellProcesses(ProcessWatch watch) {
        ByteBuffer out = ByteBuffer.allocate(LARGEST_PAYLOAD);
        send(EventKind.PROCESSES_COUNTED, out, Payloads.writeProcessesCounted(
                out, 0, watch.watchId(), processes.getOrDefault(watch.process(), 0)));
    }

    private void send(EventKind kind, ByteBuffer out, int length) {
        byte[] payload = new byte[length];
        out.get(0, payload);
        receiver.accept(kind, payload);
    }
}
