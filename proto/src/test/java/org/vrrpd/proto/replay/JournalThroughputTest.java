package org.vrrpd.proto.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.journal.JournalRing;
import org.vrrpd.proto.journal.Records;

class JournalThroughputTest {

    private static final int RECORDS = 200_000;
    /** A tripwire far below what a quiet machine does (figures are printed), for one that is not quiet. */
    private static final long RECORDS_A_SECOND_AT_LEAST = 50_000;

    @TempDir
    Path temp;

    /** Records of 200 bytes that the core takes note of and does nothing about. */
    @Test
    void drainsFastAndWithoutGarbage() throws Exception {
        try (PipelineBed bed = new PipelineBed(
                temp.resolve("journal"), temp.resolve("ring"), PipelineBed.SMALL.withBlockBytes(1 << 20))) {
            bed.put(bed.records.started());
            bed.drain();
            long digest = bed.live.digest();
            run(bed, digest);
            long[] before = {allocated(), System.nanoTime()};
            run(bed, digest);
            long nanos = System.nanoTime() - before[1];
            long bytes = allocated() - before[0];
            long rate = RECORDS * 1_000_000_000L / nanos;
            System.out.printf("journal: %,d records/s offered, written and shadowed; %.2f bytes of garbage a record%n",
                    rate, (double) bytes / RECORDS);
            assertTrue(bed.differences.isEmpty());
            assertTrue(rate >= RECORDS_A_SECOND_AT_LEAST, rate + " records/s");
            assertTrue(bytes < 8L * RECORDS, bytes + " bytes of garbage");
        }
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static void run(PipelineBed bed, long digest) {
        JournalRing ring = bed.ring;
        Records records = bed.records;
        for (int i = 0; i < RECORDS; i++) {
            records.netlink(160).digest(digest);
            while (!records.offerTo(ring)) {
                bed.pipeline.work();
            }
        }
        bed.drain();
    }
}
