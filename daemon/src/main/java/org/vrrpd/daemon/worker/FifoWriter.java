package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.proto.effect.FifoOpening;

/**
 * Writes lines to pipes, in order and without waiting for readers. A pipe that cannot be opened is tried again every
 * five seconds; what does not go into one yet waits in a bounded queue. Readers are started again when they end.
 */
final class FifoWriter extends WorkLoop {

    private static final long RETRY_NANOS = 5_000_000_000L;
    private static final long READER_END_NANOS = 1_000_000_000L;

    private final Answers answers;
    private final ScriptUsers users;
    private final ScriptRunner scripts;
    private final Map<String, Fifo> fifos = new LinkedHashMap<>();
    private final Map<String, FifoReader> readers = new HashMap<>();
    /** Those in which something waits for room, by token. */
    private final Map<Long, Fifo> full = new HashMap<>();
    private long nextToken;
    private long retryAt = NEVER;

    FifoWriter(Answers answers, ScriptUsers users, ScriptRunner scripts, Consumer<String> log) throws IOException {
        super("pipes", log);
        this.answers = answers;
        this.users = users;
        this.scripts = scripts;
    }

    /** Any thread. */
    void open(long effectId, FifoOpening opening) {
        execute(() -> {
            Fifo fifo = new Fifo(opening, effectId, answers);
            Fifo former = fifos.put(opening.path(), fifo);
            if (former != null) {
                ignoreFull(former);
                fifo.replace(former);
            }
            open(fifo);
        });
    }

    /** Any thread. */
    void write(long effectId, String path, String line) {
        execute(() -> {
            Fifo fifo = fifos.get(path);
            if (fifo == null) {
                answers.failed(effectId, Errno.EBADF.number(), "write " + path);
                return;
            }
            open(fifo); // it may have been taken away
            fifo.write(effectId, line);
            await(fifo);
        });
    }

    /** Any thread. */
    void close(String path) {
        execute(() -> {
            Fifo fifo = fifos.remove(path);
            if (fifo != null) {
                end(fifo);
            }
        });
    }

    /** Closes all, and ends the thread. Readers are expected to end by themselves then. */
    void close(long millis) {
        execute(() -> {
            fifos.values().forEach(this::end);
            fifos.clear();
        });
        end(millis);
    }

    private void open(Fifo fifo) {
        if (fifo.isLost()) {
            ignoreFull(fifo);
        }
        fifo.open(users);
        if (!fifo.isOpen()) {
            retryAt = Math.min(retryAt, System.nanoTime() + RETRY_NANOS);
            return;
        }
        fifo.flush();
        await(fifo);
        String path = fifo.opening().path();
        FifoReader reader = readers.get(path);
        if (reader != null && !reader.isFor(fifo.opening())) {
            readers.remove(path).end(0);
            reader = null;
        }
        if (reader == null && !fifo.opening().reader().isEmpty()) {
            readers.put(path, new FifoReader(fifo.opening(), scripts, this));
        }
    }

    private void await(Fifo fifo) {
        if (!fifo.isFull() || full.containsValue(fifo)) {
            return;
        }
        try {
            listenWritable(fifo.fd(), nextToken);
            full.put(nextToken++, fifo);
        } catch (NativeCallException e) {
            retryAt = Math.min(retryAt, System.nanoTime() + RETRY_NANOS);
        }
    }

    private void ignoreFull(Fifo fifo) {
        if (full.values().remove(fifo) && fifo.isOpen()) {
            ignore(fifo.fd());
        }
    }

    private void end(Fifo fifo) {
        ignoreFull(fifo);
        fifo.close();
        FifoReader reader = readers.remove(fifo.opening().path());
        if (reader != null) {
            reader.end(READER_END_NANOS);
        }
    }

    @Override
    void ready(long token) {
        Fifo fifo = full.get(token);
        if (fifo == null) {
            return;
        }
        ignoreFull(fifo);
        fifo.flush();
        await(fifo);
    }

    @Override
    long nextNanos() {
        long next = retryAt;
        for (FifoReader reader : readers.values()) {
            next = Math.min(next, reader.nextNanos());
        }
        return next;
    }

    @Override
    void timePassed(long now) {
        readers.values().forEach(reader -> reader.timePassed(now));
        if (now >= retryAt) {
            retryAt = NEVER;
            fifos.values().stream().filter(fifo -> !fifo.isOpen()).forEach(this::open);
            fifos.values().forEach(this::await);
        }
    }
}
