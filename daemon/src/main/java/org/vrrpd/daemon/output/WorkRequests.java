package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;

/** Takes what other threads are to do: scripts, pipes, watches. Called by the protocol thread: it must not block. */
@FunctionalInterface
public interface WorkRequests {

    /** @param buffer valid only during the call */
    void request(EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long effectId);
}
