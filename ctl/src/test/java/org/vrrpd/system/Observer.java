package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What passes the switch, with the kernel's own times: a tcpdump whose file is read while it grows. */
public final class Observer {

    /** The source of everything that {@link PacketGun} fires; the observer looks past it. */
    static final String GUN_MAC = "02:00:00:00:be:ef";

    private static final String FILTER = "(proto 112 or proto 51 or ip6 proto 112 or arp or (icmp6 and ip6[40] = 136))"
            + " and not ether src " + GUN_MAC;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    private final Path file;
    private final Process tcpdump;
    private final List<Frame> frames = new ArrayList<>();
    private long readTo = FILE_HEADER;

    Observer(Namespace ground, Path directory) {
        file = directory.resolve("wire.pcap");
        Path messages = directory.resolve("tcpdump.log");
        List<String> command = ground.inside(List.of("tcpdump", "-i", "br0", "-n", "-s", "0", "-U", "-Z", "root",
                "--immediate-mode", "-B", "16384", "--time-stamp-precision=nano", "-w", file.toString(), FILTER));
        try {
            tcpdump = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(messages.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("tcpdump listening on the switch", Duration.ofSeconds(10),
                () -> read(messages).contains("listening"));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All frames so far. */
    public synchronized List<Frame> frames() {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - readTo));
            bytes.order(ByteOrder.nativeOrder());
            while (bytes.hasRemaining() && channel.read(bytes, readTo + bytes.position()) >= 0) {
                continue;
            }
            take(bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(frames);
    }

    private void take(ByteBuffer bytes) {
        while (bytes.remaining() >= RECORD_HEADER) {
            int at = bytes.position();
            int length = bytes.getInt(at + 8);
            if (bytes.remaining() < RECORD_HEADER + length) {
                break;
            }
            long time = Integer.toUnsignedLong(bytes.getInt(at)) * 1_000_000_000L + bytes.getInt(at + 4);
            frames.add(Frame.parse(time, bytes.slice(at + RECORD_HEADER, length).order(ByteOrder.BIG_ENDIAN)));
            bytes.position(at + RECORD_HEADER + length);
            readTo += RECORD_HEADER + length;
        }
    }

    public List<Frame> since(long time, Predicate<Frame> which) {
        return frames().stream().filter(frame -> frame.time() >= time && which.test(frame)).toList();
    }

    public List<Frame> between(long from, long to, Predicate<Frame> which) {
        return since(from, frame -> frame.time() < to && which.test(frame));
    }

    /** Waits for the first such frame at or after a time. */
    public Frame await(String what, Duration limit, long since, Predicate<Frame> which) {
        return Await.value(() -> what + " on the wire (last: " + tail(10) + ")", limit,
                () -> since(since, which).stream().findFirst());
    }

    /** Fails when two successive such frames are further apart than allowed, up to now. */
    void assertNoGap(String what, Duration allowed, long since, Predicate<Frame> which) {
        long last = since;
        long now = Await.now();
        for (Frame frame : since(since, which)) {
            assertGap(what, allowed, last, frame.time());
            last = frame.time();
        }
        assertGap(what, allowed, last, now);
    }

    private void assertGap(String what, Duration allowed, long from, long to) {
        if (to - from > allowed.toNanos()) {
            throw new AssertionError("Expected " + what + " every " + allowed.toMillis() + " ms at the latest,"
                    + " but found " + Await.millis(to - from) + " ms of silence from " + Times.clock(from));
        }
    }

    Path file() {
        return file;
    }

    String tail(int count) {
        List<Frame> all = frames();
        return all.subList(Math.max(0, all.size() - count), all.size()).stream().map(Frame::toString)
                .collect(Collectors.joining("\n"));
    }

    void close() {
        tcpdump.destroy();
        try {
            if (!tcpdump.waitFor(5, TimeUnit.SECONDS)) {
                tcpdump.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tcpdump.destroyForcibly();
        }
    }
}
