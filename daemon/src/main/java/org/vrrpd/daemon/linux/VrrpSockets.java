package org.vrrpd.daemon.linux;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/** The receive sockets that are open now. Each is in the epoll set, with {@link #FIRST_TOKEN} plus its place here. */
public final class VrrpSockets implements AutoCloseable {

    public static final long FIRST_TOKEN = 1L << 32;

    private final Epoll epoll;
    private final Clocks clocks;
    /** Null where one was closed, so that the others keep their tokens. */
    private final List<RawVrrpSocket> sockets = new ArrayList<>();

    public VrrpSockets(Epoll epoll, Clocks clocks) {
        this.epoll = epoll;
        this.clocks = clocks;
    }

    /** An older socket of the same id is closed first. */
    public void open(int id, Family family, int protocol, int interfaceIndex, IpAddress address)
            throws NativeCallException {
        close(id);
        RawVrrpSocket socket = new RawVrrpSocket(
                id, family, protocol, interfaceIndex, address, clocks.monotonicNanos());
        int place = sockets.indexOf(null);
        if (place < 0) {
            place = sockets.size();
            sockets.add(null);
        }
        try {
            epoll.add(socket.fd(), FIRST_TOKEN + place);
        } catch (NativeCallException e) {
            socket.close();
            throw e;
        }
        sockets.set(place, socket);
    }

    /** Closing one that is not open does nothing. */
    public void close(int id) {
        for (int i = 0; i < sockets.size(); i++) {
            RawVrrpSocket socket = sockets.get(i);
            if (socket != null && socket.id() == id) {
                socket.close();
                sockets.set(i, null);
            }
        }
    }

    /** Null when it has been closed since the token was reported. */
    public RawVrrpSocket ofToken(long token) {
        long place = token - FIRST_TOKEN;
        return place >= 0 && place < sockets.size() ? sockets.get((int) place) : null;
    }

    @Override
    public void close() {
        for (RawVrrpSocket socket : sockets) {
            if (socket != null) {
                socket.close();
            }
        }
        sockets.clear();
    }
}
