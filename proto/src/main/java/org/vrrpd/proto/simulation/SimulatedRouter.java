package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.event.EventKind;

/** One router of a LAN: a host with a clock of its own, and a daemon that starts, stops, stalls and dies. */
public final class SimulatedRouter {

    private static final long CLOCK_BEGINS = 1_000_000_000_000L;
    private static final int STOP_BYTES = 10;
    /** More turns at one instant are a loop that no clock would end. */
    private static final int TURNS_AT_ONCE = 1000;

    /** What a daemon does not tell of itself, since it is not there, or stands still. */
    enum Fate {
        STARTED("started"),
        STOPPING("asked to stop"),
        ENDED("ended"),
        RELOADING("asked to reload"),
        KILLED("killed"),
        PAUSED("paused"),
        RESUMED("resumed");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final String name;
    private final int number;
    private final SimulatedHost host = new SimulatedHost();
    private final SimulatedClock clock;
    private final ConfigurationFile file = new ConfigurationFile();
    private boolean paused;
    private final List<Consumer<Fate>> fateObservers = new ArrayList<>();
    /** By its own clock, as the core said after the last turn: only a turn can change it. */
    private long deadline = Long.MAX_VALUE;
    private int starts;
    private long lastTurn = -1;
    private int turns;

    /** @param number no two clocks begin at the same */
    SimulatedRouter(String name, int number) {
        this.name = name;
        this.number = number;
        this.clock = new SimulatedClock(CLOCK_BEGINS + number * 7_777_777_777L);
        host.now = clock.at(0);
        host.killed();
    }

    void onFate(Consumer<Fate> observer) {
        fateObservers.add(observer);
    }

    private void met(Fate fate) {
        fateObservers.forEach(each -> each.accept(fate));
    }

    public String name() {
        return name;
    }

    /** From 0, in the order in which they were added to the LAN. */
    int number() {
        return number;
    }

    public SimulatedHost host() {
        return host;
    }

    /** What its file says from now on: read by the next start or reload. */
    public void write(String canonicalText) {
        file.write(canonicalText);
    }

    public boolean isAlive() {
        return host.isAlive();
    }

    public boolean isPaused() {
        return paused;
    }

    public boolean isRunning() {
        return isAlive() && !paused;
    }

    /** The file is edited, and not read yet; words as behind {@code edit ROUTER}. */
    void edit(List<String> words) {
        file.edit(words);
    }

    /** One that runs already is not started twice, and a file with errors starts none. */
    void start(long now) {
        LoadResult loaded = isAlive() ? null : file.load();
        if (loaded != null && !loaded.hasErrors()) {
            starts++;
            met(Fate.STARTED);
            tick(now);
            host.daemonStarted("simulated", name + "-" + starts);
            host.configurationLoaded(ConfigurationFile.canonical(loaded.configuration()));
        }
    }

    void stop() {
        met(Fate.STOPPING);
        host.happened(EventKind.STOP_REQUESTED, new byte[STOP_BYTES]);
    }

    void reload() {
        met(Fate.RELOADING);
        LoadResult loaded = file.load();
        if (loaded.hasErrors()) {
            host.configurationRefused(loaded.problems().toString());
        } else {
            host.configurationLoaded(ConfigurationFile.canonical(loaded.configuration()));
        }
    }

    void kill() {
        if (isAlive()) {
            met(Fate.KILLED);
        }
        host.killed();
        paused = false;
    }

    /** Whatever comes waits until it is resumed, and no time passes for the daemon. */
    void pause() {
        if (!paused) {
            met(Fate.PAUSED);
        }
        paused = true;
        host.buffers.fill();
    }

    void resume() {
        if (paused) {
            met(Fate.RESUMED);
        }
        paused = false;
    }

    void drift(long now, long partsPerMillion) {
        clock.drift(now, partsPerMillion);
    }

    /** The wall clock is set; the core must not care. */
    void stepWallClock(long nanos) {
        host.wallOffset += nanos;
    }

    /** What its own clock shows at a time of the LAN. */
    public long localNanos(long global) {
        return clock.at(global);
    }

    /** The time of the LAN at which its own clock shows this. */
    public long globalNanos(long local) {
        return clock.globalOf(local);
    }

    /** When it has something to do; {@code Long.MAX_VALUE}: until something comes it has not. */
    long nextTurn(long now) {
        if (!isRunning()) {
            return Long.MAX_VALUE;
        }
        if (host.isWaiting()) {
            return now;
        }
        return deadline == Long.MAX_VALUE ? deadline : Math.max(now, clock.globalOf(deadline));
    }

    private void tick(long now) {
        host.now = Math.max(host.now, clock.at(now));
    }

    /** One wake-up: what has come, in the daemon's order; then a deadline may be reached. */
    void turn(long now) {
        countTurn(now);
        tick(now);
        host.orderWaiting();
        host.applyWaiting();
        if (isAlive() && host.processor.core().nextDeadlineNanos() <= host.now) {
            host.apply(EventKind.DEADLINE_REACHED, new byte[0]);
            host.applyWaiting();
        }
        deadline = host.processor.core().nextDeadlineNanos();
        if (host.ended) {
            met(Fate.ENDED);
            host.killed(); // its process is gone; what it left in the kernel stays, which should be nothing
        }
    }

    private void countTurn(long now) {
        turns = now == lastTurn ? turns + 1 : 1;
        lastTurn = now;
        if (turns > TURNS_AT_ONCE) {
            throw new IllegalStateException(name + " has something to do again and again at one instant");
        }
    }

    /** The instances by their names. */
    public Map<String, CoreView.InstanceView> instances() {
        Map<String, CoreView.InstanceView> found = new TreeMap<>();
        host.processor.core().view().instances().forEach(each -> found.put(each.name(), each));
        return found;
    }
}
