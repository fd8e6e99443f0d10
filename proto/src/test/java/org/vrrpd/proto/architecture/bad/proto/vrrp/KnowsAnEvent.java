package org.vrrpd.proto.architecture.bad.proto.vrrp;

import org.vrrpd.proto.event.EventKind;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class KnowsAnEvent {

    int count() {
        return EventKind.values().length;
    }
}
