package org.vrrpd.daemon.input;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.vrrpd.daemon.linux.EventFd;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;

/** Events that other threads hand to the protocol thread. Those of one thread stay in order. */
public final class CommandQueue {

    /** A part of a configuration with its head is the largest that comes here, but for an argument of a client's. */
    private static final int PAYLOAD_BYTES = Math.max(Payloads.PART_HEADER_BYTES + Payloads.PART_BYTES, 160 * 1024);

    private record Command(EventKind kind, byte[] payload, CompletableFuture<Void> applied) {}

    private final Queue<Command> queue = new ConcurrentLinkedQueue<>();
    private final ByteBuffer record = ByteBuffer.allocateDirect(Event.HEADER_BYTES + PAYLOAD_BYTES);
    private final EventFd wakeUp;

    /** @param wakeUp what the protocol thread waits for */
    public CommandQueue(EventFd wakeUp) {
        this.wakeUp = wakeUp;
    }

    /**
     * Any thread. The future completes when the event was applied. It is completed by the protocol thread: wait for it,
     * and hang no work onto it.
     */
    public CompletableFuture<Void> submit(EventKind kind, byte[] payload) {
        if (payload.length > PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a payload of at most " + PAYLOAD_BYTES + " bytes, but found " + payload.length);
        }
        CompletableFuture<Void> applied = new CompletableFuture<>();
        queue.add(new Command(kind, payload, applied));
        wakeUp.signal();
        return applied;
    }

    /** The protocol thread. True when there was one. */
    public boolean takeOne(EventSink sink) {
        Command command = queue.poll();
        if (command == null) {
            return false;
        }
        try {
            record.put(Event.HEADER_BYTES, command.payload());
            sink.accept(command.kind(), record, 0, command.payload().length);
        } finally {
            command.applied().complete(null);
        }
        return true;
    }
}
