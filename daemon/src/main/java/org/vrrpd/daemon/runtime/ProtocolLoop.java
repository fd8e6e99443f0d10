package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.vrrpd.daemon.input.AdvertisementReader;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.NetlinkReader;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.linux.Epoll;
import org.vrrpd.daemon.linux.EventFd;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.NetlinkSocket;
import org.vrrpd.daemon.linux.RawVrrpSocket;
import org.vrrpd.daemon.linux.TimerFd;
import org.vrrpd.daemon.linux.VrrpSockets;
import org.vrrpd.daemon.output.EffectExecutor;
import org.vrrpd.daemon.output.EffectResults;
import org.vrrpd.daemon.output.KernelRequests;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/**
 * The protocol thread. Each wake-up has one time, taken at its beginning, and drains what came before that time: the
 * kernel's messages, then advertisements, then commands; results of effects follow the event that caused them. Only
 * then may a deadline be reached. So a daemon that was stopped or starved sees the advertisements that wait before it
 * decides that the master is gone.
 *
 * <p>Whatever came before a deadline is ready when the timer of that deadline is: one {@code epoll_wait} reports both.
 * A wake-up for another reason, or a late one, asks once more before time advances.
 */
public final class ProtocolLoop implements Runnable {

    private static final long TIMER = 1;
    private static final long COMMANDS = 2;
    private static final long NETLINK = 3;
    private static final long MILLISECOND = 1_000_000L;
    /** Reading notifications yields to the rest after this long; what is left comes with the next wake-up. */
    private static final long NETLINK_NANOS = 100 * MILLISECOND;
    /** When events of this wake-up are newer than its beginning by more, others can wait that are as old as they. */
    private static final long LATE_NANOS = 10 * MILLISECOND;
    private static final int COMMANDS_EACH = 64;
    private static final int ROUNDS = 10_000;
    /** Times {@link Epoll#MAX_EVENTS} sockets are looked after in one wake-up. */
    private static final int EPOLL_ROUNDS = 32;
    private static final int RETRY_MILLIS = 20;
    /** Between the end of the wait and the reading of the clock the thread was not stopped for longer than this. */
    private static final long PUNCTUAL_NANOS = MILLISECOND;

    private final Epoll epoll;
    private final TimerFd timer;
    private final EventFd commandsWaiting;
    private final NetlinkReader netlink;
    private final VrrpSockets sockets;
    private final AdvertisementReader advertisements;
    private final CommandQueue commands;
    private final ViewRequests viewRequests;
    private final Sequencer sequencer;
    private final RecordWriter writer;
    private final EffectExecutor executor;
    private final EffectResults results;
    private final KernelRequests requests;
    private final LongSupplier nextDeadline;
    private final Clocks clocks;
    private final Consumer<String> log;
    private final ByteBuffer deadline = ByteBuffer.allocateDirect(Event.HEADER_BYTES);
    private long wakeUpNanos;
    /** The deadline whose timer this wake-up's report contains. */
    private long firedFor;
    private long notBeforeNanos;
    private boolean begun;
    private volatile boolean abandoned;

    /** What the loop connects. All of it belongs to the protocol thread from {@link #run} on. */
    public record Parts(
            Epoll epoll, TimerFd timer, EventFd commandsWaiting, NetlinkSocket netlinkSocket, NetlinkReader netlink,
            VrrpSockets sockets, AdvertisementReader advertisements, CommandQueue commands, ViewRequests viewRequests,
            Sequencer sequencer, RecordWriter writer,
            EffectExecutor executor, EffectResults results, KernelRequests requests,
            LongSupplier nextDeadline, Clocks clocks, Consumer<String> log) {}

    public ProtocolLoop(Parts parts) throws NativeCallException {
        epoll = parts.epoll();
        timer = parts.timer();
        commandsWaiting = parts.commandsWaiting();
        netlink = parts.netlink();
        sockets = parts.sockets();
        advertisements = parts.advertisements();
        commands = parts.commands();
        viewRequests = parts.viewRequests();
        sequencer = parts.sequencer();
        writer = parts.writer();
        executor = parts.executor();
        results = parts.results();
        requests = parts.requests();
        nextDeadline = parts.nextDeadline();
        clocks = parts.clocks();
        log = parts.log();
        epoll.add(timer.fd(), TIMER);
        epoll.add(commandsWaiting.fd(), COMMANDS);
        epoll.add(parts.netlinkSocket().fd(), NETLINK);
    }

    /** Returns when the core has asked for the end. No failure ends it. */
    @Override
    public void run() {
        while (!executor.ended() && !abandoned) {
            try {
                turn();
                // whatever it was, the next wake-up can do better, and the addresses are still ours
            } catch (Throwable e) {
                log.accept("the protocol thread goes on after " + e + Failures.place(e));
                pause();
            }
        }
    }

    /** One wake-up, and the wait before it. */
    void turn() throws NativeCallException {
        timer.arm(Math.max(nextDeadline.getAsLong(), notBeforeNanos));
        boolean settled = results.isEmpty() && !requests.unanswered();
        int ready = epoll.await(settled ? Epoll.FOREVER : 0);
        wakeUpNanos = clocks.monotonicNanos();
        writer.setWallOffset(clocks.realtimeNanos() - wakeUpNanos);
        writer.advanceTo(wakeUpNanos);
        if (!begun) { // a run's first record is STARTED, whatever the kernel has told already
            begun = true;
            drainCommands();
        }
        if (!settled) {
            drainNetlink();
            settle();
        }
        firedFor = Long.MIN_VALUE;
        drainReady(ready);
        if (mayHaveMissed(nextDeadline.getAsLong())) {
            drainReady(epoll.await(0));
        }
        drainCommands();
        reachDeadline();
    }

    /** Any thread: ends the loop without the core's consent. */
    public void abandon() {
        abandoned = true;
        commandsWaiting.signal();
    }

    public boolean abandoned() {
        return abandoned;
    }

    /** Whether something that came before a deadline may have become ready after the report. */
    private boolean mayHaveMissed(long due) {
        return due <= wakeUpNanos && (firedFor < due || wakeUpNanos - due > PUNCTUAL_NANOS);
    }

    /** False when time was up before the socket was empty: what is left waits for the next wake-up. */
    private boolean drainNetlink() throws NativeCallException {
        boolean empty = netlink.drain(wakeUpNanos + NETLINK_NANOS);
        if (empty) {
            requests.answered();
        }
        return empty;
    }

    /** The kernel's own messages first. More than one report can hold are asked for until none is left. */
    private void drainReady(int firstReady) throws NativeCallException {
        int ready = firstReady;
        for (int rounds = 1; ; rounds++) {
            for (int i = 0; i < ready; i++) {
                if (epoll.token(i) == NETLINK) {
                    drainNetlink();
                    settle();
                }
            }
            for (int i = 0; i < ready; i++) {
                drain(epoll.token(i));
            }
            if (ready < Epoll.MAX_EVENTS || rounds == EPOLL_ROUNDS) {
                return;
            }
            ready = epoll.await(0);
        }
    }

    private void drain(long token) throws NativeCallException {
        if (token == TIMER) {
            firedFor = timer.fired();
        } else if (token == COMMANDS) {
            commandsWaiting.clear();
        } else if (token >= VrrpSockets.FIRST_TOKEN) {
            drainSocket(token);
        }
    }

    private void drainSocket(long token) throws NativeCallException {
        RawVrrpSocket socket = sockets.ofToken(token);
        if (socket == null) {
            return;
        }
        try {
            advertisements.drain(socket, wakeUpNanos);
        } catch (NativeCallException e) {
            // such as ENETDOWN when its link went: the socket keeps working when the link is back
            log.accept("receiving advertisements: " + e.getMessage());
        }
        settle();
    }

    private void drainCommands() throws NativeCallException {
        viewRequests.answer();
        for (int i = 0; commands.takeOne(sequencer); i++) {
            settle();
            if (i >= COMMANDS_EACH) {
                commandsWaiting.signal();
                return;
            }
        }
    }

    private void reachDeadline() throws NativeCallException {
        long due = nextDeadline.getAsLong();
        if (due > wakeUpNanos || wakeUpNanos < notBeforeNanos || writer.coreNanos() - wakeUpNanos > LATE_NANOS) {
            return;
        }
        sequencer.accept(EventKind.DEADLINE_REACHED, deadline, 0, 0);
        settle();
        // a deadline that its own event does not move must not take the processor from everybody else
        notBeforeNanos = nextDeadline.getAsLong() == due ? wakeUpNanos + MILLISECOND : 0;
    }

    /** Results become events, whose effects have results. The kernel has answered each request when it was sent. */
    private void settle() throws NativeCallException {
        for (int round = 0; round < ROUNDS; round++) {
            if (!results.isEmpty()) {
                results.take();
                sequencer.accept(results.kind(), results.buffer(), results.recordOffset(), results.payloadLength());
                if (results.isEmpty()) {
                    results.recycle();
                }
            } else if (!requests.unanswered() || !drainNetlink()) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
