package org.vrrpd.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time. All instants of the tests are wall-clock nanoseconds, as in captures. */
public final class Await {

    private static final long POLL_MILLIS = 4;

    private Await() {}

    public static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    public static double millis(long nanos) {
        return nanos / 1e6;
    }

    public static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    public static <T> T value(String what, Duration limit, Supplier<Optional<T>> source) {
        return value(() -> what, limit, source);
    }

    /** @param what evaluated when the wait was in vain, so that it can tell what was found instead */
    public static <T> T value(Supplier<String> what, Duration limit, Supplier<Optional<T>> source) {
        Optional<T> found = within(limit, source);
        return found.orElseThrow(() -> new AssertionError(
                "Expected " + what.get() + " within " + limit.toMillis() + " ms, but it did not come"));
    }

    /** Empty when it did not come. */
    public static <T> Optional<T> within(Duration limit, Supplier<Optional<T>> source) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = source.get();
            if (found.isPresent() || System.nanoTime() >= end) {
                return found;
            }
            pause();
        }
    }

    /** Lets time pass while a promise is watched: fails at the first moment at which it does not hold. */
    public static void holds(String what, Duration time, BooleanSupplier promise) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (!promise.getAsBoolean()) {
                throw new AssertionError("Expected " + what + " for " + time.toMillis() + " ms, but it ceased");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
