package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.vrrpd.daemon.linux.ChildProcess;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.daemon.linux.MemoryFile;
import org.vrrpd.daemon.linux.NativeCallException;

/** Sets firewall rules by nft, one request after the other. */
final class Firewall extends WorkLoop {

    private static final String NFT = "nft";
    private static final long LIMIT_NANOS = 10_000_000_000L;
    private static final long ASK_NANOS = 50_000_000L;
    private static final long AGAIN_NANOS = 1_000_000_000L;

    private final Answers answers;
    private final ScriptEnvironment environment;
    private final Deque<Request> requests = new ArrayDeque<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private ChildProcess child;
    private MemoryFile output;
    private long killAt = NEVER;
    private boolean tooLong;

    private record Request(long effectId, String rules) {}

    Firewall(Answers answers, ScriptEnvironment environment, Consumer<String> log) throws IOException {
        super("firewall", log);
        this.answers = answers;
        this.environment = environment;
    }

    /** Any thread. */
    void set(long effectId, String rules) {
        unanswered.incrementAndGet();
        execute(() -> {
            requests.add(new Request(effectId, rules));
            begin();
        });
    }

    /** The oldest request, unless one is being done. */
    private void begin() {
        while (child == null && !requests.isEmpty()) {
            try {
                start(requests.peek().rules());
            } catch (NotStartedException e) {
                answers.failed(take(), Errno.ENOENT.number(), e.getMessage());
            } catch (NativeCallException e) {
                answers.failed(take(), e.errno(), NFT + ": " + e.call());
            }
        }
    }

    private long take() {
        unanswered.decrementAndGet();
        return requests.remove().effectId();
    }

    private void start(String rules) throws NotStartedException, NativeCallException {
        Path nft = ScriptFile.find(NFT, environment.path(), true);
        List<byte[]> arguments = List.of(bytes(nft.toString()), bytes("-f"), bytes("-"));
        output = new MemoryFile("");
        try (MemoryFile input = new MemoryFile(rules)) {
            child = ChildProcess.start(arguments, environment.variables(), input.fd(), output.fd());
        } finally {
            if (child == null) {
                output.close();
            }
        }
        tooLong = false;
        killAt = System.nanoTime() + LIMIT_NANOS;
        if (child.descriptor() >= 0) {
            listen(child.descriptor(), child.pid());
        }
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void ready(long token) {
        poll();
    }

    private void poll() {
        if (child == null) {
            return;
        }
        int status = child.poll();
        if (status == ChildProcess.RUNNING) {
            return;
        }
        if (child.descriptor() >= 0) {
            ignore(child.descriptor());
        }
        child.close();
        child = null;
        killAt = NEVER;
        answer(take(), status);
        output.close();
        begin();
    }

    private void answer(long effectId, int status) {
        if (status == 0) {
            answers.succeeded(effectId, "");
            return;
        }
        String line = "";
        try {
            line = output.text().lines().filter(text -> !text.isBlank()).findFirst().orElse("");
        } catch (IOException e) {
            line = e.toString();
        }
        if (line.isEmpty()) {
            line = tooLong ? "no answer within " + LIMIT_NANOS / 1_000_000_000L + " s" : "wait status " + status;
        }
        answers.failed(effectId, Errno.EINVAL.number(), NFT + ": " + line);
    }

    @Override
    long nextNanos() {
        return child != null && child.descriptor() < 0
                ? Math.min(killAt, System.nanoTime() + ASK_NANOS) : killAt;
    }

    @Override
    void timePassed(long now) {
        if (child != null && child.descriptor() < 0) {
            poll();
        }
        if (child != null && now >= killAt) {
            tooLong = true;
            child.signalGroup(Run.SIGKILL);
            killAt = now + AGAIN_NANOS;
        }
    }

    /** When it has done what it was asked for, but not later. */
    void close(long millis) {
        long until = System.nanoTime() + millis * 1_000_000L;
        while (unanswered.get() > 0 && System.nanoTime() < until) {
            pause(5);
        }
        end(millis);
    }
}
