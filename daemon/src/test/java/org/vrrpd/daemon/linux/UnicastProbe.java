package org.vrrpd.daemon.linux;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.vrrp.AdvertisementContent;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/**
 * Runs in a network namespace whose interface, with the index that it is given, has addresses and knows its
 * neighbours: sends packets to them in batches, and prints what the interface counted.
 */
final class UnicastProbe {

    private static final int KERNELS_OWN = 20;
    private static final int PACKETS = 20_000;
    private static final int BATCH = 4;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
    private final int interfaceIndex;

    private UnicastProbe(int interfaceIndex) {
        this.interfaceIndex = interfaceIndex;
    }

    public static void main(String[] arguments) throws Exception {
        UnicastProbe probe = new UnicastProbe(Integer.parseInt(arguments[0]));
        System.out.println(probe.probe("192.0.2.1", "192.0.2.2"));
        System.out.println(probe.probe("2001:db8::1", "2001:db8::2"));
        System.out.println(probe.probe("fe80::1", "fe80::2"));
        System.out.println("a source that is not there: IPv4 " + probe.answer("192.0.2.77", "192.0.2.2")
                + ", IPv6 " + probe.answer("2001:db8::77", "2001:db8::2"));
    }

    private int write(String from, String to) {
        IpAddress source = IpAddress.parse(from);
        IpAddress destination = IpAddress.parse(to);
        AdvertisementContent content = new AdvertisementContent(
                3, 51, 1_000_000_000L, new IpAddress[] {source}, MessageAuthentication.NONE);
        return source.family() == Family.IPV4
                ? AdvertisementEncoder.packetIpv4(packet, 0, content, 100, source, destination, 255, 1, 0, destination)
                : AdvertisementEncoder.packetIpv6(packet, 0, content, 100, source, destination, 255);
    }

    private static long sent() throws Exception {
        return Long.parseLong(Files.readString(Path.of("/proc/net/dev")).lines()
                .filter(line -> line.strip().startsWith("from0:")).findFirst().orElseThrow()
                .replace("from0:", "").strip().split("\\s+")[9]);
    }

    private String probe(String from, String to) throws Exception {
        int length = write(from, to);
        try (UnicastSocket socket = new UnicastSocket(IpAddress.parse(to).family())) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long allocated = 0;
            long before = sent();
            for (int i = 0; i < PACKETS; i += BATCH) {
                if (i == PACKETS / 2) {
                    allocated = threads.getThreadAllocatedBytes(thread);
                }
                for (int j = 0; j < BATCH; j++) {
                    socket.add(interfaceIndex, packet, 0, length);
                }
                socket.flush();
                for (int j = 0; j < BATCH; j++) {
                    if (socket.errno(j) != 0) {
                        return to + ": errno " + socket.errno(j);
                    }
                }
            }
            allocated = threads.getThreadAllocatedBytes(thread) - allocated;
            return to + ": " + left(sent() - before) + ", " + allocated / (PACKETS / 2) + " bytes allocated each";
        }
    }

    /** The kernel says a word of its own now and then: a router solicitation, a report of a group. */
    private static String left(long packets) {
        long more = packets - PACKETS;
        return more >= 0 && more <= KERNELS_OWN ? "all left" : packets + " of " + PACKETS + " left";
    }

    /** The kernel looks at the source that it is told, of IPv6; what the core must never do, it does not prevent. */
    private String answer(String from, String to) {
        int length = write(from, to);
        try (UnicastSocket socket = new UnicastSocket(IpAddress.parse(to).family())) {
            socket.add(interfaceIndex, packet, 0, length);
            socket.flush();
            return socket.errno(0) == 0 ? "sent" : "errno " + socket.errno(0);
        }
    }
}
