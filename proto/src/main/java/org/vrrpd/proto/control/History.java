package org.vrrpd.proto.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.vrrpd.proto.core.VrrpCore;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.journal.JournalFile;
import org.vrrpd.proto.journal.JournalReader;
import org.vrrpd.proto.journal.SnapshotAssembler;
import org.vrrpd.proto.narrate.Narrator;

/** What a journal directory tells of the past; the same for the daemon's socket and for a client without a daemon. */
public final class History {

    private History() {}

    /**
     * @param leftOut routine records among and after these lines that were not told
     * @param lastSequence of the last record read; 0: none
     * @param damage of the journal that was met, in words
     * @param narrator has seen all these records, so that it can tell what follows them
     */
    public record Events(
            List<EventLine> lines, long leftOut, long lastSequence, List<String> damage, Narrator narrator) {}

    public record Faults(List<FaultLine> lines, List<String> damage) {}

    /** The last lines that pass. Files are read from the newest back, only as many as needed. */
    public static Events lastEvents(
            Path journal, int count, boolean withRoutine, Predicate<EventLine> filter) throws IOException {
        int back = 1;
        while (true) {
            List<String> damage = new ArrayList<>();
            try (JournalReader reader = JournalReader.open(journal, found -> damage.add(found.toString()))) {
                List<JournalFile> files = reader.files();
                boolean fromTheOldest = back >= files.size();
                if (!fromTheOldest) {
                    reader.seek(files.get(files.size() - back));
                }
                Events events = tell(reader, count, withRoutine, filter, damage);
                if (fromTheOldest || events.lines().size() >= count) {
                    return events;
                }
            }
            back *= 2;
        }
    }

    private static Events tell(
            JournalReader reader, int count, boolean withRoutine, Predicate<EventLine> filter, List<String> damage)
            throws IOException {
        VrrpCore[] begin = {new VrrpCore()};
        Narrator narrator = new Narrator(index -> begin[0].linkName(index));
        SnapshotAssembler snapshot = new SnapshotAssembler();
        boolean begun = false;
        Deque<EventLine> lines = new ArrayDeque<>();
        Deque<Long> leftOutBefore = new ArrayDeque<>();
        EventTeller[] teller = new EventTeller[1];
        teller[0] = new EventTeller(narrator, withRoutine, line -> {
            if (!filter.test(line)) {
                return;
            }
            lines.add(line);
            leftOutBefore.add(teller[0].leftOut());
            if (lines.size() > count) {
                lines.remove();
                leftOutBefore.remove();
            }
        });
        Event event = new Event();
        long last = 0;
        while (reader.next(event)) {
            last = event.sequence();
            if (!begun && event.kind() == EventKind.SNAPSHOT_PART) {
                byte[] whole = snapshot.add(event);
                begun = whole != null;
                begin[0] = begun ? VrrpCore.restore(whole) : begin[0]; // it knows links that no record names again
            }
            teller[0].accept(event);
        }
        teller[0].flush();
        long before = leftOutBefore.isEmpty() ? 0 : leftOutBefore.getFirst();
        return new Events(List.copyOf(lines), teller[0].leftOut() - before, last, damage, narrator);
    }

    /** The faults that hold and the last that ended, the newest first. */
    public static Faults faults(Path journal, int most, Instant now) throws IOException {
        List<String> damage = new ArrayList<>();
        FaultTeller teller = new FaultTeller(most);
        try (JournalReader reader = JournalReader.open(journal, found -> damage.add(found.toString()))) {
            Event event = new Event();
            while (reader.next(event)) {
                teller.accept(event);
            }
        }
        return new Faults(teller.faults(now), damage);
    }
}
