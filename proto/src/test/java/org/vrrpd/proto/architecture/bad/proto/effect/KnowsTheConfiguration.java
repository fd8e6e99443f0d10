package org.vrrpd.proto.architecture.bad.proto.effect;

import org.vrrpd.proto.config.Configuration;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class KnowsTheConfiguration {

    String text(Configuration configuration) {
        return configuration.toString();
    }
}
