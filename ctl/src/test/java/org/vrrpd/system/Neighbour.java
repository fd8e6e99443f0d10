package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Another router on the LAN that says exactly what a test tells it to, when it tells it to: the same stimulus for
 * every daemon that hears it. A few lines of Python speak for it, since Java has no packet sockets.
 */
final class Neighbour implements AutoCloseable {

    private static final String VOICE = """
            import select, socket, sys, time
            s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            s.bind(("br0", 0))
            frames, period, due = [], 0.0, None
            print("ready", flush=True)
            while True:
                wait = None if due is None else max(0.0, due - time.monotonic())
                if select.select([sys.stdin], [], [], wait)[0]:
                    words = sys.stdin.readline().split()
                    if not words: break
                    if words[0] == "silence":
                        due = None
                    elif words[0] == "once":
                        for f in words[1:]: s.send(bytes.fromhex(f))
                    else:
                        period, frames = float(words[1]), [bytes.fromhex(f) for f in words[2:]]
                        due = time.monotonic()
                    print("done", time.time_ns(), flush=True)
                    continue
                for f in frames: s.send(f)
                due += period
            """;

    private final String routerMac;
    private final Process process;
    private final Writer commands;
    private final LogLines answers = new LogLines();
    private int given;

    Neighbour(Namespace ground, String routerMac) {
        this.routerMac = routerMac;
        List<String> command = ground.inside(List.of("chrt", "-f", "50", "python3", "-u", "-c", VOICE));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(StandardCharsets.US_ASCII);
        answers.follow(process.getInputStream(), "neighbour");
        awaitAnswers(1);
    }

    /** Each of these once, back to back. */
    void says(CraftedAdvert... adverts) {
        command("once" + hex(adverts));
    }

    /** These from now on, at the interval of the first. */
    void advertises(CraftedAdvert... adverts) {
        command("loop " + adverts[0].interval() / 100.0 + hex(adverts));
    }

    void fallsSilent() {
        command("silence");
    }

    private String hex(CraftedAdvert... adverts) {
        StringBuilder text = new StringBuilder();
        for (CraftedAdvert advert : adverts) {
            text.append(' ').append(advert.hex(routerMac));
        }
        return text.toString();
    }

    private void command(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the neighbour is gone: " + answers.tail(5), e);
        }
        given++;
        awaitAnswers(given + 1);
    }

    private void awaitAnswers(int count) {
        Await.until("answer " + count + " of the neighbour: " + answers.tail(5), Duration.ofSeconds(10),
                () -> answers.all().size() >= count);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
