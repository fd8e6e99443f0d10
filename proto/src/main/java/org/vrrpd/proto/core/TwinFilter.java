package org.vrrpd.proto.core;

import org.vrrpd.proto.vrrp.Advertisement;

/**
 * While a VMAC is up, the kernel gives it a copy of the multicasts that its base hears: the second of the two is not
 * another advertisement.
 */
final class TwinFilter {

    /** The copy takes the way over a kernel work queue; two real advertisements are at least 10 ms apart. */
    private static final long TWIN_NANOS = 5_000_000L;

    private int socketId = -1;
    private long heardAt;
    private long sourceHigh;
    private long sourceLow;
    private int priority;

    /** True when the same was heard on another socket just now. Allocates nothing. */
    boolean isTwin(int onSocket, Advertisement advertisement, long receivedNanos) {
        boolean twin = socketId >= 0 && onSocket != socketId && receivedNanos - heardAt < TWIN_NANOS
                && sourceHigh == advertisement.sourceHigh() && sourceLow == advertisement.sourceLow()
                && priority == advertisement.priority();
        socketId = twin ? -1 : onSocket;
        heardAt = receivedNanos;
        sourceHigh = advertisement.sourceHigh();
        sourceLow = advertisement.sourceLow();
        priority = advertisement.priority();
        return twin;
    }

    void save(SnapshotWriter out) {
        out.putInt(socketId).putLong(heardAt).putLong(sourceHigh).putLong(sourceLow).putInt(priority);
    }

    void load(SnapshotReader in) {
        socketId = in.getInt();
        heardAt = in.getLong();
        sourceHigh = in.getLong();
        sourceLow = in.getLong();
        priority = in.getInt();
    }
}
