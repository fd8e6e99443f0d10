package org.vrrpd.proto.architecture.bad.proto.core;

import java.io.File;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class OpensAFile {

    boolean exists(String name) {
        return new File(name).exists();
    }
}
