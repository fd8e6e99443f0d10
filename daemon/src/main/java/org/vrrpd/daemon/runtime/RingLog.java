package org.vrrpd.daemon.runtime;

import java.nio.ByteBuffer;
import org.vrrpd.proto.journal.JournalRing;

/**
 * The ring between the protocol thread and the journal thread. It takes nothing before the journal is open: what is in
 * it until then belongs to the run before.
 */
public final class RingLog implements RecordLog {

    private final JournalRing ring;
    private volatile boolean open;

    public RingLog(JournalRing ring) {
        this.ring = ring;
    }

    /** From now on records go to the journal. Any thread. */
    public void open() {
        open = true;
    }

    @Override
    public boolean offer(ByteBuffer directBigEndian, int offset, int length) {
        return open && length <= ring.maxRecordBytes() && ring.offer(directBigEndian, offset, length);
    }

    @Override
    public boolean hasRoom() {
        return open && ring.size() <= ring.capacity() / 2;
    }

    @Override
    public String refusal() {
        return open ? "the ring is full: the journal cannot be written fast enough" : "the journal is not open yet";
    }
}
