package org.vrrpd.proto.core;

import org.vrrpd.proto.inet.IpAddress;

/** One receiving socket: a family on an interface, joined to a group, shared by the routers there. */
final class ReceiveSocket {

    private static final int VRIDS = 256;

    final int id;
    final int interfaceIndex;
    final IpAddress group;
    /** Who listens, by VRID: an advertisement finds its router without searching. */
    final VirtualRouter[] listeners = new VirtualRouter[VRIDS];
    final Backoff backoff = new Backoff();
    boolean open;
    /** The effect that opens it, until its result is known; 0: none. */
    long pendingEffect;
    /** Why it could not be opened; empty: it could, or the result is not known yet. */
    String failure = "";

    ReceiveSocket(int id, int interfaceIndex, IpAddress group) {
        this.id = id;
        this.interfaceIndex = interfaceIndex;
        this.group = group;
    }

    boolean isFor(int otherInterfaceIndex, IpAddress otherGroup) {
        return interfaceIndex == otherInterfaceIndex && group.equals(otherGroup);
    }

    void save(SnapshotWriter out) {
        out.putInt(id).putInt(interfaceIndex).putAddress(group).putBoolean(open).putLong(pendingEffect)
                .putText(failure);
        backoff.save(out);
    }

    static ReceiveSocket load(SnapshotReader in) {
        ReceiveSocket socket = new ReceiveSocket(in.getInt(), in.getInt(), in.getAddress());
        socket.open = in.getBoolean();
        socket.pendingEffect = in.getLong();
        socket.failure = in.getText();
        socket.backoff.load(in);
        return socket;
    }
}
