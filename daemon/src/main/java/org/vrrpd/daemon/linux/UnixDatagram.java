package org.vrrpd.daemon.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/**
 * Sends datagrams to one Unix socket, which the JDK cannot. Never waits for the receiver. Loading the library costs
 * some tens of milliseconds of processor time: not on a thread that somebody waits for.
 */
public final class UnixDatagram implements AutoCloseable {

    private final UnixDatagramChannel channel;
    private final UnixSocketAddress receiver;
    private final String path;

    /** @param path of a file, or behind {@code @} a name of the abstract namespace, as systemd writes them */
    public UnixDatagram(String path) throws IOException {
        this.path = path;
        this.receiver = new UnixSocketAddress(path.startsWith("@") ? '\0' + path.substring(1) : path);
        channel = UnixDatagramChannel.open();
        channel.configureBlocking(false);
    }

    /** Throws when there is no receiver, its queue is full, or the datagram is too long for it. */
    public void send(ByteBuffer datagram) throws IOException {
        int length = datagram.remaining();
        try {
            // not connect() and write(): the library's connect() only remembers the address
            if (channel.send(datagram, receiver) == length) {
                return;
            }
        } catch (IOException e) {
            throw new IOException("Expected a datagram socket at " + path + ", but found: " + e.getMessage(), e);
        }
        throw new IOException("Expected to send " + length + " bytes to " + path + ", but it took less");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
