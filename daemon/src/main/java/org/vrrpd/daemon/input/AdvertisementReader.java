package org.vrrpd.daemon.input;

import java.nio.ByteBuffer;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.PacketBatch;
import org.vrrpd.daemon.linux.RawVrrpSocket;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;

/** Makes every packet of IP protocol 112 an event, with the time at which the kernel received it. */
public final class AdvertisementReader {

    private static final int SOURCE = 24;
    private static final int DESTINATION = 40;

    private final PacketBatch batch = new PacketBatch(Event.HEADER_BYTES + AdvertisementReceived.PACKET);
    private final Clocks clocks;
    private final EventSink sink;

    public AdvertisementReader(Clocks clocks, EventSink sink) {
        this.clocks = clocks;
        this.sink = sink;
    }

    /**
     * Reads until nothing waits, or until a packet has arrived after {@code wakeUpNanos}: whoever floods the socket
     * cannot keep time from advancing.
     */
    public void drain(RawVrrpSocket socket, long wakeUpNanos) throws NativeCallException {
        boolean newer = false;
        int count;
        do {
            long before = clocks.monotonicNanos();
            count = batch.receive(socket);
            long now = clocks.monotonicNanos();
            long wall = clocks.realtimeNanos();
            for (int i = 0; i < count; i++) {
                long received = receivedNanos(now, wall, batch.stampNanos(i), socket.emptyNanos());
                newer |= received > wakeUpNanos;
                deliver(socket, i, received);
            }
            if (!PacketBatch.isFull(count)) {
                socket.seenEmpty(before);
            }
        } while (PacketBatch.isFull(count) && !newer);
    }

    /**
     * The monotonic time of a wall clock stamp. The wall clock may have jumped since; but the packet cannot have come
     * before the socket was last seen empty, nor in the future, so that the error stays below one wake-up.
     */
    static long receivedNanos(long now, long wall, long stamp, long emptyNanos) {
        if (stamp == PacketBatch.NOT_TOLD) {
            return now;
        }
        return Math.max(Math.min(now - (wall - stamp), now), Math.min(emptyNanos, now));
    }

    private void deliver(RawVrrpSocket socket, int index, long received) {
        int arrivedOn = batch.interfaceIndex(index);
        if (arrivedOn != socket.interfaceIndex() && arrivedOn != PacketBatch.NOT_TOLD) {
            return; // queued between socket() and the bind, when the socket heard every interface
        }
        ByteBuffer buffer = batch.buffer();
        int record = batch.slotOffset(index);
        int payload = record + Event.HEADER_BYTES;
        AdvertisementReceived.writeHead(
                buffer, payload, socket.family(), batch.hopLimit(index), socket.interfaceIndex(), socket.id(),
                received);
        if (socket.family() == Family.IPV6) {
            batch.copySource(index, buffer, payload + SOURCE);
            batch.copyDestination(index, buffer, payload + DESTINATION);
        }
        sink.advanceTo(received);
        sink.accept(EventKind.ADVERTISEMENT_RECEIVED, buffer, record,
                AdvertisementReceived.PACKET + batch.packetLength(index));
    }
}
