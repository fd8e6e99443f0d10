package org.vrrpd.daemon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.event.ScriptOutcome;

/** What workers have told the protocol thread. */
final class Told implements EventOutput {

    private static final long LIMIT_SECONDS = 20;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    record Event(EventKind kind, ByteBuffer payload) {}

    record Ended(long effect, ScriptOutcome outcome, int status, long nanos, String detail) {}

    record Result(long effect, int errno, String detail) {}

    record Read(int watch, boolean present, String content) {}

    record Counted(int watch, int count) {}

    @Override
    public void submit(EventKind kind, byte[] payload) {
        events.add(new Event(kind, ByteBuffer.wrap(payload)));
    }

    Ended ended() throws InterruptedException {
        ByteBuffer in = next(EventKind.SCRIPT_ENDED);
        return new Ended(in.getLong(0), ScriptOutcome.ofNumber(in.get(8)), in.getShort(10), in.getLong(12),
                Payloads.readText(in, 20));
    }

    /** Errno 0: it succeeded. */
    Result result() throws InterruptedException {
        Event event = next();
        ByteBuffer in = event.payload();
        if (event.kind() == EventKind.EFFECT_SUCCEEDED) {
            return new Result(in.getLong(0), 0, Payloads.readText(in, 8));
        }
        assertEquals(EventKind.EFFECT_FAILED, event.kind());
        return new Result(in.getLong(0), in.getInt(8), Payloads.readText(in, 12));
    }

    Read read() throws InterruptedException {
        ByteBuffer in = next(EventKind.FILE_READ);
        return new Read(in.getInt(0), in.get(4) == 1, Payloads.readText(in, 5));
    }

    Counted counted() throws InterruptedException {
        ByteBuffer in = next(EventKind.PROCESSES_COUNTED);
        return new Counted(in.getInt(0), in.getInt(4));
    }

    void nothingFor(long millis) throws InterruptedException {
        Event event = events.poll(millis, TimeUnit.MILLISECONDS);
        assertNull(event, () -> "Expected nothing, but was told " + event);
    }

    private ByteBuffer next(EventKind expected) throws InterruptedException {
        Event event = next();
        assertEquals(expected, event.kind());
        return event.payload();
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(event, "Expected to be told something within " + LIMIT_SECONDS + " s, but was not");
        return event;
    }
}
