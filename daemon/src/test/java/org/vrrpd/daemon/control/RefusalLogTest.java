package org.vrrpd.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vrrpd.daemon.control.UnixSockets.Peer;

/** However often somebody asks, few refusals are recorded, and none is forgotten. */
class RefusalLogTest {

    private static final Peer ANNA = new Peer(1000, 1000, 42);
    private static final Peer BERT = new Peer(1001, 1001, 43);

    private final List<Refusal> recorded = new ArrayList<>();
    private final TreeMap<Long, Runnable> timers = new TreeMap<>();
    private long now;
    private final RefusalLog log = new RefusalLog(recorded::add, () -> now,
            (task, delay) -> timers.put(now + delay.toNanos(), task));

    private void passes(Duration time) {
        long end = now + time.toNanos();
        while (!timers.isEmpty() && timers.firstKey() <= end) {
            now = timers.firstKey();
            timers.pollFirstEntry().getValue().run();
        }
        now = end;
    }

    private long told() {
        return recorded.stream().mapToLong(refusal -> 1 + refusal.unrecorded()).sum();
    }

    @Test
    void theFirstAreRecordedAsTheyAre() {
        log.refused(ANNA, "reload", "it needs root");
        assertEquals(List.of(new Refusal(1000, 42, 0, "reload", "it needs root")), recorded);
    }

    @Test
    void aHundredThousandAreAHandfulOfRecordsAndAllAreCounted() {
        for (int i = 0; i < 100_000; i++) {
            log.refused(ANNA, "reload", "it needs root");
        }
        assertEquals(5, recorded.size());
        passes(Duration.ofMinutes(2));
        assertEquals(6, recorded.size());
        assertEquals(100_000, told());
    }

    @Test
    void anotherUserIsRecordedBesideAFlood() {
        for (int i = 0; i < 1000; i++) {
            log.refused(ANNA, "reload", "it needs root");
        }
        log.refused(BERT, "check", "it needs root");
        Refusal last = recorded.get(recorded.size() - 1);
        assertEquals(new Refusal(1001, 43, 995, "check", "it needs root"), last);
    }

    @Test
    void aDayOfManyUsersIsBounded() {
        long asked = 0;
        for (int second = 0; second < 86_400; second += 2) {
            for (int user = 0; user < 100; user += 10) {
                log.refused(new Peer(user + second % 10, 0, 1), "reload", "it needs root");
                asked++;
            }
            passes(Duration.ofSeconds(2));
        }
        passes(Duration.ofMinutes(2));
        assertEquals(asked, told());
        assertTrue(recorded.size() < 20 + 7 * 1440 + 2, recorded.size() + " records of " + asked);
    }
}
