package org.vrrpd.daemon.worker;

import org.vrrpd.proto.event.EventKind;

/** Takes the events of workers to the protocol thread. Any thread; those of one thread stay in order. */
@FunctionalInterface
public interface EventOutput {

    void submit(EventKind kind, byte[] payload);
}
