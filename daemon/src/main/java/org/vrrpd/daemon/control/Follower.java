package org.vrrpd.daemon.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.vrrpd.daemon.control.EventSource.RecordHandler;
import org.vrrpd.daemon.control.EventSource.Subscription;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.EventTeller;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.narrate.Narrator;

/**
 * Sends one client the records that come. The journal's thread only copies bytes into a bounded queue; they become text
 * on a worker, and only as fast as the client reads. What does not fit is lost to this client, and it is told how many.
 */
final class Follower implements RecordHandler {

    private final Channel channel;
    private final Executor workers;
    private final ControlLimits.Memory limits;
    private final boolean withRoutine;
    private final Predicate<EventLine> filter;
    private final ZoneId zone;
    private final Deque<Item> queue = new ArrayDeque<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final Event cursor = new Event();
    private int queuedBytes;
    private long lost;
    private Subscription subscription;
    private boolean ended;
    private volatile boolean begun;
    private EventTeller teller;
    private long toldBefore;

    /** @param lostBefore records that did not fit in front of this one */
    private record Item(byte[] bytes, long lostBefore) {}

    Follower(
            Channel channel, Executor workers, ControlLimits.Memory limits, boolean withRoutine,
            Predicate<EventLine> filter, ZoneId zone) {
        this.channel = channel;
        this.workers = workers;
        this.limits = limits;
        this.withRoutine = withRoutine;
        this.filter = filter;
        this.zone = zone;
    }

    /** Before the history is read, so that nothing falls between the two. */
    void subscribe(EventSource source) {
        Subscription made = source.subscribe(this);
        synchronized (queue) {
            subscription = made;
            if (!ended) {
                return;
            }
        }
        made.close();
    }

    /** @param narrator has told the records up to and including {@code lastSequence} */
    void continueFrom(Narrator narrator, long lastSequence) {
        toldBefore = lastSequence;
        teller = new EventTeller(narrator, withRoutine, this::send);
    }

    /** The answer is on its way: lines may follow it. */
    void begin() {
        begun = teller != null;
        pump();
    }

    @Override
    public void onRecord(ByteBuffer bigEndian, int offset, int length) {
        synchronized (queue) {
            if (ended) {
                return;
            }
            // one record is taken however long it is, or a follower would never get it
            if (queue.size() >= limits.followRecords()
                    || !queue.isEmpty() && queuedBytes + length > limits.followBytes()) {
                lost++;
                return;
            }
            byte[] copy = new byte[length];
            bigEndian.get(offset, copy);
            queue.add(new Item(copy, lost));
            queuedBytes += length;
            lost = 0;
        }
        pump();
    }

    /** Called whenever there may be something to do; runs on one worker at a time. */
    void pump() {
        if (begun && channel.isWritable() && running.compareAndSet(false, true)) {
            try {
                workers.execute(this::run);
            } catch (RejectedExecutionException e) {
                end(); // the server is closing
            }
        }
    }

    private void run() {
        try {
            Item item = null;
            while (channel.isWritable() && (item = poll()) != null) {
                tell(item);
            }
            if (item == null && withRoutine) {
                teller.flush();
            }
            channel.flush();
        } finally {
            running.set(false);
        }
        if (hasWork()) {
            pump();
        }
    }

    private Item poll() {
        synchronized (queue) {
            Item item = queue.poll();
            queuedBytes -= item == null ? 0 : item.bytes().length;
            if (item == null && lost > 0) {
                item = new Item(null, lost);
                lost = 0;
            }
            return item;
        }
    }

    private boolean hasWork() {
        synchronized (queue) {
            return !queue.isEmpty() || lost > 0;
        }
    }

    private void tell(Item item) {
        if (item.lostBefore() > 0) {
            write(JsonRpc.notification(ControlProtocol.LOST, JsonRpc.object().put("records", item.lostBefore())));
        }
        if (item.bytes() == null) {
            return;
        }
        cursor.wrap(ByteBuffer.wrap(item.bytes()), 0);
        if (cursor.sequence() > toldBefore) {
            teller.accept(cursor);
        }
    }

    private void send(EventLine line) {
        if (filter.test(line)) {
            write(JsonRpc.notification(ControlProtocol.EVENT, line.json(zone)));
        }
    }

    private void write(String message) {
        channel.write(Unpooled.copiedBuffer(message + "\n", StandardCharsets.UTF_8));
    }

    void end() {
        Subscription made;
        synchronized (queue) {
            ended = true;
            queue.clear();
            queuedBytes = 0;
            lost = 0;
            made = subscription;
        }
        if (made != null) {
            made.close();
        }
    }
}
