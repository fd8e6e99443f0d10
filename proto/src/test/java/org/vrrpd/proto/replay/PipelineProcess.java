package org.vrrpd.proto.replay;

import java.nio.file.Path;

/** A daemon's journal side that writes until it is killed. */
public final class PipelineProcess {

    private PipelineProcess() {}

    public static void main(String[] arguments) throws Exception {
        PipelineBed bed = new PipelineBed(Path.of(arguments[0]), Path.of(arguments[1]),
                PipelineBed.SMALL.withRoll(1 << 20, Long.MAX_VALUE));
        int seed = Integer.parseInt(arguments[2]);
        bed.put(bed.records.started());
        System.out.println("ready");
        for (int i = 0; ; i++) {
            bed.put(bed.records.netlink((i * seed) % 3_000));
            if (i % seed == 0) {
                bed.drain();
                System.out.println(bed.records.nextSequence() - 1);
            }
        }
    }
}
