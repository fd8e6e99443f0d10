package org.vrrpd.daemon.control;

import java.util.concurrent.CompletableFuture;
import org.vrrpd.proto.control.Status;

/** Where the answer to {@code status} comes from. Must return at once; the future may complete on any thread. */
@FunctionalInterface
public interface StatusSource {

    CompletableFuture<Status> status();
}
