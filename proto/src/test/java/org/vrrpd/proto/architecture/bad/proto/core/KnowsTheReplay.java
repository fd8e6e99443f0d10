package org.vrrpd.proto.architecture.bad.proto.core;

import org.vrrpd.proto.replay.EventProcessor;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class KnowsTheReplay {

    private final EventProcessor processor = new EventProcessor();

    long digest() {
        return processor.digest();
    }
}
