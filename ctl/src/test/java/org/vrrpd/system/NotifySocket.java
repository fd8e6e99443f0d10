package org.vrrpd.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** systemd's end of sd_notify: a datagram socket that the test reads. The JDK has none, so Python does. */
final class NotifySocket implements AutoCloseable {

    private static final String READER = """
            import socket, sys
            receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            receiver.bind(sys.argv[1])
            while True:
                print(receiver.recv(65536).decode().strip().replace("\\n", "|"), flush=True)
            """;

    private final Path path;
    private final LogLines messages = new LogLines();
    private final Process process;

    NotifySocket(Path directory) {
        path = directory.resolve("notify");
        try {
            process = new ProcessBuilder("python3", "-c", READER, path.toString()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        messages.follow(process.getInputStream(), "notify");
        Await.until("a socket at " + path, Duration.ofSeconds(5), () -> Files.exists(path));
    }

    String path() {
        return path.toString();
    }

    /** The datagrams, their lines joined by |. */
    List<LogLines.Line> messages() {
        return messages.all();
    }

    List<String> texts() {
        return messages().stream().map(LogLines.Line::text).toList();
    }

    /** Waits for one that contains this, at or after a time. */
    LogLines.Line await(String part, long since) {
        return Await.value(() -> "a message with " + part + " (messages: " + messages.tail(10) + ")",
                Duration.ofSeconds(60), () -> messages.since(since, text -> text.contains(part)).findFirst());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
