package org.vrrpd.daemon.input;

import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.NetlinkSocket;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/** Makes every datagram of the kernel an event, as it is. */
public final class NetlinkReader {

    /** How much of the socket's datagrams is margin for a record's header. */
    public static final int MARGIN = Event.HEADER_BYTES;
    private static final int DATAGRAMS_BETWEEN_CLOCKS = 64;

    private final NetlinkSocket socket;
    private final Clocks clocks;
    private final EventSink sink;

    /** @param socket made with {@link #MARGIN} */
    public NetlinkReader(NetlinkSocket socket, Clocks clocks, EventSink sink) {
        this.socket = socket;
        this.clocks = clocks;
        this.sink = sink;
    }

    /** Reads until nothing waits, and then returns true; or until the given time has passed. */
    public boolean drain(long untilNanos) throws NativeCallException {
        for (int count = 1; ; count++) {
            int length = socket.receive();
            if (length == NetlinkSocket.NOTHING) {
                return true;
            }
            if (length == NetlinkSocket.OVERRUN) {
                sink.accept(EventKind.NETLINK_OVERRUN, socket.datagram(), 0, 0);
            } else {
                sink.accept(EventKind.NETLINK_RECEIVED, socket.datagram(), 0, length);
            }
            if (count % DATAGRAMS_BETWEEN_CLOCKS == 0 && clocks.monotonicNanos() > untilNanos) {
                return false;
            }
        }
    }
}
