package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.replay.EventProcessor;

/** What holds after every event, whatever happened. */
public final class CoreInvariants {

    private static final int CONSECUTIVE_DEADLINES = 3;
    /** One that stays in the past is put off by a nanosecond each time. */
    private static final long INSTANT_NANOS = 100;
    private static final int RESTORE_EVERY = 16;
    /** Links, addresses of the host, trackers, requests. */
    private static final int SNAPSHOT_BYTES = 16 * 1024;
    /** Timers, counters, faults, the peer, notes that are spaced. */
    private static final int ROUTER_BYTES = 2 * 1024;
    private static final int ADDRESS_BYTES = 256;
    /** Of one that waits for a script that hangs; a router and its group have as many as may wait. */
    private static final int NOTICE_BYTES = 256;

    private final int compareEvery;
    private EventProcessor restored;
    private final Event recorded = new Event();
    private ByteBuffer bytes = ByteBuffer.allocate(4096);
    private int events;
    private int restoreAt;
    private int deadlines;
    private long deadlineAt = Long.MIN_VALUE / 2;

    /** Compares the whole state after every event. */
    public CoreInvariants() {
        this(1);
    }

    /** @param compareEvery so many events the whole state; what comes out of the core after each */
    public CoreInvariants(int compareEvery) {
        this.compareEvery = compareEvery;
    }

    public void check(Event event, EventProcessor processor, long now) {
        noHotLoop(event, now);
        restoredBehavesTheSame(event, processor);
        for (VirtualRouter router : processor.core().routers()) {
            check(router, event);
        }
    }

    private void noHotLoop(Event event, long now) {
        boolean again = event.kind() == EventKind.DEADLINE_REACHED && now - deadlineAt <= INSTANT_NANOS;
        deadlines = again ? deadlines + 1 : event.kind() == EventKind.DEADLINE_REACHED ? 1 : deadlines;
        deadlineAt = event.kind() == EventKind.DEADLINE_REACHED ? now : deadlineAt;
        require(deadlines <= CONSECUTIVE_DEADLINES, event,
                () -> "no deadline loop, but " + deadlines + " at " + now);
    }

    private void restoredBehavesTheSame(Event event, EventProcessor processor) {
        boolean compares = events % compareEvery == 0;
        boolean restores = events == 0 || events == restoreAt;
        byte[] snapshot = compares || restores ? processor.core().snapshot() : null;
        events++;
        if (restored != null) {
            restored.process(copy(event));
            require(restored.digest() == processor.digest(), event,
                    () -> "the digest of the core that was not restored");
            require(!compares || Arrays.equals(snapshot, restored.core().snapshot()), event,
                    () -> "the state of the core not restored");
            require(restored.core().nextDeadlineNanos() == processor.core().nextDeadlineNanos(), event,
                    () -> "deadline " + processor.core().nextDeadlineNanos() + ", but found "
                            + restored.core().nextDeadlineNanos() + " in the restored core");
        }
        if (restores) {
            isBounded(event, processor.core(), snapshot.length);
            VrrpCore core = VrrpCore.restore(snapshot);
            require(Arrays.equals(snapshot, core.snapshot()), event,
                    () -> "an equal snapshot of the restored core");
            restored = new EventProcessor(core, processor.digest());
            int spacing = Math.max(compareEvery, RESTORE_EVERY);
            restoreAt = events + 1 + (int) Math.floorMod(processor.digest(), 2L * spacing); // as good as drawn
        }
    }

    /** Our promise: what is remembered follows from what is configured and observed, and not from how long it runs. */
    private static void isBounded(Event event, VrrpCore core, int bytes) {
        CoreView view = core.view();
        int bound = SNAPSHOT_BYTES;
        if (view.configuration() != null) {
            bound += ConfigurationPrinter.print(view.configuration()).length();
        }
        for (VirtualRouter router : core.routers()) {
            bound += ROUTER_BYTES + router.addresses.all().length * ADDRESS_BYTES
                    + 2 * NotifyLanes.MOST_WAITING * NOTICE_BYTES;
        }
        int most = bound;
        require(bytes <= most, event, () -> "a snapshot of at most " + most + " bytes, but found " + bytes);
    }

    /** As it comes from a journal: what the live core may have made of its own does not matter. */
    private Event copy(Event event) {
        if (bytes.capacity() < event.recordLength()) {
            bytes = ByteBuffer.allocate(2 * event.recordLength());
        }
        bytes.put(0, event.buffer(), event.recordOffset(), event.recordLength());
        return recorded.wrap(bytes, 0);
    }

    private static void check(VirtualRouter router, Event event) {
        String name = router.configuration.name();
        RouterState state = router.state();
        require(state != RouterState.BACKUP || router.masterDownAt != Moment.NEVER, event,
                () -> name + " armed in BACKUP");
        require(state != RouterState.MASTER || router.advertisementAt != Moment.NEVER, event,
                () -> name + " advertising");
        require(state != RouterState.MASTER || router.sources.identity() != null, event,
                () -> name + " with a source, or one that is awaited");
        if (state != RouterState.INIT) {
            require(router.faults.isBlocking() == (state == RouterState.FAULT), event,
                    () -> name + " in FAULT iff a fault blocks, but found " + state);
        }
    }

    private static void require(boolean holds, Event event, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(
                    "Expected " + what.get() + ", after event " + event.sequence() + " " + event.kind());
        }
    }
}
