package org.vrrpd.proto.journal;

import java.nio.ByteBuffer;

/** Takes one record; the buffer is big-endian, and valid only during the call. */
@FunctionalInterface
public interface RecordHandler {

    void onRecord(ByteBuffer bigEndian, int offset, int length);
}
