package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.ProcessConnector;
import org.vrrpd.proto.effect.ProcessWatch;

/**
 * Counts processes. Where the kernel tells of every process (the proc connector) it is asked to, as long as anything is
 * watched; elsewhere /proc is looked through every second, or less often where that takes long.
 */
final class ProcessWatcher extends WorkLoop implements ProcessConnector.Listener {

    private static final long CONNECTOR = 0;
    private static final long SCAN_NANOS = 1_000_000_000L;
    /** At most this part of a processor's time goes into looking. */
    private static final int SCAN_SHARE = 50;
    /** A new process is its parent's double until it is itself: what is told waits that out. */
    private static final long SETTLE_NANOS = 20_000_000L;

    private final Answers answers;
    private final boolean connectorWanted;
    private final Map<Integer, ProcessCount> watches = new LinkedHashMap<>();
    private ProcessConnector connector;
    private boolean modeTold;
    private long scanAt = NEVER;
    private long tellAt = NEVER;

    ProcessWatcher(Answers answers, Consumer<String> log) throws IOException {
        this(answers, log, true);
    }

    ProcessWatcher(Answers answers, Consumer<String> log, boolean connectorWanted) throws IOException {
        super("processes", log);
        this.answers = answers;
        this.connectorWanted = connectorWanted;
    }

    /** Any thread. */
    void watch(ProcessWatch watch) {
        execute(() -> {
            if (watches.isEmpty()) {
                open();
            }
            watches.put(watch.watchId(), new ProcessCount(watch));
            scan();
            tell();
        });
    }

    /** Any thread. */
    void unwatch(int id) {
        execute(() -> {
            watches.remove(id);
            if (watches.isEmpty()) {
                closeConnector();
                scanAt = NEVER;
            }
        });
    }

    private void open() {
        if (!connectorWanted) {
            return;
        }
        try {
            connector = ProcessConnector.open();
            listen(connector.fd(), CONNECTOR);
            tellMode("processes are watched by the kernel's proc connector");
        } catch (NativeCallException e) {
            closeConnector();
            tellMode("processes are looked for every second, since the proc connector cannot be used here: "
                    + e.getMessage());
        }
    }

    private void tellMode(String line) {
        if (!modeTold) {
            modeTold = true;
            log(line);
        }
    }

    private void closeConnector() {
        if (connector != null) {
            ignore(connector.fd());
            connector.close();
            connector = null;
        }
    }

    private void scan() {
        long began = System.nanoTime();
        boolean commandLines = watches.values().stream().anyMatch(ProcessCount::needsCommandLine);
        watches.values().forEach(ProcessCount::clear);
        try {
            for (int process : ProcessTable.all()) {
                update(process, commandLines);
            }
        } catch (IOException e) {
            log("looking through /proc: " + e);
        }
        long ended = System.nanoTime();
        scanAt = connector != null ? NEVER : ended + Math.max(SCAN_NANOS, (ended - began) * SCAN_SHARE);
    }

    private boolean update(int process, boolean commandLines) {
        String name = ProcessTable.name(process);
        List<String> commandLine =
                commandLines && name != null ? ProcessTable.commandLine(process) : List.of();
        boolean changed = false;
        for (ProcessCount watch : watches.values()) {
            changed |= watch.update(process, name, commandLine);
        }
        return changed;
    }

    private void tell() {
        tellAt = NEVER;
        watches.values().forEach(watch -> watch.tell(answers));
    }

    private void tellSoon(boolean changed) {
        if (changed && tellAt == NEVER) {
            tellAt = System.nanoTime() + SETTLE_NANOS;
        }
    }

    @Override
    public void forked(int parent, int child) {
        for (ProcessCount watch : watches.values()) {
            tellSoon(watch.inherit(parent, child));
        }
    }

    @Override
    public void changed(int process) {
        tellSoon(update(process, watches.values().stream().anyMatch(ProcessCount::needsCommandLine)));
    }

    @Override
    public void ended(int process) {
        for (ProcessCount watch : watches.values()) {
            tellSoon(watch.remove(process));
        }
    }

    @Override
    public void lost() {
        scanAt = System.nanoTime();
    }

    @Override
    void ready(long token) {
        if (connector == null) {
            return;
        }
        try {
            connector.read(this);
        } catch (NativeCallException e) {
            log("processes are looked for every second from now on: " + e.getMessage());
            closeConnector();
            scanAt = System.nanoTime();
        }
    }

    @Override
    long nextNanos() {
        return Math.min(scanAt, tellAt);
    }

    @Override
    void timePassed(long now) {
        if (now >= scanAt) {
            scan();
            tell();
        } else if (now >= tellAt) {
            tell();
        }
    }
}
