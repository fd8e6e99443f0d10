package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;

/** Where records go before they are applied: the ring. Never waits. */
public interface RecordLog {

    /** False when it does not take the record now. */
    boolean offer(ByteBuffer directBigEndian, int offset, int length);

    /** True when it takes records, and at least half of it is free. */
    boolean hasRoom();

    /** Why it does not take records, in words. */
    String refusal();
}
