package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;

/** Hears of transitions, faults and notes. Called by the protocol thread: it must copy what it keeps, and not block. */
@FunctionalInterface
public interface ReportListener {

    void report(EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength);
}
