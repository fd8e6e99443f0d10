package org.vrrpd.proto.architecture.bad.proto.config;

import java.util.HashMap;
import java.util.Map;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class IteratesOverAHash {

    private final Map<String, String> words = new HashMap<>();

    String join() {
        return String.join(" ", words.values());
    }
}
