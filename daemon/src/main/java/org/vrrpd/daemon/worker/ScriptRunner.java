package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.ChildProcess;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.ScriptOutcome;

/**
 * Runs scripts: any number at a time, none waiting for another, on this one thread and that of {@link Starters}. A run
 * whose time is over, or that is stopped, is told to end (SIGTERM to all that it started), is killed two seconds later,
 * and again every ten seconds; when it is gone, what is left of its process group is killed too.
 */
final class ScriptRunner extends WorkLoop {

    private static final long ASK_NANOS = 50_000_000L;
    private static final int CANNOT_EXECUTE = 126;
    private static final int NOT_FOUND = 127;

    private final Answers answers;
    private final ScriptLauncher launcher;
    private final Starters starters = new Starters(this::log);
    /** Those that the core knows, by effect. */
    private final Map<Long, Run> byEffect = new HashMap<>();
    /** All that were started and have not been told to be gone, by process. */
    private final Map<Integer, Run> running = new LinkedHashMap<>();
    /** Those that are still to be started. */
    private final List<Run> starting = new ArrayList<>();
    /** How many have no descriptor, since there are too many open files, and have to be asked. */
    private int withoutDescriptor;
    /** Nothing runs; for whoever waits for that. */
    private volatile boolean idle = true;

    ScriptRunner(Answers answers, ScriptLauncher launcher, Consumer<String> log) throws IOException {
        super("scripts", log);
        this.answers = answers;
        this.launcher = launcher;
    }

    /** Any thread. */
    void run(long effectId, ScriptRun request) {
        execute(() -> {
            Run run = new Run(request, (outcome, status, nanos, detail) -> {
                if (outcome != ScriptOutcome.TIMED_OUT) {
                    byEffect.remove(effectId);
                }
                answers.scriptEnded(effectId, outcome, status, nanos, detail);
            });
            byEffect.put(effectId, run);
            begin(run);
        });
    }

    /** Any thread. A run that has ended already is none of our business. */
    void stop(long effectId) {
        execute(() -> {
            Run run = byEffect.get(effectId);
            if (run != null) {
                run.end();
            }
        });
    }

    /** Any thread: a script that the core does not know of. The listener is called by this worker's thread. */
    Run begin(ScriptRun request, Run.Listener listener) {
        Run run = new Run(request, listener);
        execute(() -> begin(run));
        return run;
    }

    /** Any thread. */
    void end(Run run) {
        execute(run::end);
    }

    /** Any thread: it is expected to end by itself, and is ended when it does not. */
    void endWithin(Run run, long nanos) {
        execute(() -> run.endWithin(nanos));
    }

    /** Ends all, with little patience, and then the thread. Takes at most three times the time given. */
    void close(long millis) {
        execute(() -> endAll(false));
        awaitIdle(millis);
        execute(() -> endAll(true));
        awaitIdle(millis / 2);
        execute(() -> running.values().forEach(Run::kill));
        awaitIdle(millis / 2);
        end(millis);
    }

    private void endAll(boolean alsoThoseAboutToEnd) {
        idle = running.isEmpty() && starting.isEmpty();
        starting.forEach(Run::end);
        running.values().stream().filter(run -> alsoThoseAboutToEnd || !run.aboutToEnd()).forEach(Run::end);
    }

    private void awaitIdle(long millis) {
        long until = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < until && !idle) {
            pause(5);
        }
    }

    private void begin(Run run) {
        starting.add(run);
        starters.execute(() -> start(run));
    }

    /** On a thread of the starters. */
    private void start(Run run) {
        if (run.cancelled()) {
            execute(() -> refused(run, "it was stopped before it was started"));
            return;
        }
        try {
            ChildProcess child = launcher.start(run.request());
            execute(() -> started(run, child));
        } catch (NotStartedException e) {
            execute(() -> refused(run, e.getMessage()));
        } catch (RuntimeException | Error e) {
            execute(() -> refused(run, "starting it failed: " + e));
        }
    }

    private void refused(Run run, String why) {
        starting.remove(run);
        run.tell(ScriptOutcome.NOT_STARTED, 0, why);
    }

    private void started(Run run, ChildProcess child) {
        starting.remove(run);
        running.put(child.pid(), run);
        run.started(child);
        if (child.descriptor() >= 0) {
            try {
                listen(child.descriptor(), child.pid());
                return;
            } catch (NativeCallException e) {
                child.close();
            }
        }
        withoutDescriptor++;
    }

    @Override
    void ready(long token) {
        Run run = running.get((int) token);
        if (run != null) {
            reap(run);
        }
    }

    private void reap(Run run) {
        ChildProcess child = run.child();
        run.reapable(); // before it is waited for: until then the number of its group is nobody else's
        int status = child.poll();
        if (status == ChildProcess.RUNNING) {
            return;
        }
        running.remove(child.pid());
        if (child.descriptor() >= 0) {
            ignore(child.descriptor());
        }
        child.close();
        tellEnd(run, status);
    }

    private static void tellEnd(Run run, int status) {
        if (status == ChildProcess.UNKNOWN) {
            run.tell(ScriptOutcome.SIGNALLED, 0, "how it ended is not known: somebody else has waited for it");
        } else if (ChildProcess.signal(status) != 0) {
            run.tell(ScriptOutcome.SIGNALLED, ChildProcess.signal(status), "");
        } else {
            int exit = ChildProcess.exitStatus(status);
            run.tell(ScriptOutcome.EXITED, exit, exit == CANNOT_EXECUTE || exit == NOT_FOUND
                    ? "as when it, or what it calls, cannot be executed" : "");
        }
    }

    @Override
    long nextNanos() {
        long next = NEVER;
        for (Run run : running.values()) {
            next = Math.min(next, run.nextNanos());
        }
        for (Run run : starting) {
            next = Math.min(next, run.nextNanos());
        }
        if (withoutDescriptor > 0) {
            next = Math.min(next, System.nanoTime() + ASK_NANOS);
        }
        return starters.isWaiting() ? Math.min(next, System.nanoTime() + Starters.PATIENCE_NANOS) : next;
    }

    @Override
    void timePassed(long now) {
        running.values().forEach(run -> run.timePassed(now));
        starting.forEach(run -> run.timePassed(now));
        starters.relieve(now);
        if (withoutDescriptor > 0) {
            askAll();
        }
        idle = running.isEmpty() && starting.isEmpty();
    }

    private void askAll() {
        for (Run run : List.copyOf(running.values())) {
            if (run.child().poll() != ChildProcess.RUNNING) {
                reap(run);
            }
        }
        withoutDescriptor = (int) running.values().stream().filter(run -> run.child().descriptor() < 0).count();
    }
}
