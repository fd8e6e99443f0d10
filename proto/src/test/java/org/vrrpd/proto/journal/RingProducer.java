package org.vrrpd.proto.journal;

import java.nio.file.Path;

/** Offers records to a ring as fast as it can until it is killed; says on standard output how many it was at least. */
public final class RingProducer {

    private RingProducer() {}

    public static void main(String[] arguments) throws Exception {
        JournalRing ring = JournalRing.open(Path.of(arguments[0]), 1 << 20);
        int seed = Integer.parseInt(arguments[1]);
        int limit = Integer.parseInt(arguments[2]);
        Records records = new Records(1);
        System.out.println("ready");
        for (int i = 1; i <= limit; i++) {
            records.netlink(64 + (i * seed) % 2_000);
            while (!records.offerTo(ring)) {
                // as a consumer in the same process would: what is drained makes room
                ring.drain((buffer, offset, length) -> { }, 100);
            }
        }
        System.out.println("done");
        Thread.sleep(60_000);
    }
}
