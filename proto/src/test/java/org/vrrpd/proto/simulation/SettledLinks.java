package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.LinkDelay;
import org.vrrpd.proto.core.InstanceProbe;

/**
 * Which links of a router count as up, where interface_up_down_delays says that a change must last: counted by the
 * host's own clock from what happened to the links, and not from what the core was told. A daemon that stands still
 * learns of it when it goes on. Where it was told late or not at all, nothing is certain until a link has been as it is
 * for as long as either delay.
 */
final class SettledLinks {

    private static final long UNKNOWN = -1;

    /** A link as it was when it changed; null: nobody bore the name. */
    private record Seen(Integer index, boolean up) {}

    /** One line. */
    private static final class Line {
        private final LinkDelay delay;
        private final List<Seen> news = new ArrayList<>();
        private Seen last = new Seen(null, false);
        /** Was up once, as the link it is. */
        private boolean known;
        private boolean counts;
        /** Since when it is other than it counts. */
        private long otherSince;
        private long certainFrom = Long.MIN_VALUE;
        /** A process was there to be told of the last news. */
        private boolean told;
        /** Whether it was ever up may have escaped the daemon. */
        private boolean doubtful;
        private long down = UNKNOWN;

        Line(LinkDelay delay) {
            this.delay = delay;
        }

        void meet(Seen seen, long now) {
            known &= seen.index != null && seen.index.equals(last.index);
            if (!known || seen.up != counts && delay(seen.up) == 0) {
                counts = seen.up;
            } else if (seen.up != counts && last.up == counts) {
                otherSince = now;
            }
            known |= seen.up;
            last = seen;
        }

        private long delay(boolean up) {
            return up ? delay.upNanos() : down;
        }

        /** What has lasted counts. */
        void settle(long now) {
            if (last.up != counts && now - otherSince >= delay(last.up)) {
                counts = last.up;
            }
        }

        /** Of a link that is down, the daemon need not know that it was ever up. */
        boolean isBlurred(long now) {
            return now < certainFrom && (!news.isEmpty() || last.index != null && !last.up);
        }

        void blur(long now) {
            doubtful = true;
            certainFrom = now + Math.max(down, delay.upNanos());
        }
    }

    private final SimulatedHost host;
    private final Map<String, Line> lines = new TreeMap<>();
    private boolean isOverrun;

    /** @param configuration that of its file: edits leave the delays alone */
    SettledLinks(SimulatedHost host, Configuration configuration) {
        this.host = host;
        configuration.linkDelays().forEach(each -> lines.put(each.interfaceName(), new Line(each)));
        if (!lines.isEmpty()) {
            host.kernel.changed = link -> changed();
        }
    }

    private void changed() {
        lines.forEach((name, line) -> {
            line.told |= host.isAlive();
            line.news.add(see(name));
        });
    }

    private Seen see(String name) {
        ModelKernel.Link link = host.kernel.byName(name);
        return new Seen(link == null ? null : link.index, link != null && link.isRunning());
    }

    /** A daemon starts, and takes the links as they are; it may hear of what changes in that very moment. */
    void begin() {
        for (Map.Entry<String, Line> each : List.copyOf(lines.entrySet())) {
            Line former = each.getValue();
            Line next = new Line(former.delay);
            next.news.add(see(each.getKey()));
            if (former.told) {
                next.blur(host.now);
            }
            lines.put(each.getKey(), next);
        }
    }

    /** The kernel told the daemon that it lost something. */
    void overrun() {
        isOverrun = true;
    }

    /** The daemon has met everything that happened. */
    void met(List<InstanceProbe> instances) {
        for (Line line : lines.values()) {
            long down = longestDown(line.delay, instances);
            boolean changed = line.down != UNKNOWN && down != line.down;
            line.down = down;
            line.news.forEach(each -> line.meet(each, host.now));
            line.settle(host.now);
            if (changed || isOverrun || host.isHindered() || line.isBlurred(host.now)
                    || line.doubtful && !line.news.isEmpty()) {
                line.blur(host.now);
            }
            line.doubtful &= host.now < line.certainFrom || !line.last.up;
            if (host.now < line.certainFrom) {
                line.counts = line.last.up; // which it is by then, or this begins anew
            }
            line.news.clear();
            line.told = false;
        }
        isOverrun = false;
    }

    /** A MASTER tells of its loss before the others, who hear it no more, have taken over: our promise. */
    private static long longestDown(LinkDelay delay, List<InstanceProbe> instances) {
        long longest = delay.downNanos();
        for (InstanceProbe each : instances) {
            InstanceConfiguration instance = each.configuration();
            if (instance.interfaceName().equals(delay.interfaceName())) {
                longest = Math.min(longest, (instance.election().downTimerAdverts() - 1)
                        * instance.advertisementIntervalNanos());
            }
        }
        return longest;
    }

    boolean areCertain() {
        for (Line line : lines.values()) {
            if (host.now < line.certainFrom) {
                return false;
            }
        }
        return true;
    }

    /** Whether the link of that name counts as up and running. */
    boolean countsAsUp(String name) {
        Line line = lines.get(name);
        return line == null ? see(name).up : line.counts;
    }
}
