package org.vrrpd.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vrrpd.daemon.control.Access;
import org.vrrpd.daemon.control.CommandSink;
import org.vrrpd.daemon.control.ControlLimits;
import org.vrrpd.daemon.control.ControlServer;
import org.vrrpd.daemon.control.SocketFile;
import org.vrrpd.daemon.control.UnixSockets;
import org.vrrpd.daemon.input.AdvertisementReader;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.ConfigurationEvents;
import org.vrrpd.daemon.input.ConfigurationFile;
import org.vrrpd.daemon.input.ConfigurationSource;
import org.vrrpd.daemon.input.DumpSignals;
import org.vrrpd.daemon.input.NetlinkReader;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.linux.Epoll;
import org.vrrpd.daemon.linux.EventFd;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.NetlinkSocket;
import org.vrrpd.daemon.linux.PacketSocket;
import org.vrrpd.daemon.linux.RealTime;
import org.vrrpd.daemon.linux.TimerFd;
import org.vrrpd.daemon.linux.VrrpSockets;
import org.vrrpd.daemon.output.EffectExecutor;
import org.vrrpd.daemon.output.EffectResults;
import org.vrrpd.daemon.output.KernelRequests;
import org.vrrpd.daemon.output.LogWriter;
import org.vrrpd.daemon.output.Sysctls;
import org.vrrpd.daemon.runtime.BuildId;
import org.vrrpd.daemon.runtime.ControlSockets;
import org.vrrpd.daemon.runtime.CommandDispatcher;
import org.vrrpd.daemon.runtime.DebugEvents;
import org.vrrpd.daemon.runtime.DumpService;
import org.vrrpd.daemon.runtime.InstanceLock;
import org.vrrpd.daemon.runtime.JournalEvents;
import org.vrrpd.daemon.runtime.JournalThread;
import org.vrrpd.daemon.runtime.LogLevels;
import org.vrrpd.daemon.runtime.PendingReplies;
import org.vrrpd.daemon.runtime.PidFile;
import org.vrrpd.daemon.runtime.ProtocolLoop;
import org.vrrpd.daemon.runtime.ProtocolThread;
import org.vrrpd.daemon.runtime.RecordWriter;
import org.vrrpd.daemon.runtime.Reloader;
import org.vrrpd.daemon.runtime.RingLog;
import org.vrrpd.daemon.runtime.Sequencer;
import org.vrrpd.daemon.runtime.StatusService;
import org.vrrpd.daemon.runtime.ViewRequests;
import org.vrrpd.daemon.runtime.Warmup;
import org.vrrpd.daemon.systemd.ServiceManager;
import org.vrrpd.daemon.worker.Workers;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.journal.FileOpening;
import org.vrrpd.proto.journal.FileStart;
import org.vrrpd.proto.journal.JournalDirectory;
import org.vrrpd.proto.journal.JournalLockedException;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.RingLeftovers;
import org.vrrpd.proto.journal.SequenceReservation;
import org.vrrpd.proto.replay.EventProcessor;

/**
 * One running daemon, wired as it works: facts come in, are appended to the journal's ring, applied by the core, its
 * effects go out; their results come in again.
 */
final class Daemon {

    private static final int RING_BYTES = 4 * 1024 * 1024;
    private static final int NETLINK_BUFFER_BYTES = Integer.getInteger("vrrpd.netlink.buffer", 1024 * 1024);
    private static final long STOP_MILLIS = 5000;
    private static final long CONTROL_RETRY_MILLIS = 5000;
    private static final long FIRST_STATES_MILLIS = 2000;

    private final Options options;
    private final LogWriter log;
    private final ServiceManager manager;
    private final Clocks clocks = new Clocks();
    private final String build = BuildId.text();
    /** Narrates journals for clients, which can take long; a reload must not wait for that. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> daemonThread(task, "worker"));
    /** Of its own: however many clients ask for dumps, states are told at once. */
    private final ExecutorService dumpWorker = Executors.newSingleThreadExecutor(task -> daemonThread(task, "dump"));
    private final ExecutorService reloads = Executors.newSingleThreadExecutor(task -> daemonThread(task, "reload"));

    Daemon(Options options, LogWriter log) {
        this.options = options;
        this.log = log;
        this.manager = ServiceManager.of(System.getenv(), processId(), log::warning);
    }

    /** Returns the exit status. */
    int run(ConfigurationSource source, ConfigurationSource.Loaded configuration, StopSignals signals,
            Warmup.Running warm)
            throws IOException, InterruptedException {
        try (InstanceLock lock = InstanceLock.tryLock(options.control())) {
            if (lock == null) {
                throw new IOException(
                        "Expected to be the only daemon at " + options.control() + ", but another one is");
            }
            signals.remember();
            PidFile.write(options.pid(), log::warning);
            return run(source, configuration, signals, warm, openJournal());
        } finally {
            manager.close();
            PidFile.remove(options.pid());
        }
    }

    private int run(
            ConfigurationSource source, ConfigurationSource.Loaded configuration, StopSignals signals,
            Warmup.Running warm, Journal journal) throws IOException, InterruptedException {
        // what decides
        EventProcessor processor = new EventProcessor();
        EventFd commandsWaiting = new EventFd();
        CommandQueue commands = new CommandQueue(commandsWaiting);
        ViewRequests views = new ViewRequests(commandsWaiting, () -> processor.core().view());
        PendingReplies replies = new PendingReplies(reloads);
        Reloader reloader = new Reloader(source, commands, views::ask, reloads, replies, log);
        reloader.tell(manager::reloadBegan, manager::reloadEnded);

        // what goes out
        Epoll epoll = new Epoll();
        VrrpSockets sockets = new VrrpSockets(epoll, clocks);
        NetlinkSocket netlink = new NetlinkSocket(NETLINK_BUFFER_BYTES, NetlinkReader.MARGIN);
        EffectResults results = new EffectResults();
        KernelRequests requests = new KernelRequests(netlink, results);
        Workers workers = new Workers(commands::submit, log::warning);
        workers.start();
        EffectExecutor executor = new EffectExecutor(
                new PacketSocket(), requests, sockets, new Sysctls(), workers::request, replies, log.and(manager),
                results);

        // the one way through
        RecordWriter records = new RecordWriter(journal.ring(), journal.firstSequence());
        Sequencer sequencer = new Sequencer(records, processor, executor::execute, log::error);

        // what comes in
        ProtocolLoop loop = new ProtocolLoop(new ProtocolLoop.Parts(
                epoll, new TimerFd(), commandsWaiting, netlink, new NetlinkReader(netlink, clocks, sequencer),
                sockets, new AdvertisementReader(clocks, sequencer), commands, views,
                sequencer, records, executor, results, requests,
                () -> processor.core().nextDeadlineNanos(), clocks, log::error));
        commands.submit(EventKind.STARTED, started());
        CompletableFuture<Void> loaded = ConfigurationEvents.loaded(commands, configuration.canonicalText());

        lockMemory();
        warm.initialized().join();
        ProtocolThread protocol = new ProtocolThread(loop, log::warning);
        protocol.start();

        // beside it
        UnixSockets unix = new ControlSockets();
        Access access = new Access(unix, options.adminGroup(), log::warning);
        handleSignals(signals, commands, access, reloader, protocol);
        awaitFirstStates(loaded, warm);
        manager.start(loaded, views::ask, views::ping);
        startJournal(journal);
        workers.rehearse();
        SocketFile file = new SocketFile(options.control(), options.controlGroup(), unix, access, log::warning);
        ControlServer control = new ControlServer(
                file, sources(journal, views, records, commands, sink(reloader, commands, replies)),
                unix, access, ControlLimits.DEFAULT, log::warning);
        daemonThread(() -> startControl(control), "control-start").start();

        boolean released = protocol.join();
        workers.close();
        control.close();
        journal.thread().close();
        journal.deleteEmptyRing();
        return released ? 0 : 1;
    }

    /** The journal's ends: where the protocol thread puts records, and what takes them from there. */
    private record Journal(RingLog ring, JournalThread thread, long firstSequence, JournalRing memory, Path file) {

        /** What is left in the ring would be recovered by the next start; usually nothing is. */
        void deleteEmptyRing() throws IOException {
            if (memory.size() == 0) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Quick: the ring takes records at once; Chronicle opens on the journal thread meanwhile. */
    private Journal openJournal() throws IOException {
        JournalDirectory directory = null;
        SequenceReservation sequences = null;
        try {
            directory = JournalDirectory.lock(options.journal());
            sequences = SequenceReservation.open(options.journal());
        } catch (JournalLockedException e) {
            throw e; // two daemons with one configuration are a mistake; all else can pass
        } catch (IOException e) {
            log.warning("no journal in " + options.journal() + " now: " + e);
        }
        Path control = options.control().toAbsolutePath();
        Path ringFile = control.resolveSibling(control.getFileName() + ".ring");
        RingLeftovers.setAside(ringFile);
        JournalRing ring = JournalRing.open(ringFile, RING_BYTES);
        RingLog ringLog = new RingLog(ring);
        FileStart run = new FileStart(build, BuildId.bootId(), processId(), FileOpening.RUN_STARTED);
        // without a directory nothing is known of earlier numbers: go on far above all that can be in it
        long first = sequences == null ? System.currentTimeMillis() * 1000 : sequences.first();
        JournalThread.Files files = new JournalThread.Files(
                options.journal(), RingLeftovers.of(ringFile), directory, sequences);
        return new Journal(ringLog, new JournalThread(files, ring, run, log), first, ring, ringFile);
    }

    private byte[] started() {
        ByteBuffer payload = ByteBuffer.allocate(512);
        int length = Payloads.writeStarted(payload, 0, build, BuildId.bootId(), processId());
        byte[] bytes = new byte[length];
        payload.get(0, bytes);
        return bytes;
    }

    private void lockMemory() {
        try {
            RealTime.lockMemory();
        } catch (NativeCallException e) {
            log.warning("memory is not locked, so timers can be late when the machine swaps: " + e.getMessage());
        }
    }

    /** What clients ask: the journal's thread and its files answer, and the protocol thread only where they cannot. */
    private ControlServer.Sources sources(
            Journal journal, ViewRequests views, RecordWriter records, CommandQueue commands, CommandSink sink) {
        StatusService status = new StatusService(
                journal.thread(), views, records, options.journal(), build, worker);
        DumpService dumps = new DumpService(status::view, views, commands, dumpWorker, log);
        daemonThread(new DumpSignals(dumps, log::warning)::run, "dump-signals").start();
        return new ControlServer.Sources(
                status, sink, new JournalEvents(options.journal(), journal.thread()), dumps, build,
                refusal -> commands.submit(EventKind.CONTROL_REFUSED, ConfigurationEvents.clientRefused(
                        refusal.uid(), refusal.pid(), refusal.unrecorded(), refusal.verb(), refusal.why())));
    }

    private void startJournal(Journal journal) {
        DebugEvents debug = new DebugEvents(options.journal(), journal.thread(), log, worker);
        debug.begin(options.logLevel());
        log.onLevel(debug::set);
        journal.thread().start();
    }

    private CommandSink sink(Reloader reloader, CommandQueue commands, PendingReplies replies) {
        return new CommandDispatcher(Map.of(
                ControlProtocol.RELOAD, reloader,
                ControlProtocol.PLAN, reloader,
                ControlProtocol.CHECK, this::check,
                ControlProtocol.LOG_LEVEL, new LogLevels(log::level, commands, replies)));
    }

    /** What the daemon itself would make of a file, which it may read or not. */
    private CompletableFuture<CommandSink.Reply> check(CommandSink.Command command) {
        return CompletableFuture.supplyAsync(() -> {
            ConfigurationSource.Loaded loaded =
                    new ConfigurationFile(Path.of(command.argument()), options.configId()).load();
            List<String> lines = new ArrayList<>(loaded.problemLines());
            lines.add(loaded.summary());
            return new CommandSink.Reply(!loaded.refused(), String.join("\n", lines));
        }, reloads);
    }

    /** What comes behind this takes a second of processor time, which the first states are not to wait for. */
    private void awaitFirstStates(CompletableFuture<Void> loaded, Warmup.Running warm) throws InterruptedException {
        try {
            loaded.get(FIRST_STATES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.warning("the first states are late, and the rest of the start goes on without them: " + e);
        }
        warm.proceed().complete(null);
    }

    private void handleSignals(
            StopSignals signals, CommandQueue commands, Access access, Reloader reloader, ProtocolThread protocol) {
        signals.passTo(signal -> {
            manager.stopping();
            commands.submit(EventKind.STOP_REQUESTED, ConfigurationEvents.stop(signal));
            protocol.limitStop(STOP_MILLIS);
        });
        signals.passReloadTo(() -> {
            access.lookUp();
            reloader.reloadOnSignal();
        });
    }

    /** A socket that cannot be bound is no reason to give up addresses. */
    private void startControl(ControlServer control) {
        try {
            while (true) {
                try {
                    control.start();
                    manager.controlListens();
                    return;
                } catch (IOException e) {
                    log.warning(e.getMessage());
                }
                Thread.sleep(CONTROL_RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int processId() {
        return (int) ProcessHandle.current().pid();
    }

    private static Thread daemonThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
