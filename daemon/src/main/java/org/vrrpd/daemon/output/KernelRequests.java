package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.vrrpd.daemon.linux.NetlinkSocket;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;

/**
 * Sends rtnetlink requests. The kernel answers while it takes the request, so that the socket is to be read at once:
 * {@link #unanswered} says so. Only one dump can run on a socket, so a second one waits until the first was read.
 */
public final class KernelRequests {

    /** A dump that waits: its effect, and the request. */
    private record WaitingDump(long effectId, ByteBuffer request) {}

    private final NetlinkSocket netlink;
    private final EffectResults results;
    private final Deque<WaitingDump> waiting = new ArrayDeque<>();
    private boolean unanswered;
    private boolean dumping;

    public KernelRequests(NetlinkSocket netlink, EffectResults results) {
        this.netlink = netlink;
        this.results = results;
    }

    void send(Effects effects, int at, EffectKind kind) {
        boolean dump = kind == EffectKind.DUMP_LINKS || kind == EffectKind.DUMP_ADDRESSES;
        int payload = effects.payloadOffset(at);
        int length = effects.payloadLength(at);
        if (dump && dumping) {
            ByteBuffer request = ByteBuffer.allocateDirect(length).put(0, effects.buffer(), payload, length);
            waiting.add(new WaitingDump(effects.id(at), request));
            return;
        }
        dumping |= send(effects.id(at), effects.buffer(), payload, length) && dump;
    }

    private boolean send(long effectId, ByteBuffer buffer, int offset, int length) {
        int errno = netlink.send(buffer, offset, length);
        if (errno != 0) {
            results.failed(effectId, errno, "send");
            return false;
        }
        unanswered = true;
        return true;
    }

    /** True when a request was sent since the socket was last read until it was empty. */
    public boolean unanswered() {
        return unanswered;
    }

    /** The socket has been read until it was empty: every request is answered, and no dump is running. */
    public void answered() {
        unanswered = false;
        dumping = false;
        while (!dumping && !waiting.isEmpty()) {
            WaitingDump next = waiting.remove();
            dumping = send(next.effectId(), next.request(), 0, next.request().capacity());
        }
    }
}
