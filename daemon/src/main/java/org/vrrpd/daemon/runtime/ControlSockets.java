package org.vrrpd.daemon.runtime;

import java.io.IOException;
import org.vrrpd.daemon.control.UnixSockets;
import org.vrrpd.daemon.linux.Accounts;
import org.vrrpd.daemon.linux.PeerSocket;

/** The kernel's word on Unix sockets and the system's on groups, for the control socket. */
public final class ControlSockets implements UnixSockets {

    @Override
    public Peer peer(int fd) throws IOException {
        PeerSocket.Credentials found = PeerSocket.credentials(fd);
        return new Peer(found.uid(), found.gid(), found.pid());
    }

    @Override
    public boolean isMember(int fd, int gid) throws IOException {
        return PeerSocket.isMember(fd, gid);
    }

    @Override
    public void bindForNobody(int fd) throws IOException {
        PeerSocket.bindForNobody(fd);
    }

    @Override
    public Integer group(String name) throws IOException {
        return Accounts.group(name);
    }

    @Override
    public int ownUid() {
        return Accounts.self().uid();
    }
}
