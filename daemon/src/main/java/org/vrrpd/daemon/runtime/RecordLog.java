package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;

/** Where records go before they are applied: the ring. Never waits. */
public interface RecordLog {

    /** False when it is full. */
    boolean offer(ByteBuffer directBigEndian, int offset, int length);

    /** True when at least half of it is free. */
    boolean hasRoom();
}
