package org.vrrpd.daemon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmupTest {

    @Test
    void goesThroughTakeOversAndStopsAndEndsInTime() {
        AtomicInteger first = new AtomicInteger();
        long began = System.nanoTime();
        Warmup.Rehearsed rehearsed = Warmup.run(first::incrementAndGet);
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(rehearsed.takeOvers() >= 2, rehearsed.toString());
        assertTrue(rehearsed.gratuitousArps() >= rehearsed.takeOvers(), rehearsed.toString());
        assertTrue(rehearsed.stops() >= 1, rehearsed.toString());
        assertTrue(rehearsed.wakeUps() >= 10, rehearsed.toString());
        assertEquals(1, first.get());
        assertTrue(millis < 5000, millis + " ms"); // 500 by itself; the rest is for a busy machine
    }

    @Test
    void theDaemonStartsAlsoWhenItFails() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Warmup.Running running = Warmup.start(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> told.complete(e));
            throw new UnsatisfiedLinkError("no library");
        });
        running.initialized().get(10, TimeUnit.SECONDS);
        assertEquals("no library", told.get(10, TimeUnit.SECONDS).getMessage());
    }
}
