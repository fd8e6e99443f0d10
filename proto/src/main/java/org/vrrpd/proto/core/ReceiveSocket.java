package org.vrrpd.proto.core;

import org.vrrpd.proto.inet.IpAddress;

/** One receiving socket on an interface, shared by the routers there: it joins a group, or has an own address. */
final class ReceiveSocket {

    private static final int VRIDS = 256;

    final int id;
    final int interfaceIndex;
    /** 112, or 51 for messages that are signed. */
    final int protocol;
    final IpAddress address;
    /** Who listens, by VRID: an advertisement finds its router without searching. */
    final VirtualRouter[] listeners = new VirtualRouter[VRIDS];
    final Backoff backoff = new Backoff();
    boolean open;
    /** The effect that opens it, until its result is known; 0: none. */
    long pendingEffect;
    /** Why it could not be opened; empty: it could, or the result is not known yet. */
    String failure = "";

    ReceiveSocket(int id, int interfaceIndex, int protocol, IpAddress address) {
        this.id = id;
        this.interfaceIndex = interfaceIndex;
        this.protocol = protocol;
        this.address = address;
    }

    boolean isFor(int otherInterfaceIndex, int otherProtocol, IpAddress otherAddress) {
        return interfaceIndex == otherInterfaceIndex && protocol == otherProtocol && address.equals(otherAddress);
    }

    void save(SnapshotWriter out) {
        out.putInt(id).putInt(interfaceIndex).putInt(protocol).putAddress(address).putBoolean(open)
                .putLong(pendingEffect).putText(failure);
        backoff.save(out);
    }

    static ReceiveSocket load(SnapshotReader in) {
        ReceiveSocket socket = new ReceiveSocket(in.getInt(), in.getInt(), in.getInt(), in.getAddress());
        socket.open = in.getBoolean();
        socket.pendingEffect = in.getLong();
        socket.failure = in.getText();
        socket.backoff.load(in);
        return socket;
    }
}
