package org.vrrpd.proto.core;

import java.util.Map;
import java.util.TreeMap;

/** The rtnetlink requests that the kernel has not answered yet: whose each is, by its sequence number. */
final class Requests {

    /** The owner of a request that belongs to no instance. */
    static final int CORE = -1;

    private final TreeMap<Integer, Integer> ownerBySequence = new TreeMap<>();

    void sent(long effectId, int owner) {
        ownerBySequence.put((int) effectId, owner);
    }

    /** The owner of the request, which is forgotten by this; null when it is not one of ours. */
    Integer answered(int sequence) {
        return ownerBySequence.remove(sequence);
    }

    /** The answers to what was asked before this have come or are lost: the kernel answers in order. */
    void forgetBefore(long effectId) {
        ownerBySequence.keySet().removeIf(sequence -> sequence - (int) effectId < 0);
    }

    void save(SnapshotWriter out) {
        out.putInt(ownerBySequence.size());
        for (Map.Entry<Integer, Integer> entry : ownerBySequence.entrySet()) {
            out.putInt(entry.getKey()).putInt(entry.getValue());
        }
    }

    void load(SnapshotReader in) {
        for (int i = in.getInt(); i > 0; i--) {
            ownerBySequence.put(in.getInt(), in.getInt());
        }
    }
}
