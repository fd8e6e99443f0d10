package org.vrrpd.ctl.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.RpcException;

/**
 * Asks the daemon. It uses the JDK's own Unix-domain channel: a library for it would make every call 50 ms slower.
 */
public final class ControlClient implements AutoCloseable {

    /** No answer is longer; a daemon that sends more is none of ours. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final Path socket;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).flip();
    private long lastId;

    private ControlClient(Path socket, SocketChannel channel, Selector selector) {
        this.socket = socket;
        this.channel = channel;
        this.selector = selector;
    }

    public static ControlClient connect(Path socket) throws NoDaemonException {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new ControlClient(socket, channel, selector);
        } catch (IOException | IllegalArgumentException e) {
            closeQuietly(channel);
            throw noDaemon(socket, reason(socket, e), e);
        }
    }

    private static String reason(Path socket, Exception e) {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory != null && Files.isDirectory(directory) && !Files.isExecutable(directory)) {
            return "you may not enter " + directory;
        }
        if (!Files.exists(socket)) {
            return "there is no such file";
        }
        return Files.isWritable(socket) ? e.getMessage().toLowerCase(java.util.Locale.ROOT)
                : "you may not write to it" + whoMay(socket);
    }

    private static String whoMay(Path socket) {
        try {
            return ": root and the group " + Files.readAttributes(socket, PosixFileAttributes.class).group().getName()
                    + " may";
        } catch (IOException e) {
            return "";
        }
    }

    private static NoDaemonException noDaemon(Path socket, String reason, Exception cause) {
        return new NoDaemonException("no daemon answers on " + socket + " (" + reason
                + "): see whether vrrpd runs (systemctl status vrrpd), or name its socket with --control", cause);
    }

    /** One request and its answer. Throws what the daemon refused, and NoDaemonException when it does not answer. */
    public JsonNode call(String method, ObjectNode params, Duration patience)
            throws NoDaemonException, RpcException {
        try {
            return exchange(method, params, patience);
        } catch (IOException e) {
            throw noDaemon(socket, e.getMessage(), e);
        }
    }

    private JsonNode exchange(String method, ObjectNode params, Duration patience) throws IOException, RpcException {
        ByteBuffer out = ByteBuffer.wrap(
                (JsonRpc.request(++lastId, method, params) + "\n").getBytes(StandardCharsets.UTF_8));
        while (out.hasRemaining()) {
            channel.write(out); // requests are shorter than any socket's buffer
        }
        while (true) {
            String line = readLine(patience);
            if (line == null) {
                throw new IOException("it closed the connection without an answer");
            }
            ObjectNode answer = JsonRpc.parse(line);
            JsonNode error = answer.get("error");
            if (error != null) {
                throw new RpcException(error.path("code").asInt(ControlProtocol.INTERNAL_ERROR),
                        error.path("message").asText(), error.get("data") instanceof ObjectNode data ? data : null);
            }
            if (answer.path("id").asLong() == lastId && answer.has("result")) {
                return answer.get("result");
            }
        }
    }

    /** The next notification; null when the daemon has closed the connection. Waits for ever. */
    public ObjectNode nextNotification() throws IOException, RpcException {
        String line = readLine(Duration.ZERO);
        return line == null ? null : JsonRpc.parse(line);
    }

    /** @param patience zero: without limit */
    private String readLine(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (input.hasRemaining()) {
                byte b = input.get();
                if (b == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(b);
            }
            if (line.size() > MOST_BYTES) {
                throw new IOException("expected an answer of at most " + MOST_BYTES + " bytes, but found more");
            }
            long rest = patience.isZero() ? 0 : (deadline - System.nanoTime()) / 1_000_000;
            if (!patience.isZero() && rest <= 0) {
                throw new IOException("it accepted the connection, but gave no answer in " + patience.toSeconds()
                        + " s");
            }
            selector.select(rest);
            selector.selectedKeys().clear();
            input.clear();
            int read = channel.read(input);
            input.flip();
            if (read < 0) {
                return null;
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(selector);
        closeQuietly(channel);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            return; // nothing is lost with it: all answers were read before
        }
    }
}
