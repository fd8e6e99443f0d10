package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.LinkDelay;
import org.vrrpd.proto.effect.Cause;

/**
 * Links as routers see them: with a line in interface_up_down_delays, a change counts when it has lasted long enough,
 * and not at all when it was undone before. A link that was never up counts as it is. One that is gone counts as gone
 * at once, and one of the same name later is another link, which no timer of the former concerns.
 */
final class LinkSettling {

    private static final int NONE = -1;

    /** One link that has delays. */
    private static final class Entry {
        final LinkDelay delay;
        /** Of the link that bears the name; NONE: there is none. */
        int index = NONE;
        boolean wasUp;
        boolean countsAsUp;
        long countsAt = Moment.NEVER;

        Entry(LinkDelay delay) {
            this.delay = delay;
        }
    }

    private final Moment moment;
    private final Kernel kernel;
    private List<Entry> entries = new ArrayList<>();
    private long deadline = Moment.NEVER;

    LinkSettling(Moment moment, Kernel kernel) {
        this.moment = moment;
        this.kernel = kernel;
    }

    void reconfigure(Configuration configuration) {
        List<Entry> next = entries(configuration);
        for (Entry entry : next) {
            Entry former = find(entry.delay.interfaceName());
            if (former != null) {
                entry.index = former.index;
                entry.wasUp = former.wasUp;
                entry.countsAsUp = former.countsAsUp;
                entry.countsAt = former.delay.equals(entry.delay) ? former.countsAt : Moment.NEVER;
            }
        }
        entries = next;
        observe();
    }

    private static List<Entry> entries(Configuration configuration) {
        List<Entry> entries = new ArrayList<>();
        for (LinkDelay delay : configuration.linkDelays()) {
            long down = Math.min(delay.downNanos(), longestDown(configuration, delay.interfaceName()));
            entries.add(new Entry(new LinkDelay(delay.interfaceName(), down, delay.upNanos())));
        }
        return entries;
    }

    /** A MASTER that has lost its link must know before the others, who no longer hear it, have taken over. */
    private static long longestDown(Configuration configuration, String interfaceName) {
        long longest = Moment.NEVER;
        for (InstanceConfiguration instance : configuration.instances()) {
            if (instance.interfaceName().equals(interfaceName)) {
                int unheard = instance.election().downTimerAdverts() - 1;
                longest = Math.min(longest, unheard * instance.advertisementIntervalNanos());
            }
        }
        return longest;
    }

    /** Links changed, or may have. */
    void observe() {
        deadline = Moment.NEVER;
        for (Entry entry : entries) {
            observe(entry, kernel.byName(entry.delay.interfaceName()));
            deadline = Math.min(deadline, entry.countsAt);
        }
    }

    private void observe(Entry entry, ObservedLink link) {
        boolean up = link != null && link.isUpAndRunning();
        int index = link == null ? NONE : link.index;
        boolean wasUp = entry.wasUp && index == entry.index;
        entry.index = index;
        entry.wasUp = wasUp || up;
        if (!wasUp || up == entry.countsAsUp) {
            entry.countsAsUp = up;
            entry.countsAt = Moment.NEVER;
        } else if (entry.countsAt == Moment.NEVER) {
            long delay = up ? entry.delay.upNanos() : entry.delay.downNanos();
            entry.countsAsUp = delay == 0 ? up : entry.countsAsUp;
            entry.countsAt = delay == 0 ? Moment.NEVER : moment.nowNanos() + delay;
        }
    }

    /** NEVER while none settles. */
    long deadline() {
        return deadline;
    }

    void onDeadline(Routers routers) {
        observe();
        for (Entry entry : entries) {
            if (moment.nowNanos() >= entry.countsAt) {
                ObservedLink link = kernel.byName(entry.delay.interfaceName());
                entry.countsAsUp = !entry.countsAsUp;
                entry.countsAt = Moment.NEVER;
                moment.because(Cause.LINK_SETTLED, link.name, entry.countsAsUp
                        ? "up for " + ConfigurationPrinter.seconds(entry.delay.upNanos())
                        : "down for " + ConfigurationPrinter.seconds(entry.delay.downNanos()));
                routers.doubtThoseOf(link); // there is one, or it would have counted at once
            }
        }
        observe();
    }

    /** Up and running, for as long as it must be. The link may be null. */
    boolean countsAsUp(ObservedLink link) {
        Entry entry = link == null ? null : find(link.name);
        return entry != null ? entry.countsAsUp : link != null && link.isUpAndRunning();
    }

    /** How long the link must be up until it counts; empty: it is not up, or counts. */
    String awaited(ObservedLink link) {
        Entry entry = find(link.name);
        return entry != null && !entry.countsAsUp && entry.countsAt != Moment.NEVER
                ? ConfigurationPrinter.seconds(entry.delay.upNanos()) : "";
    }

    /** Null: it has no delays. */
    private Entry find(String name) {
        for (Entry entry : entries) {
            if (entry.delay.interfaceName().equals(name)) {
                return entry;
            }
        }
        return null;
    }

    void save(SnapshotWriter out) {
        for (Entry entry : entries) {
            out.putInt(entry.index).putBoolean(entry.wasUp).putBoolean(entry.countsAsUp).putLong(entry.countsAt);
        }
    }

    void load(SnapshotReader in, Configuration configuration) {
        entries = entries(configuration);
        for (Entry entry : entries) {
            entry.index = in.getInt();
            entry.wasUp = in.getBoolean();
            entry.countsAsUp = in.getBoolean();
            entry.countsAt = in.getLong();
            deadline = Math.min(deadline, entry.countsAt);
        }
    }
}
