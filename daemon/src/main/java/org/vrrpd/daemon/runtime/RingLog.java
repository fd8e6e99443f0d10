package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import org.vrrpd.proto.journal.JournalRing;

/** The ring between the protocol thread and the journal thread. It takes records before the journal is open. */
public final class RingLog implements RecordLog {

    private final JournalRing ring;

    public RingLog(JournalRing ring) {
        this.ring = ring;
    }

    @Override
    public boolean offer(ByteBuffer directBigEndian, int offset, int length) {
        return length <= ring.maxRecordBytes() && ring.offer(directBigEndian, offset, length);
    }

    @Override
    public boolean hasRoom() {
        return ring.size() <= ring.capacity() / 2;
    }

    @Override
    public String refusal() {
        return "the ring is full: the journal cannot be written fast enough";
    }
}
