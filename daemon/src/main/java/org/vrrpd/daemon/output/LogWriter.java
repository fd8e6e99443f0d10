package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.narrate.LogEntry;
import org.vrrpd.proto.narrate.LogLimiter;
import org.vrrpd.proto.narrate.LogLines;

/**
 * Writes the log, on a thread of its own. Whoever logs never waits: not for the thread, not for a lock, not for the
 * terminal or journald. When too much waits already, entries are dropped, and counted in the log.
 */
public final class LogWriter implements Log, ReportListener, AutoCloseable {

    private static final int CAPACITY = 4096;
    /** What only helps to debug must leave room for what matters. */
    private static final int EVENT_CAPACITY = CAPACITY / 2;
    private static final long CLOSE_MILLIS = 1000;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What is put into words by the log's thread, or a level that is in force for what is behind it. */
    private record Entry(Supplier<List<LogEntry>> words, LogLevel level) {}

    private final LogOutput out;
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final LogLimiter limiter = new LogLimiter();
    private final Thread thread;
    /** The latest that was asked for. */
    private volatile LogLevel level;
    private volatile Consumer<LogLevel> levelListener = set -> { };
    private volatile boolean closing;

    public LogWriter(LogOutput out, LogLevel level) {
        this.out = out;
        this.level = level;
        thread = new Thread(() -> write(level), "log");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    @Override
    public void log(LogLevel of, String text) {
        offer(() -> List.of(LogEntry.of(of, text)), CAPACITY);
    }

    /** What happened, for those who debug. */
    public void event(Supplier<List<LogEntry>> words) {
        offer(words, EVENT_CAPACITY);
    }

    @Override
    public void report(
            EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long sequence, long coreNanos) {
        byte[] payload = new byte[payloadLength];
        buffer.get(payloadOffset, payload);
        offer(() -> words(kind, ByteBuffer.wrap(payload), sequence, coreNanos), CAPACITY);
    }

    /** What is logged from now on is shown by this level; what waits, by the one before. */
    @Override
    public void setLevel(LogLevel next) {
        level = next;
        waiting.incrementAndGet(); // without a limit: the core has told already that it is in force
        queue.add(new Entry(null, next));
        levelListener.accept(next);
        LockSupport.unpark(thread);
    }

    public LogLevel level() {
        return level;
    }

    /** @param listener called by whoever sets a level, which is the protocol thread: it must not block */
    public void onLevel(Consumer<LogLevel> listener) {
        levelListener = listener;
    }

    private void offer(Supplier<List<LogEntry>> words, int capacity) {
        if (waiting.get() >= capacity) {
            dropped.incrementAndGet();
            return;
        }
        waiting.incrementAndGet();
        queue.add(new Entry(words, null));
        LockSupport.unpark(thread);
    }

    private void write(LogLevel first) {
        LogLevel inForce = first;
        while (true) {
            boolean last = closing; // before polling, so that what was logged before closing is written
            for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
                waiting.decrementAndGet();
                if (entry.level() != null) {
                    inForce = entry.level();
                } else {
                    write(entry, inForce);
                }
            }
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                out.write(LogEntry.of(LogLevel.WARNING, lost + " log entries were dropped"));
            }
            boolean owing = limiter.settle(System.nanoTime(), out::write);
            if (last) {
                limiter.end(out::write);
                out.flush();
                return;
            }
            out.flush();
            if (queue.isEmpty() && !closing) {
                pause(owing);
            }
        }
    }

    private void pause(boolean owing) {
        if (owing) {
            LockSupport.parkNanos(this, SETTLE_NANOS);
        } else {
            LockSupport.park(this);
        }
    }

    private void write(Entry waited, LogLevel inForce) {
        for (LogEntry entry : waited.words().get()) {
            // whoever changes the level reads in the log that it was changed, whatever is shown from now on
            if (inForce.shows(entry.level()) || entry.topic().name().equals(NoteKind.LOG_LEVEL_SET.name())) {
                limiter.offer(entry, System.nanoTime(), out::write);
            }
        }
    }

    private static List<LogEntry> words(EffectKind kind, ByteBuffer payload, long sequence, long coreNanos) {
        try {
            return switch (kind) {
                case REPORT_TRANSITION -> LogLines.of(Reports.Transition.read(payload, 0), sequence);
                case REPORT_FAULT -> List.of(LogLines.of(Reports.Fault.read(payload, 0), sequence, coreNanos));
                case REPORT_NOTE -> List.of(LogLines.of(Reports.Note.read(payload, 0), sequence));
                default -> throw new IllegalArgumentException("Expected a report, but found " + kind);
            };
        } catch (RuntimeException e) {
            return List.of(LogEntry.of(LogLevel.ERROR, "a report of kind " + kind + " could not be read: " + e));
        }
    }

    /** Ends the thread when it has written what waits, which is not waited for. */
    public void finish() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** Writes what waits, but not for longer than a second. */
    @Override
    public void close() {
        finish();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
