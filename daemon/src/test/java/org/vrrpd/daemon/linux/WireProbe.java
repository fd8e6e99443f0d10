package org.vrrpd.daemon.linux;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.vrrpd.daemon.input.AdvertisementReader;
import org.vrrpd.daemon.input.EventSink;
import org.vrrpd.proto.event.AdvertisementReceived;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;

/**
 * Runs in a network namespace with a veth pair, whose ends have the indexes that it is given: sends advertisements into
 * one end, reads them at the other, and prints what it saw.
 */
final class WireProbe implements EventSink {

    private static final int ROUNDS = 40_000;
    private static final long MAC = 0x0200_0000_0001L;
    private static final IpAddress[] ADDRESSES = {IpAddress.parse("fe80::1")};

    private final Event event = new Event();
    private final AdvertisementReceived received = new AdvertisementReceived();
    private final Clocks clocks = new Clocks();
    private final ByteBuffer frame = ByteBuffer.allocateDirect(2048);
    private int count;
    private int wrong;
    private long notBefore;

    private WireProbe() {}

    public static void main(String[] arguments) throws Exception {
        int from = Integer.parseInt(arguments[0]);
        int to = Integer.parseInt(arguments[1]);
        for (Family family : Family.values()) {
            System.out.println(family + " " + new WireProbe().probe(family, from, to));
        }
    }

    private String probe(Family family, int from, int to) throws Exception {
        boolean ipv4 = family == Family.IPV4;
        IpAddress group = IpAddress.parse(ipv4 ? "224.0.0.18" : "ff02::12");
        int length = ipv4
                ? AdvertisementEncoder.encodeIpv4(
                        frame, 0, MAC, IpAddress.parse("192.0.2.9"), group, 0, 3, 51, 100, 1_000_000_000L,
                        new IpAddress[] {IpAddress.parse("192.0.2.1")}, true)
                : AdvertisementEncoder.encodeIpv6(
                        frame, 0, MAC, IpAddress.parse("fe80::9"), group, 51, 100, 1_000_000_000L, ADDRESSES);
        AdvertisementReader reader = new AdvertisementReader(clocks, this);
        try (Epoll epoll = new Epoll(); VrrpSockets sockets = new VrrpSockets(epoll, clocks);
                PacketSocket packets = new PacketSocket()) {
            sockets.open(5, family, 112, to, group);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long allocated = 0;
            for (int i = 0; i < ROUNDS; i++) {
                if (i == ROUNDS / 2) {
                    allocated = threads.getThreadAllocatedBytes(thread);
                }
                notBefore = clocks.monotonicNanos();
                packets.add(from, frame, 0, length);
                packets.flush();
                if (packets.errno(0) != 0 || epoll.await(1000) != 1) {
                    return "nothing came, errno " + packets.errno(0);
                }
                reader.drain(sockets.ofToken(epoll.token(0)), clocks.monotonicNanos());
            }
            allocated = threads.getThreadAllocatedBytes(thread) - allocated;
            return count + " came, " + wrong + " wrong, " + allocated / (ROUNDS / 2) + " bytes allocated each";
        }
    }

    @Override
    public void advanceTo(long coreNanos) {
        // the stamp is the wall clock's, which is steered; a millisecond is far more than that
        wrong += coreNanos < notBefore - 1_000_000 || coreNanos > clocks.monotonicNanos() ? 1 : 0;
    }

    @Override
    public void accept(EventKind kind, ByteBuffer buffer, int recordOffset, int payloadLength) {
        Event.writeHeader(buffer, recordOffset, kind, payloadLength, 1, 0, 0, 0);
        received.wrap(event.wrap(buffer, recordOffset));
        boolean ipv4 = received.family() == Family.IPV4;
        count++;
        boolean right = received.socketId() == 5 && received.hopLimit() == (ipv4 ? -1 : 255)
                && received.packetLength() == (ipv4 ? 20 + 12 : 24)
                && buffer.getLong(received.sourceOffset() + 8) == (ipv4 ? 0 : 9)
                && buffer.getLong(received.destinationOffset() + 8) == (ipv4 ? 0 : 0x12)
                && buffer.get(received.packetOffset() + (ipv4 ? 21 : 1)) == 51;
        wrong += right ? 0 : 1;
    }
}
