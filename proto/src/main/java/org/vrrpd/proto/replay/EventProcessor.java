package org.vrrpd.proto.replay;

import org.vrrpd.proto.core.VrrpCore;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;

/**
 * Applies one event to a core and chains the digest of what came out. The protocol thread, the shadow on the journal
 * thread and replay all do it here: there is no second path.
 */
public final class EventProcessor {

    private final Effects effects = new Effects();
    private VrrpCore core;
    private long digest;

    public EventProcessor() {
        this(new VrrpCore(), 0);
    }

    public EventProcessor(VrrpCore core, long digest) {
        this.core = core;
        this.digest = digest;
    }

    /** Applies an INPUT event. The effects are valid until the next call. */
    public Effects process(Event event) {
        effects.clear();
        core.apply(event, effects);
        digest = effects.digest(digest);
        return effects;
    }

    /** Continues from a snapshot and the digest that its records carry. */
    public void restore(byte[] snapshot, long digestAfter) {
        core = VrrpCore.restore(snapshot);
        digest = digestAfter;
    }

    public VrrpCore core() {
        return core;
    }

    public long digest() {
        return digest;
    }
}
