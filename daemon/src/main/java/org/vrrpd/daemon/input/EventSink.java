package org.vrrpd.daemon.input;

import java.nio.ByteBuffer;
import org.vrrpd.proto.event.EventKind;

/** Takes facts in the order in which they are to be applied. For the protocol thread only. */
public interface EventSink {

    /** The events to come are not older than this core time. An earlier time than the present one changes nothing. */
    void advanceTo(long coreNanos);

    /**
     * @param buffer direct and big-endian
     * @param recordOffset where the sink writes the record's header; the payload lies behind the header already
     */
    void accept(EventKind kind, ByteBuffer buffer, int recordOffset, int payloadLength);
}
