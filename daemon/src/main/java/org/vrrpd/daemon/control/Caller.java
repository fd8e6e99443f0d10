package org.vrrpd.daemon.control;

import org.vrrpd.daemon.control.Access.Role;
import org.vrrpd.daemon.control.UnixSockets.Peer;

/**
 * Who asks.
 *
 * @param access decides anew for each request: the group can have been looked up again meanwhile
 * @param fd the connection
 */
record Caller(Peer peer, Access access, int fd) {

    Role role() {
        return access.roleOf(peer, fd);
    }

    int uid() {
        return peer.uid();
    }

    int pid() {
        return peer.pid();
    }
}
