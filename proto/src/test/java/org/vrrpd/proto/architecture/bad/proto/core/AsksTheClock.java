package org.vrrpd.proto.architecture.bad.proto.core;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class AsksTheClock {

    long now() {
        return System.nanoTime();
    }
}
