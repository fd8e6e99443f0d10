package org.vrrpd.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One JSON-RPC 2.0 call over a control socket, by nothing but the JDK, as any script could make it. */
final class ControlClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ControlClient() {}

    static JsonNode call(Path socket, String method) throws IOException {
        return call(socket, method, "{}");
    }

    /** @param params as JSON */
    static JsonNode call(Path socket, String method, String params) throws IOException {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method
                + "\",\"params\":" + params + "}\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the daemon closed the connection without an answer");
            }
            return result(MAPPER.readTree(line), line);
        }
    }

    private static JsonNode result(JsonNode answer, String line) {
        if (!answer.has("result")) {
            throw new AssertionError("Expected a result, but found " + line);
        }
        return answer.get("result");
    }
}
