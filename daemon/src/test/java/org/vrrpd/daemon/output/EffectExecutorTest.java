package org.vrrpd.daemon.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vrrpd.daemon.linux.Clocks;
import org.vrrpd.daemon.linux.Epoll;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.daemon.linux.NetlinkSocket;
import org.vrrpd.daemon.linux.PacketSocket;
import org.vrrpd.daemon.linux.VrrpSockets;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.RtnetlinkRequests;
import org.vrrpd.proto.vrrp.AdvertisementContent;
import org.vrrpd.proto.vrrp.AdvertisementEncoder;
import org.vrrpd.proto.vrrp.MessageAuthentication;

/** Against the kernel, but with interfaces that do not exist, so that nothing leaves the machine. */
class EffectExecutorTest {

    private static final int NO_INTERFACE = 0x7FFF_FFF0;

    private final Effects effects = new Effects();
    private final EffectResults results = new EffectResults();
    private final List<String> heard = new ArrayList<>();
    private KernelRequests requests;
    private EffectExecutor executor;

    @BeforeEach
    void open() throws Exception {
        NetlinkSocket netlink = new NetlinkSocket(64 * 1024, 0);
        requests = new KernelRequests(netlink, results);
        executor = new EffectExecutor(new PacketSocket(), requests, new VrrpSockets(new Epoll(), new Clocks()),
                new Sysctls(), (kind, buffer, offset, length, id) -> heard.add(kind + " for a worker"),
                (id, done, text) -> heard.add("reply " + id + " " + done + " " + text),
                (kind, buffer, offset, length, sequence, nanos) -> heard.add(kind + " after " + failures()), results);
    }

    @Test
    void framesBeforeAnotherEffectAreSentBeforeIt() {
        frame(1);
        frame(2);
        add(EffectKind.REPORT_NOTE, 3, 0);
        frame(4);
        executor.execute(effects, 0, 0);
        assertEquals(List.of("REPORT_NOTE after [1, 2]"), heard);
        assertEquals(List.of(1L, 2L, 4L), failures());
    }

    @Test
    void aFrameThatFailsDoesNotStopThoseBehindItAndABatchMayBeExceeded() {
        List<Long> all = new ArrayList<>();
        for (long id = 1; id <= PacketSocket.BATCH + 5; id++) {
            frame(id);
            all.add(id);
        }
        executor.execute(effects, 0, 0);
        assertEquals(all, failures());
        results.take();
        assertEquals(EventKind.EFFECT_FAILED, results.kind());
        int payload = results.recordOffset() + Event.HEADER_BYTES;
        assertEquals(Errno.ENXIO.number(), results.buffer().getInt(payload + 8));
        assertEquals("sendmmsg", Payloads.readText(results.buffer(), payload + 12));
    }

    @Test
    void packetsToPeersKeepTheirPlaceBetweenFramesOfBothFamilies() {
        List<Long> all = new ArrayList<>();
        for (long id = 1; id <= 3 * PacketSocket.BATCH + 6; id++) {
            switch ((int) id % 6) {
                case 0, 1 -> frame(id);
                case 2, 3 -> packet(id, "192.0.2.1", "192.0.2.2");
                default -> packet(id, "2001:db8::1", "2001:db8::2");
            }
            all.add(id);
        }
        executor.execute(effects, 0, 0);
        assertEquals(all, failures());
        results.take();
        results.take();
        int payload = results.recordOffset() + Event.HEADER_BYTES;
        assertEquals(Errno.ENODEV.number(), results.buffer().getInt(payload + 8), "of IPv4 on no interface");
    }

    private void packet(long id, String from, String to) {
        AdvertisementContent content = new AdvertisementContent(
                3, 51, 1_000_000_000L, new IpAddress[] {IpAddress.parse(from)}, MessageAuthentication.NONE);
        IpAddress source = IpAddress.parse(from);
        IpAddress destination = IpAddress.parse(to);
        int at = effects.begin(EffectKind.SEND_UNICAST_ADVERTISEMENT, 0, id);
        effects.buffer().putInt(at, NO_INTERFACE);
        effects.commit(4 + (source.family() == Family.IPV4
                ? AdvertisementEncoder.packetIpv4(
                        effects.buffer(), at + 4, content, 100, source, destination, 255, 1, 0, destination)
                : AdvertisementEncoder.packetIpv6(
                        effects.buffer(), at + 4, content, 100, source, destination, 255)));
    }

    @Test
    void aSocketThatCannotBeOpenedNamesTheCall() {
        ByteBuffer out = effects.buffer();
        int at = effects.begin(EffectKind.OPEN_SOCKET, 0, 9);
        out.putInt(at, 1);
        out.putInt(at + 4, NO_INTERFACE);
        out.put(at + 8, (byte) Family.IPV4.number());
        out.put(at + 9, (byte) 112);
        IpAddress.parse("224.0.0.18").write(out, at + 12);
        effects.commit(28);
        executor.execute(effects, 0, 0);
        results.take();
        int payload = results.recordOffset() + Event.HEADER_BYTES;
        assertEquals(Errno.ENODEV.number(), results.buffer().getInt(payload + 8));
        assertEquals("IP_ADD_MEMBERSHIP", Payloads.readText(results.buffer(), payload + 12));
    }

    @Test
    void aSysctlStaysBelowItsDirectory() {
        sysctl(1, "../../tmp/x");
        sysctl(2, "/etc/passwd");
        sysctl(3, "net/ipv4/conf/no_such_link/arp_ignore");
        executor.execute(effects, 0, 0);
        assertEquals(List.of(1L, 2L, 3L), failures());
        results.take();
        results.take();
        results.take();
        assertEquals(Errno.ENOENT.number(), results.buffer().getInt(results.recordOffset() + Event.HEADER_BYTES + 8));
    }

    @Test
    void aSysctlTellsItsFormerValue() throws Exception {
        byte[] bytes = new byte[64];
        String present;
        try (InputStream in = Files.newInputStream(Path.of("/proc/sys/net/ipv4/ip_default_ttl"))) {
            present = new String(bytes, 0, in.read(bytes), StandardCharsets.US_ASCII).strip();
        }
        sysctl(1, "net/ipv4/ip_default_ttl", present); // written only when it differs
        executor.execute(effects, 0, 0);
        results.take();
        assertEquals(EventKind.EFFECT_SUCCEEDED, results.kind());
        int payload = results.recordOffset() + Event.HEADER_BYTES;
        assertEquals(present, Payloads.readText(results.buffer(), payload + 8));
    }

    @Test
    void repliesAndEnds() {
        int at = effects.begin(EffectKind.REPLY, 0, 1);
        effects.buffer().putLong(at, 77);
        effects.buffer().put(at + 8, (byte) 1);
        effects.commit(Payloads.writeText(effects.buffer(), at + 9, "done") - at);
        add(EffectKind.END, 2, 0);
        executor.execute(effects, 0, 0);
        assertEquals(List.of("reply 77 true done"), heard);
        assertTrue(executor.ended());
    }

    @Test
    void theSecondDumpWaitsForTheFirst() {
        int at = effects.begin(EffectKind.DUMP_LINKS, 0, 1);
        effects.commit(RtnetlinkRequests.dumpLinks(effects.buffer(), at, 1));
        at = effects.begin(EffectKind.DUMP_ADDRESSES, 0, 2);
        effects.commit(RtnetlinkRequests.dumpAddresses(effects.buffer(), at, 2));
        executor.execute(effects, 0, 0);
        assertTrue(requests.unanswered());
        requests.answered();
        assertTrue(requests.unanswered(), "the second one was not sent");
        requests.answered();
        assertTrue(!requests.unanswered() && results.isEmpty());
    }

    private void frame(long id) {
        int at = effects.begin(EffectKind.SEND_ADVERTISEMENT, 0, id);
        effects.buffer().putInt(at, NO_INTERFACE);
        effects.commit(4 + 60);
    }

    private void add(EffectKind kind, long id, int length) {
        effects.begin(kind, 0, id);
        effects.commit(length);
    }

    private void sysctl(long id, String path, String... value) {
        int at = effects.begin(EffectKind.WRITE_SYSCTL, 0, id);
        int end = Payloads.writeText(effects.buffer(), at, path);
        end = Payloads.writeText(effects.buffer(), end, value.length == 0 ? "1" : value[0]);
        effects.commit(end - at);
    }

    /** The ids of all results so far. */
    private List<Long> failures() {
        List<Long> ids = new ArrayList<>();
        EffectResults seen = results;
        for (int i = 0; i < seen.count(); i++) {
            ids.add(seen.effectId(i));
        }
        return ids;
    }
}
