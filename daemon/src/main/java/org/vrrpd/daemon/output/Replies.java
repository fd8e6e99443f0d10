package org.vrrpd.daemon.output;

/** Where the answers to control requests go. Called by the protocol thread: it must not block. */
@FunctionalInterface
public interface Replies {

    /** @param done false: refused, and the text says why */
    void reply(long requestId, boolean done, String text);
}
