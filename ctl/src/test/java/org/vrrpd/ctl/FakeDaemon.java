package org.vrrpd.ctl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.control.JsonRpc.Request;
import org.vrrpd.proto.control.RpcException;

/** Answers each connection's first request with prepared lines and closes it. */
final class FakeDaemon implements AutoCloseable {

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final ServerSocketChannel server;

    FakeDaemon(Path socket, Function<Request, List<String>> answers) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(() -> serve(answers));
        thread.setDaemon(true);
        thread.start();
    }

    static Function<Request, List<String>> answering(ObjectNode result) {
        return request -> List.of(JsonRpc.result(request.id(), result));
    }

    private void serve(Function<Request, List<String>> answers) {
        while (true) {
            try (SocketChannel client = server.accept()) {
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
                Request request = JsonRpc.request(JsonRpc.parse(in.readLine()));
                requests.add(request);
                OutputStream out = Channels.newOutputStream(client);
                for (String line : answers.apply(request)) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException | RpcException e) {
                return;
            }
        }
    }

    /** While its thread still waits in accept, the kernel takes connections. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
