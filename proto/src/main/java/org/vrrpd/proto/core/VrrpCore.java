package org.vrrpd.proto.core;

import java.util.List;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;

/** The state machine of one daemon. */
public final class VrrpCore {

    /** Applies one event of role INPUT; its effects are appended to {@code effects} in the order of execution. */
    public void apply(Event event, Effects effects) {}

    /** Core time at which DEADLINE_REACHED is due; Long.MAX_VALUE when nothing waits. */
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    public byte[] snapshot() {
        return new byte[0];
    }

    public static VrrpCore restore(byte[] snapshot) {
        return new VrrpCore();
    }

    public CoreView view() {
        return new CoreView("", 0, 0, 0, List.of(), List.of());
    }
}
