package org.vrrpd.proto.architecture.bad.proto.core;

/** Breaks a rule on purpose; see ArchitectureTest. */
public final class StartsAThread {

    void run(Runnable task) {
        new Thread(task).start();
    }
}
