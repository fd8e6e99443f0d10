package org.vrrpd.daemon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixDatagramTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("a datagram arrives whole at a path")
    void arrivesAtPath() throws IOException {
        assertArrives(directory.resolve("notify").toString(), directory.resolve("notify").toString());
    }

    @Test
    @DisplayName("@ names a socket of the abstract namespace, as in NOTIFY_SOCKET of a user's manager")
    void arrivesAtAbstractName() throws IOException {
        String name = directory.toString().replace('/', '-');
        assertArrives("@" + name, "\0" + name);
    }

    private static void assertArrives(String path, String bound) throws IOException {
        try (UnixDatagramChannel receiver = UnixDatagramChannel.open()) {
            receiver.bind(new UnixSocketAddress(bound));
            try (UnixDatagram datagrams = new UnixDatagram(path)) {
                datagrams.send(ByteBuffer.wrap("READY=1\n".getBytes(StandardCharsets.UTF_8)));
                datagrams.send(ByteBuffer.wrap("STATUS=1 MASTER\n".getBytes(StandardCharsets.UTF_8)));
            }
            assertEquals("READY=1\n", receive(receiver));
            assertEquals("STATUS=1 MASTER\n", receive(receiver));
        }
    }

    @Test
    @DisplayName("a socket that is not there is named")
    void namesWhatIsMissing() throws IOException {
        Path missing = directory.resolve("missing");
        try (UnixDatagram datagrams = new UnixDatagram(missing.toString())) {
            IOException problem = assertThrows(IOException.class, () -> datagrams.send(ByteBuffer.allocate(1)));
            assertTrue(problem.getMessage().contains(missing.toString()), problem.getMessage());
        }
    }

    @Test
    @DisplayName("a receiver that reads nothing costs an error, and no waiting")
    void neverWaits() throws IOException {
        Path path = directory.resolve("full");
        try (UnixDatagramChannel receiver = UnixDatagramChannel.open()) {
            receiver.bind(new UnixSocketAddress(path.toString()));
            try (UnixDatagram datagrams = new UnixDatagram(path.toString())) {
                assertThrows(IOException.class, () -> {
                    for (int i = 0; i < 100_000; i++) {
                        datagrams.send(ByteBuffer.allocate(1024));
                    }
                });
            }
        }
    }

    private static String receive(UnixDatagramChannel receiver) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(256);
        receiver.receive(buffer);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
