package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The counters of one router. */
final class Counters {

    private static final CounterKind[] KINDS = CounterKind.values();

    private final long[] values = new long[KINDS.length];

    void add(CounterKind kind) {
        values[kind.ordinal()]++;
    }

    long get(CounterKind kind) {
        return values[kind.ordinal()];
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    List<CoreView.Counter> view() {
        List<CoreView.Counter> view = new ArrayList<>();
        for (CounterKind kind : KINDS) {
            view.add(new CoreView.Counter(kind.text(), get(kind)));
        }
        return view;
    }

    void save(SnapshotWriter out) {
        for (long value : values) {
            out.putLong(value);
        }
    }

    void load(SnapshotReader in) {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getLong();
        }
    }
}
