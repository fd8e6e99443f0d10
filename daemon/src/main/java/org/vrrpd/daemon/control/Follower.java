package org.vrrpd.daemon.control;

/** Sends one client the records that come. */
final class Follower {

    void begin() {}

    void pump() {}

    void end() {}
}
