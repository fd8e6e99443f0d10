package org.vrrpd.proto.architecture.bad.proto.core;

import java.util.Random;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class ThrowsDice {

    private final Random random = new Random(1);

    int jitter() {
        return random.nextInt();
    }
}
