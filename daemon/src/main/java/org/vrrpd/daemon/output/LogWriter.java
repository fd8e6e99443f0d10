package org.vrrpd.daemon.output;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.narrate.LogLines;

/**
 * Writes the log, on a thread of its own. Whoever logs never waits: not for the thread, not for a lock, not for the
 * terminal. When too much waits already, lines are dropped, and counted in the log.
 */
public final class LogWriter implements ReportListener, AutoCloseable {

    private static final int CAPACITY = 4096;
    private static final long CLOSE_MILLIS = 1000;

    /** Either a line, or a report that is still to be put into words. */
    private record Entry(String line, EffectKind kind, byte[] payload, long coreNanos) {}

    private final PrintStream out;
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    public LogWriter(PrintStream out) {
        this.out = out;
        thread = new Thread(this::write, "log");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    public void line(String line) {
        offer(new Entry(line, null, null, 0));
    }

    @Override
    public void report(EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long coreNanos) {
        byte[] payload = new byte[payloadLength];
        buffer.get(payloadOffset, payload);
        offer(new Entry(null, kind, payload, coreNanos));
    }

    private void offer(Entry entry) {
        if (waiting.get() >= CAPACITY) {
            dropped.incrementAndGet();
            return;
        }
        waiting.incrementAndGet();
        queue.add(entry);
        LockSupport.unpark(thread);
    }

    private void write() {
        while (true) {
            boolean last = closing; // before polling, so that what was logged before closing is written
            for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
                waiting.decrementAndGet();
                out.println(entry.line() != null ? entry.line() : text(entry));
            }
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                out.println(lost + " log lines were dropped");
            }
            out.flush();
            if (last) {
                return;
            }
            if (queue.isEmpty() && !closing) {
                LockSupport.park(this);
            }
        }
    }

    private static String text(Entry entry) {
        ByteBuffer payload = ByteBuffer.wrap(entry.payload());
        try {
            return switch (entry.kind()) {
                case REPORT_TRANSITION -> String.join("\n", LogLines.of(Reports.Transition.read(payload, 0)));
                case REPORT_FAULT -> LogLines.of(Reports.Fault.read(payload, 0), entry.coreNanos());
                case REPORT_NOTE -> LogLines.of(Reports.Note.read(payload, 0));
                default -> throw new IllegalArgumentException("Expected a report, but found " + entry.kind());
            };
        } catch (RuntimeException e) {
            return "a report of kind " + entry.kind() + " could not be read: " + e;
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
