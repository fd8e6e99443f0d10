package org.vrrpd.proto.core;

import java.util.Collection;
import java.util.TreeMap;

/** The observed half of the state: links and addresses as the kernel last told them. Nothing here is a wish. */
final class Kernel {

    private final TreeMap<Integer, ObservedLink> links = new TreeMap<>();
    /** True once links and addresses were read whole for the first time. */
    private boolean observed;

    /** Null when there is no such link. */
    ObservedLink byIndex(int index) {
        return links.get(index);
    }

    /** Null when there is no such link. */
    ObservedLink byName(String name) {
        for (ObservedLink link : links.values()) {
            if (link.name.equals(name)) {
                return link;
            }
        }
        return null;
    }

    Collection<ObservedLink> links() {
        return links.values();
    }

    void add(ObservedLink link) {
        links.put(link.index, link);
    }

    void remove(ObservedLink link) {
        links.remove(link.index);
    }

    boolean isObserved() {
        return observed;
    }

    void markObserved() {
        observed = true;
    }

    void save(SnapshotWriter out) {
        out.putBoolean(observed).putInt(links.size());
        links.values().forEach(link -> link.save(out));
    }

    void load(SnapshotReader in) {
        observed = in.getBoolean();
        for (int i = in.getInt(); i > 0; i--) {
            add(ObservedLink.load(in));
        }
    }
}
