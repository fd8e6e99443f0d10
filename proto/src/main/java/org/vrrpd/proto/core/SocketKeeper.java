package org.vrrpd.proto.core;

import java.util.Arrays;
import java.util.List;
import org.vrrpd.proto.effect.Errno;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Keeps a receiving socket open for every (interface, protocol, address) on which a router listens: a group, or the
 * own address of one that uses unicast. Reconciles what is
 * wanted with what is open; a socket that cannot be opened is tried again for ever.
 */
final class SocketKeeper {

    private final Outbox outbox;
    private final Moment moment;
    private final Kernel kernel;
    /** By socket id; null where an id is free. */
    private ReceiveSocket[] sockets = new ReceiveSocket[4];

    SocketKeeper(Outbox outbox, Moment moment, Kernel kernel) {
        this.outbox = outbox;
        this.moment = moment;
        this.kernel = kernel;
    }

    /** The router that listens there for the VRID; null: none. Allocates nothing. */
    VirtualRouter listener(int socketId, int interfaceIndex, int vrid) {
        ReceiveSocket socket = socketId >= 0 && socketId < sockets.length ? sockets[socketId] : null;
        return socket == null || socket.interfaceIndex != interfaceIndex ? null : socket.listeners[vrid];
    }

    /** Opens and closes until what is open is what the routers need. */
    void reconcile(List<VirtualRouter> routers) {
        for (ReceiveSocket socket : sockets) {
            if (socket != null) {
                Arrays.fill(socket.listeners, null);
            }
        }
        for (VirtualRouter router : routers) {
            ObservedLink base = router.base();
            router.socket = base == null || !base.isEthernet() ? null : wanted(router, base);
            ObservedLink vmac = router.listeningVmac();
            router.vmacSocket = vmac == null ? null : wanted(router, vmac);
        }
        for (int id = 0; id < sockets.length; id++) {
            if (sockets[id] != null && !isListenedTo(sockets[id])) {
                outbox.closeSocket(id);
                sockets[id] = null;
            }
        }
        retry();
    }

    private ReceiveSocket wanted(VirtualRouter router, ObservedLink link) {
        IpAddress address = router.listeningAddress();
        if (address == null) {
            return null;
        }
        int protocol = router.authenticator.protocol();
        ReceiveSocket socket = find(link.index, protocol, address);
        if (socket == null) {
            socket = new ReceiveSocket(freeId(), link.index, protocol, address);
            sockets[socket.id] = socket;
        }
        socket.listeners[router.configuration.vrid()] = router;
        return socket;
    }

    private ReceiveSocket find(int interfaceIndex, int protocol, IpAddress address) {
        for (ReceiveSocket socket : sockets) {
            if (socket != null && socket.isFor(interfaceIndex, protocol, address)) {
                return socket;
            }
        }
        return null;
    }

    private int freeId() {
        for (int id = 0; id < sockets.length; id++) {
            if (sockets[id] == null) {
                return id;
            }
        }
        sockets = Arrays.copyOf(sockets, sockets.length * 2);
        return sockets.length / 2;
    }

    private static boolean isListenedTo(ReceiveSocket socket) {
        for (VirtualRouter listener : socket.listeners) {
            if (listener != null) {
                return true;
            }
        }
        return false;
    }

    /** Opens what is neither open nor being opened and may be tried. */
    void retry() {
        for (ReceiveSocket socket : sockets) {
            if (socket != null && !socket.open && socket.pendingEffect == 0
                    && socket.backoff.isDue(moment.nowNanos())
                    && kernel.byIndex(socket.interfaceIndex) != null) {
                socket.pendingEffect = outbox.openSocket(
                        socket.id, socket.interfaceIndex, socket.protocol, socket.address);
            }
        }
    }

    /** The socket whose opening this was; null: none. */
    ReceiveSocket onSucceeded(long effectId) {
        ReceiveSocket socket = pending(effectId);
        if (socket != null) {
            socket.open = true;
            socket.failure = "";
            socket.backoff.succeeded();
        }
        return socket;
    }

    /** The socket whose opening this was; null: none. */
    ReceiveSocket onFailed(long effectId, int errno, String call) {
        ReceiveSocket socket = pending(effectId);
        if (socket != null) {
            socket.failure = call + ": " + Errno.text(errno);
            socket.backoff.failed(moment.nowNanos());
        }
        return socket;
    }

    private ReceiveSocket pending(long effectId) {
        for (ReceiveSocket socket : sockets) {
            if (socket != null && socket.pendingEffect == effectId) {
                socket.pendingEffect = 0;
                return socket;
            }
        }
        return null;
    }

    long deadline() {
        long deadline = Moment.NEVER;
        for (ReceiveSocket socket : sockets) {
            if (socket != null && !socket.open && socket.pendingEffect == 0) {
                deadline = Math.min(deadline, socket.backoff.deadline());
            }
        }
        return deadline;
    }

    void closeAll() {
        for (int id = 0; id < sockets.length; id++) {
            if (sockets[id] != null) {
                outbox.closeSocket(id);
                sockets[id] = null;
            }
        }
    }

    void save(SnapshotWriter out) {
        out.putInt(sockets.length);
        for (ReceiveSocket socket : sockets) {
            out.putBoolean(socket != null);
            if (socket != null) {
                socket.save(out);
            }
        }
    }

    /** Load the routers first: the sockets find their listeners again. */
    void load(SnapshotReader in, List<VirtualRouter> routers) {
        sockets = new ReceiveSocket[in.getInt()];
        for (int id = 0; id < sockets.length; id++) {
            sockets[id] = in.getBoolean() ? ReceiveSocket.load(in) : null;
        }
        for (VirtualRouter router : routers) {
            router.socket = found(router, router.base());
            router.vmacSocket = found(router, router.listeningVmac());
        }
    }

    private ReceiveSocket found(VirtualRouter router, ObservedLink link) {
        IpAddress address = router.listeningAddress();
        ReceiveSocket socket = link == null || address == null
                ? null : find(link.index, router.authenticator.protocol(), address);
        if (socket != null) {
            socket.listeners[router.configuration.vrid()] = router;
        }
        return socket;
    }
}
