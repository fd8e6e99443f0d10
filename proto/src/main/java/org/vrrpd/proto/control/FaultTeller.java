package org.vrrpd.proto.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.effect.Reports.Fault;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.narrate.CoreClock;

/** Pairs the beginnings and ends of faults; needs no replay, since both are records and an end knows its beginning. */
public final class FaultTeller {

    private final Map<Key, FaultLine> open = new LinkedHashMap<>();
    private final Deque<FaultLine> ended = new ArrayDeque<>();
    private final int most;

    private record Key(String instance, int reason, String subject) {}

    /** @param most of those that ended are kept, the newest */
    public FaultTeller(int most) {
        this.most = most;
    }

    public void accept(Event record) {
        if (record.kind() == EventKind.FAULT) {
            fault(Fault.read(record.buffer(), record.payloadOffset()), record);
        } else if (record.kind() == EventKind.STARTED) {
            // a new run observes everything afresh: what held before ended with the run before
            new ArrayList<>(open.keySet()).forEach(key -> close(
                    key, CoreClock.wall(record.wallNanos()), record.sequence(), "the daemon started again"));
        }
    }

    private void fault(Fault fault, Event record) {
        Instant time = CoreClock.wall(record.wallNanos());
        Key key = new Key(fault.instance(), fault.reason().number(), fault.subject());
        if (fault.began()) {
            close(key, time, record.sequence(), "a record that is missing in the journal");
            open.put(key, line(fault, time, fault.causeText()));
            return;
        }
        if (!open.containsKey(key)) {
            Instant began = time.minusNanos(record.coreNanos() - fault.beganCoreNanos());
            open.put(key, line(fault, began, ""));
        }
        close(key, time, fault.causeSequence(), fault.causeText());
    }

    private static FaultLine line(Fault fault, Instant began, String beganWith) {
        return new FaultLine(
                fault.instance(), fault.reason().name(), fault.reasonText(), fault.reason().blocking(),
                fault.clearsWhen(), began, fault.beganSequence(), beganWith, null, 0, "", Duration.ZERO);
    }

    private void close(Key key, Instant time, long sequence, String by) {
        FaultLine line = open.remove(key);
        if (line != null) {
            ended.add(ended(line, time, sequence, by, Duration.between(line.began(), time)));
            if (ended.size() > most) {
                ended.remove();
            }
        }
    }

    private static FaultLine ended(FaultLine line, Instant cleared, long sequence, String by, Duration lasted) {
        return new FaultLine(
                line.instance(), line.kind(), line.reason(), line.blocking(), line.clearsWhen(),
                line.began(), line.beganSequence(), line.beganWith(), cleared, sequence, by, lasted);
    }

    /** The newest first. */
    public List<FaultLine> faults(Instant now) {
        List<FaultLine> faults = new ArrayList<>(ended);
        open.values().forEach(line -> faults.add(
                ended(line, null, 0, "", Duration.between(line.began(), now))));
        faults.sort((a, b) -> a.began().equals(b.began())
                ? Long.compare(b.beganSequence(), a.beganSequence()) : b.began().compareTo(a.began()));
        return faults;
    }
}
