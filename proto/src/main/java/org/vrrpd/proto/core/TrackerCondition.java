package org.vrrpd.proto.core;

/** How something that is tracked stands; the order is the one of snapshots. */
public enum TrackerCondition {
    /** Nothing is known about it yet. */
    PENDING,
    WELL,
    FAILED;

    private static final TrackerCondition[] ALL = values();

    static TrackerCondition of(boolean well) {
        return well ? WELL : FAILED;
    }

    static TrackerCondition ofNumber(int number) {
        return ALL[number];
    }
}
