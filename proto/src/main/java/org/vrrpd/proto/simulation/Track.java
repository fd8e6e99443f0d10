package org.vrrpd.proto.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vrrpd.proto.simulation.Timeline.Holder;
import org.vrrpd.proto.simulation.Timeline.Span;

/** What holds from one time to the next. */
final class Track {

    private record Change(long atNanos, List<Holder> holders) {}

    private final List<Change> changes = new ArrayList<>();

    /** Holds from now on; of several at one time the last counts. */
    void put(long now, List<Holder> holders) {
        Change last = last();
        if (last != null && last.holders.equals(holders)) {
            return;
        }
        if (last != null && last.atNanos == now) {
            changes.remove(changes.size() - 1);
            put(now, holders);
        } else {
            changes.add(new Change(now, List.copyOf(holders)));
        }
    }

    private Change last() {
        return changes.isEmpty() ? null : changes.get(changes.size() - 1);
    }

    List<Span> spans(long until) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            long end = i + 1 < changes.size() ? changes.get(i + 1).atNanos : until;
            if (end > changes.get(i).atNanos || i + 1 == changes.size()) {
                spans.add(new Span(changes.get(i).atNanos, end, changes.get(i).holders));
            }
        }
        return spans;
    }

    /** Spans that touch or overlap become one, with the holders of all. */
    static List<Span> union(List<Span> spans) {
        List<Span> united = new ArrayList<>();
        for (Span span : spans.stream().sorted(Comparator.comparingLong(Span::fromNanos)).toList()) {
            Span last = united.isEmpty() ? null : united.get(united.size() - 1);
            if (last == null || span.fromNanos() > last.untilNanos()) {
                united.add(span);
            } else {
                List<Holder> holders = new ArrayList<>(last.holders());
                span.holders().stream().filter(each -> !holders.contains(each)).forEach(holders::add);
                united.set(united.size() - 1, new Span(
                        last.fromNanos(), Math.max(last.untilNanos(), span.untilNanos()), holders));
            }
        }
        return united;
    }
}
