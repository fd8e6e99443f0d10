package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.LogLevel;

/** Hears of transitions, faults and notes. Called by the protocol thread: it must copy what it keeps, and not block. */
@FunctionalInterface
public interface ReportListener {

    /**
     * @param sequence of the event that caused it
     * @param coreNanos of the same
     */
    void report(
            EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long sequence, long coreNanos);

    /** From now on, this much is to be shown. Who shows nothing has nothing to do. */
    default void setLevel(LogLevel level) {
        // for those who only listen
    }

    /** Both hear of each, this one first. */
    default ReportListener and(ReportListener second) {
        ReportListener first = this;
        return new ReportListener() {
            @Override
            public void report(
                    EffectKind kind, ByteBuffer buffer, int payloadOffset, int payloadLength, long sequence,
                    long coreNanos) {
                first.report(kind, buffer, payloadOffset, payloadLength, sequence, coreNanos);
                second.report(kind, buffer, payloadOffset, payloadLength, sequence, coreNanos);
            }

            @Override
            public void setLevel(LogLevel level) {
                first.setLevel(level);
                second.setLevel(level);
            }
        };
    }
}
