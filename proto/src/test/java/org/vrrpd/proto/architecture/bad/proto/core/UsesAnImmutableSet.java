package org.vrrpd.proto.architecture.bad.proto.core;

import java.util.Set;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class UsesAnImmutableSet {

    Set<String> names() {
        return Set.of("a", "b");
    }
}
