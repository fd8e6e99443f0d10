package org.vrrpd.daemon.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vrrpd.proto.control.JsonRpc;

/** Speaks lines to the server, well or badly formed. */
final class TestClient implements AutoCloseable {

    private final SocketChannel channel;
    private final OutputStream out;
    private final BufferedReader in;

    TestClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        out = Channels.newOutputStream(channel);
        in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    TestClient send(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    ObjectNode call(String method, ObjectNode params) throws Exception {
        return send(JsonRpc.request(7, method, params)).read();
    }

    /** Null at the end. */
    ObjectNode read() throws Exception {
        String line = in.readLine();
        return line == null ? null : JsonRpc.parse(line);
    }

    /** As socat does when its input ends. */
    void closeOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** True when the server has closed: an end, or a reset when it left something unread. */
    boolean isClosed() {
        try {
            while (in.readLine() != null) {
                continue;
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
