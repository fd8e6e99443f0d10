package org.vrrpd.daemon.output;

import org.vrrpd.daemon.linux.OutgoingBatch;
import org.vrrpd.daemon.linux.PacketSocket;
import org.vrrpd.daemon.linux.UnicastSocket;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.inet.Family;

/** Sends frames and packets. Those of one kind that stand side by side leave with one call; their order is kept. */
final class PacketOutput {

    private static final int PACKET = 4;

    private final PacketSocket frames;
    private final EffectResults results;
    private final long[] ids = new long[OutgoingBatch.BATCH];
    /** Opened with the first packet of its family. */
    private UnicastSocket ipv4;
    private UnicastSocket ipv6;
    private OutgoingBatch current;
    private int count;

    PacketOutput(PacketSocket frames, EffectResults results) {
        this.frames = frames;
        this.results = results;
        this.current = frames;
    }

    static boolean sends(EffectKind kind) {
        return kind.isFrame() || kind == EffectKind.SEND_UNICAST_ADVERTISEMENT;
    }

    /** Allocates nothing, but for the first packet to a peer. */
    void add(Effects effects, int at, EffectKind kind) {
        int payload = effects.payloadOffset(at);
        OutgoingBatch batch = kind.isFrame() ? frames : unicast(effects.buffer().get(payload + PACKET) >> 4 & 15);
        if (batch != current || batch.isFull()) {
            flush();
            current = batch;
        }
        ids[count++] = effects.id(at);
        batch.add(effects.buffer().getInt(payload), effects.buffer(), payload + PACKET,
                effects.payloadLength(at) - PACKET);
    }

    private UnicastSocket unicast(int version) {
        if (version == Family.IPV6.number()) {
            ipv6 = ipv6 == null ? new UnicastSocket(Family.IPV6) : ipv6;
            return ipv6;
        }
        ipv4 = ipv4 == null ? new UnicastSocket(Family.IPV4) : ipv4;
        return ipv4;
    }

    /** What fails becomes a result. */
    void flush() {
        if (count == 0) {
            return;
        }
        current.flush();
        for (int i = 0; i < count; i++) {
            if (current.errno(i) != 0) {
                results.failed(ids[i], current.errno(i), "sendmmsg");
            }
        }
        count = 0;
    }

    /** The frames' socket is another's. */
    void close() {
        if (ipv4 != null) {
            ipv4.close();
        }
        if (ipv6 != null) {
            ipv6.close();
        }
    }
}
