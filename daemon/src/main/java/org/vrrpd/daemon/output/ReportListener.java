package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;

/** Hears of transitions, faults and notes. Called by the protocol thread: it must copy what it keeps, and not block. */
@FunctionalInterface
public interface ReportListener {

    /** @param coreNanos of the event that caused it */
    void report(EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long coreNanos);

    /** Both hear of each, this one first. */
    default ReportListener and(ReportListener second) {
        return (kind, buffer, payloadOffset, payloadLength, coreNanos) -> {
            report(kind, buffer, payloadOffset, payloadLength, coreNanos);
            second.report(kind, buffer, payloadOffset, payloadLength, coreNanos);
        };
    }
}
