package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client of the control socket that means no good, as some user, for a time or a number of messages. */
final class ControlAttack implements AutoCloseable {

    private static final String CLIENT = """
            import json, resource, socket, sys, time
            path, mode, seconds, number = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
            resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
            end = time.monotonic() + seconds
            def connect(timeout=10):
                s = socket.socket(socket.AF_UNIX)
                s.settimeout(timeout)
                while True:
                    try:
                        s.connect(path)
                        return s
                    except BlockingIOError:  # as many wait as the daemon lets wait
                        time.sleep(0.005)
            def ask(method, **params):
                return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode() + b"\\n"
            def drain(s):
                try:
                    while s.recv(65536): pass
                except OSError: pass
                s.close()
            count = 0
            if mode == "garbage":
                while count < number:
                    s = connect()
                    try:
                        for i in range(3):
                            s.send(b"\\x00{]" + str(count).encode() + b"\\xff\\n")
                            count += 1
                    except OSError: pass
                    drain(s)
            elif mode == "line":
                block = b"x" * (1 << 20)
                while time.monotonic() < end:
                    s, sent = connect(), 0
                    try:
                        while sent < 1 << 30: sent += s.send(block)
                    except OSError: pass
                    count = max(count, sent)
                    s.close()
            elif mode == "connections":
                held = []
                for i in range(number):
                    s = connect()
                    held.append(s)
                    try:
                        if i % 4 == 1: s.send(b'{"jsonrpc"')
                        if i % 4 == 2: s.send(ask("dump", what="json") * 50 + ask("events", last=1000, all=True) * 20)
                        if i % 4 == 3: s.send(ask("events", follow=True, all=True)); s.shutdown(socket.SHUT_RD)
                    except OSError: pass
                while time.monotonic() < end: time.sleep(0.1)
                for s in held:
                    s.setblocking(False)
                    try:
                        while s.recv(1 << 20): pass
                    except BlockingIOError: count += 1  # nobody has closed it
                    except OSError: pass
            elif mode == "followers":
                held = [connect() for i in range(number)]
                for s in held:
                    try: s.send(ask("events", follow=True, all=True, last=1000))
                    except OSError: pass
                while time.monotonic() < end: time.sleep(0.1)
            elif mode == "flood":
                held = [connect() for i in range(number)]
                for s in held: s.settimeout(0.001)
                while time.monotonic() < end:
                    for s in held:
                        try: s.send((ask("status") + ask("events", last=1000) + ask("faults")) * 10)
                        except OSError: pass
                        try: count += s.recv(1 << 20).count(b"\\n")
                        except OSError: pass
            elif mode == "check":
                s = connect()
                s.sendall(ask("check", path="/etc/shadow"))
                count += b"-32001" in s.makefile("rb").readline()
            elif mode == "refused":
                s = connect()
                f = s.makefile("rb")
                while count < number and time.monotonic() < end:
                    s.sendall(ask("reload") * 50)
                    for i in range(50): count += b"-32001" in f.readline()
            print(count, flush=True)
            """;

    private final Process process;
    private final LogLines output = new LogLines();

    private ControlAttack(Process process) {
        this.process = process;
    }

    /** @param number of messages, connections or requests, as the kind of attack counts */
    static ControlAttack begin(Path socket, Somebody attacker, String mode, int seconds, int number) {
        List<String> command = new ArrayList<>(attacker.runs(List.of("/usr/bin/python3", "-c", CLIENT,
                socket.toString(), mode, Integer.toString(seconds), Integer.toString(number))));
        try {
            ControlAttack attack = new ControlAttack(new ProcessBuilder(command).redirectErrorStream(true).start());
            attack.output.follow(attack.process.getInputStream(), "attack");
            return attack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it counted. */
    long awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("Expected the attack to end, but it goes on: " + output.tail(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while attacking", e);
        }
        String last = Await.value("a count", Times.seconds(2), () -> output.all().stream()
                .map(LogLines.Line::text).reduce((first, second) -> second));
        if (!last.matches("\\d+")) {
            throw new AssertionError("Expected a count of the attack, but found " + output.tail(10));
        }
        return Long.parseLong(last);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
