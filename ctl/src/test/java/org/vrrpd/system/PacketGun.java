package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Fires frames from the switch at all routers, at a rate and for a time. Java has no packet sockets without native
 * calls, so a few lines of Python hold the trigger.
 */
final class PacketGun implements AutoCloseable {

    private static final String TRIGGER = """
            import socket, sys, time
            rate, seconds = float(sys.argv[1]), float(sys.argv[2])
            frames = [bytes.fromhex(f) for f in sys.argv[3:]]
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            s.setsockopt(socket.SOL_SOCKET, 32, 8 << 20)
            s.bind(("br0", 0))
            begin = time.monotonic()
            sent = late = 0
            while True:
                now = time.monotonic() - begin
                if now >= seconds: break
                due = int(now * rate) + 1
                while sent < due:
                    try: s.send(frames[sent % len(frames)])
                    except OSError: late += 1
                    sent += 1
                pause = sent / rate - (time.monotonic() - begin)
                if pause > 0.0002: time.sleep(pause)
            print(sent - late)
            """;

    private final Process process;
    private final LogLines output = new LogLines();

    PacketGun(Namespace ground, int perSecond, Duration time, List<String> hexFrames) {
        List<String> command = new ArrayList<>(List.of("python3", "-c", TRIGGER,
                Integer.toString(perSecond), Double.toString(time.toMillis() / 1000.0)));
        command.addAll(hexFrames);
        try {
            process = new ProcessBuilder(ground.inside(command)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output.follow(process.getInputStream(), "gun");
    }

    boolean firing() {
        return process.isAlive();
    }

    /** Waits until the magazine is empty and returns how many frames left. */
    long awaitEmpty(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Expected the gun to be empty within " + limit.toMillis()
                        + " ms, but it fires");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while firing", e);
        }
        String last = Await.value("a count of frames", Duration.ofSeconds(2), () -> output.all().stream()
                .map(LogLines.Line::text).reduce((first, second) -> second));
        if (!last.matches("\\d+")) {
            throw new AssertionError("Expected a count of frames, but found " + output.tail(10));
        }
        return Long.parseLong(last);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
