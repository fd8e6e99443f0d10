package org.vrrpd.proto.narrate;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.narrate.LogEntry.Topic;

/**
 * The last resort against a log that grows with what a stranger sends: each topic may fill a bucket at once and then
 * goes on at a steady pace. What is left out is counted, and the latest of it is written when there is room again, so
 * that the log never ends with a state that is over.
 *
 * <p>It has no clock: time is told with every call and never goes back.
 */
public final class LogLimiter {

    private static final long MINUTE = 60_000_000_000L;
    /** Buckets that have been full for long are forgotten; until then they are bounded by what is configured. */
    private static final int MOST_BUCKETS = 4096;

    private final Map<Topic, Bucket> buckets = new HashMap<>();
    private final Set<Topic> owing = new LinkedHashSet<>();

    /** How many entries of one topic are written: so many at once, and then so many a minute. */
    record Limit(int atOnce, int aMinute) {}

    /** What may still be written of one topic, in nanoseconds that were saved. */
    private static final class Bucket {
        private long saved;
        private long lookedAt;
        private long leftOut;
        private LogEntry latest;
    }

    static Limit limit(LogEntry.Class of) {
        return switch (of) {
            case TRANSITION, FAULT -> new Limit(120, 60);
            case NOTE -> new Limit(20, 6);
            case DAEMON -> new Limit(200, 60);
            case EVENT -> new Limit(2000, 12_000);
        };
    }

    /** Gives the entry to {@code out}, or keeps it as what is owed of its topic. */
    public void offer(LogEntry entry, long nowNanos, Consumer<LogEntry> out) {
        Topic topic = entry.topic();
        if (buckets.size() >= MOST_BUCKETS && !buckets.containsKey(topic)) {
            forgetFull(nowNanos);
        }
        Bucket bucket = buckets.computeIfAbsent(topic, each -> full(topic, nowNanos));
        if (bucket.leftOut == 0 && take(bucket, topic, 1, nowNanos)) {
            out.accept(entry);
            return;
        }
        bucket.leftOut++;
        bucket.latest = entry;
        owing.add(topic);
    }

    /** Writes what is owed and may be written now. True when more is owed: call it again, some seconds later. */
    public boolean settle(long nowNanos, Consumer<LogEntry> out) {
        owing.removeIf(topic -> {
            Bucket bucket = buckets.get(topic);
            boolean paid = take(bucket, topic, bucket.leftOut > 1 ? 2 : 1, nowNanos);
            if (paid) {
                tell(topic, bucket, out);
            }
            return paid;
        });
        return !owing.isEmpty();
    }

    /** Writes everything that is owed, whatever the limits: nothing follows. */
    public void end(Consumer<LogEntry> out) {
        for (Topic topic : owing) {
            tell(topic, buckets.get(topic), out);
        }
        owing.clear();
    }

    /** The entry that was left out last, and how many were before it. */
    private static void tell(Topic topic, Bucket bucket, Consumer<LogEntry> out) {
        LogEntry latest = bucket.latest;
        if (bucket.leftOut > 1) {
            Limit limit = limit(topic.of());
            out.accept(new LogEntry(LogLevel.WARNING, topic,
                    (topic.instance().isEmpty() ? "" : "(" + topic.instance() + ") ")
                            + (bucket.leftOut - 1) + " entries like the next were left out (more than "
                            + limit.aMinute() + " a minute)", "", latest.fields()));
        }
        out.accept(latest);
        bucket.leftOut = 0;
        bucket.latest = null;
    }

    private static long cost(Topic topic) {
        return MINUTE / limit(topic.of()).aMinute();
    }

    private static Bucket full(Topic topic, long nowNanos) {
        Bucket bucket = new Bucket();
        bucket.saved = limit(topic.of()).atOnce() * cost(topic);
        bucket.lookedAt = nowNanos;
        return bucket;
    }

    private static boolean take(Bucket bucket, Topic topic, int entries, long nowNanos) {
        refill(bucket, topic, nowNanos);
        if (bucket.saved < entries * cost(topic)) {
            return false;
        }
        bucket.saved -= entries * cost(topic);
        return true;
    }

    private static void refill(Bucket bucket, Topic topic, long nowNanos) {
        bucket.saved = Math.min(limit(topic.of()).atOnce() * cost(topic), bucket.saved + nowNanos - bucket.lookedAt);
        bucket.lookedAt = nowNanos;
    }

    private void forgetFull(long nowNanos) {
        buckets.entrySet().removeIf(each -> {
            refill(each.getValue(), each.getKey(), nowNanos);
            return each.getValue().leftOut == 0
                    && each.getValue().saved >= limit(each.getKey().of()).atOnce() * cost(each.getKey());
        });
    }
}
