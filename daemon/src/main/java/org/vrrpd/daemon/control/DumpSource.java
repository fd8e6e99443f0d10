package org.vrrpd.daemon.control;

import java.util.concurrent.CompletableFuture;
import org.vrrpd.proto.dump.DumpKind;

/** Where dumps come from. Must return at once; the futures may complete on any thread. */
public interface DumpSource {

    CompletableFuture<String> dump(DumpKind kind);

    /**
     * The statistics as they were when they were set to zero.
     *
     * @param uid of the caller, told by the kernel
     */
    CompletableFuture<String> clearStatistics(int uid, int pid);
}
