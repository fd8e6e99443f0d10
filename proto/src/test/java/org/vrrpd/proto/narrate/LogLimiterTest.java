package org.vrrpd.proto.narrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.narrate.LogEntry.Topic;

class LogLimiterTest {

    private static final long SECOND = 1_000_000_000L;

    private final LogLimiter limiter = new LogLimiter();
    private final List<String> written = new ArrayList<>();
    private long now = 5 * SECOND;

    private void offer(String instance, String name, int from, int count) {
        Topic topic = new Topic(LogEntry.Class.NOTE, instance, name);
        for (int i = from; i < from + count; i++) {
            limiter.offer(new LogEntry(LogLevel.NOTICE, topic, instance + " " + name + " " + i, "", List.of()), now,
                    entry -> written.add(entry.message()));
        }
    }

    private boolean settle() {
        return limiter.settle(now, entry -> written.add(entry.message()));
    }

    @Test
    void aBurstIsWrittenAndTheRestIsCounted() {
        offer("VI", "N", 0, 100);
        assertEquals(20, written.size());
        assertEquals("VI N 19", written.get(19));
        assertTrue(settle());
        assertEquals(20, written.size());
    }

    @Test
    @DisplayName("the latest of what was left out is written as soon as there is room: the log ends with what is true")
    void theLatestIsWritten() {
        offer("VI", "N", 0, 100);
        now += 25 * SECOND;
        assertFalse(settle());
        assertEquals(List.of("(VI) 79 entries like the next were left out (more than 6 a minute)", "VI N 99"),
                written.subList(20, written.size()));
    }

    @Test
    void aSingleOneThatWasLeftOutIsOnlyLate() {
        offer("VI", "N", 0, 21);
        now += 11 * SECOND;
        assertFalse(settle());
        assertEquals("VI N 20", written.get(20));
        assertEquals(21, written.size());
    }

    @Test
    void noneOvertakesWhatIsOwedOfItsTopic() {
        offer("VI", "N", 0, 22);
        now += 11 * SECOND; // room for one, but two are owed: the count and the latest
        offer("VI", "N", 22, 1);
        now += 10 * SECOND;
        settle();
        assertEquals("VI N 22", written.get(written.size() - 1));
    }

    @Test
    void topicsDoNotCountForEachOther() {
        offer("VI", "N", 0, 100);
        offer("VI", "M", 0, 1);
        offer("VJ", "N", 0, 1);
        assertEquals(List.of("VI M 0", "VJ N 0"), written.subList(20, written.size()));
    }

    @Test
    void whatIsOwedIsWrittenAtTheEnd() {
        offer("VI", "N", 0, 30);
        limiter.end(entry -> written.add(entry.message()));
        assertEquals("VI N 29", written.get(written.size() - 1));
    }

    @Test
    void aFloodOfAnHourIsBounded() {
        for (int i = 0; i < 3600; i++) {
            now += SECOND;
            offer("VI", "N", 100 * i, 100);
            settle();
        }
        int most = 20 + 60 * 6;
        assertTrue(written.size() <= most, () -> written.size() + " lines");
        assertTrue(written.size() > most - 10, () -> written.size() + " lines");
    }
}
