package org.vrrpd.daemon.control;

import java.util.concurrent.CompletableFuture;

/** Takes what changes the daemon. Must return at once; the future may complete on any thread. */
@FunctionalInterface
public interface CommandSink {

    CompletableFuture<Reply> submit(Command command);

    /**
     * @param verb {@code reload}, {@code plan}, which changes nothing, or {@code log-level}
     * @param argument empty when the verb has none
     * @param uid of the caller, told by the kernel
     */
    record Command(String verb, String argument, int uid, int pid) {}

    /** @param text what was done, or for a refusal all problems, one a line */
    record Reply(boolean done, String text) {}
}
