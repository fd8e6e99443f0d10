package org.vrrpd.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;
    /** As System.nanoTime() may be: anything, and about to wrap. */
    private static final long START = Long.MAX_VALUE - SECOND;

    @Test
    void aBurstPassesAtOnceAndWhatFollowsWaitsInTurn() {
        Pace pace = new Pace(10, Duration.ofSeconds(1), 3, START);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, pace.reserve(START));
        }
        assertEquals(SECOND / 10, pace.reserve(START));
        assertEquals(2 * SECOND / 10, pace.reserve(START));
        assertEquals(2 * SECOND / 10, pace.reserve(START + SECOND / 10));
    }

    @Test
    void aPauseSavesUpNoMoreThanTheBurst() {
        Pace pace = new Pace(10, Duration.ofSeconds(1), 3, START);
        long later = START + 100 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertEquals(0, pace.reserve(later));
        }
        assertEquals(SECOND / 10, pace.reserve(later));
    }

    @Test
    void whatWasNotTakenCostsNothing() {
        Pace pace = new Pace(1, Duration.ofSeconds(60), 1, START);
        assertTrue(pace.tryTake(START));
        for (int i = 1; i < 60; i++) {
            assertFalse(pace.tryTake(START + i * SECOND));
        }
        assertTrue(pace.tryTake(START + 60 * SECOND));
    }
}
